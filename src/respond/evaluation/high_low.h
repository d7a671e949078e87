#pragma once

#include <cstdint>
#include <span>

#include "respond/evaluation/clusters.h"

namespace perennial {

/// Creators that no model has seen, with what happened to them. One value each.
struct ExperimentUnits {
  std::span<const double> outcome;
  std::span<const std::uint8_t> treated;  ///< 1 treatment, 0 control
  Clusters clusters;

  std::size_t size() const { return outcome.size(); }
};

/// What the treatment did to some of the creators: difference of means, and that difference over the control mean.
struct GroupEffect {
  std::size_t treated = 0, control = 0;  ///< creators
  double control_mean = 0;
  Estimate effect;  ///< all 0 unless both arms have two creators
  Estimate
      relative;  ///< of the control mean, by the delta method or Fieller's; all 0 where it is too near to 0
};

/// Creators whose score lies strictly above a cut against all others.
struct HighLow {
  double cut = 0;
  GroupEffect high, low;
  Estimate difference;           ///< effect on high - effect on low, by the normal law
  Estimate relative_difference;  ///< of the two relative effects
};

/// `values`: a score or a feature; creators without a value (NaN) are in neither group.
HighLow high_against_low(const ExperimentUnits& units, std::span<const double> values, double cut);

}  // namespace perennial
