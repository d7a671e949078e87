#pragma once

#include <string>

#include "study/comparison.h"

namespace perennial {

/// The result as one picture for a README: an SVG of 900 x 420 that follows the viewer's light or dark scheme. Clicks
/// per round of every policy as a moving average with its 95% band, at the right each policy's mean over the run with
/// its interval. Needs what render_report needs.
std::string render_picture(const Comparison& comparison);

}  // namespace perennial
