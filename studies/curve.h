#pragma once

#include <cstddef>
#include <optional>

#include "study/comparison.h"

namespace perennial::studies {

/// When a policy has come to most of its gain over another. All in rounds; low and high hold 95% of 1,000 resamples of
/// the seeds.
struct RoundOfGain {
  std::size_t round, low, high;
};

/// The first round at which the mean over seeds of `a` less `b`, averaged over the 10 rounds up to it, reaches `share` of
/// its mean over the last 50 rounds. Nothing where that gain is not positive or the run is too short to say.
std::optional<RoundOfGain> round_of_gain(const ComparedPolicy& a, const ComparedPolicy& b, double share);

}  // namespace perennial::studies
