#pragma once

#include <string>
#include <string_view>

#include "study/levers_study.h"

namespace perennial {

/// The result of that contrast in an environment. The name is one of lever_contrasts().
const ContrastResult& contrast_in(const LeverEnvironment& environment, std::string_view contrast);

/// Its relative difference: a share of what `neither` has.
const Interval& relative_in(const LeverEnvironment& environment, std::string_view contrast,
                            LeverMeasure measure);

/// "+4.6% (+2.1% to +7.1%)".
std::string relative_words(const Interval& relative);

/// In how many environments each lever raises and lowers clicks, in one sentence.
std::string levers_headline(const LeversStudy& study);

}  // namespace perennial
