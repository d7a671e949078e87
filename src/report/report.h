#pragma once

#include <string>

#include "study/comparison.h"

namespace perennial {

/// report.html: one self-contained page that needs no network. Needs at least one policy, one seed and one round; every
/// policy has one run per seed, every run `rounds` rounds.
std::string render_report(const Comparison& comparison);

}  // namespace perennial
