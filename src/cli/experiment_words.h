#pragma once

#include <string>

#include "respond/experiment/analysis.h"

namespace perennial {

/// An analysis as lines for the terminal: warnings first, then the checks, the effects, and what they leave open.
std::string analysis_words(const ExperimentAnalysis& analysis);

}  // namespace perennial
