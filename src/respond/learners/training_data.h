#pragma once

#include <cstdint>
#include <span>

#include "respond/table/feature_schema.h"
#include "respond/table/feature_store.h"

namespace perennial {

/// What a learner may see. Spans are per row of the store; a learner looks only at `rows`. All must outlive the call.
struct TrainingData {
  const FeatureSchema& schema;
  const FeatureStore& features;
  std::span<const std::uint32_t> rows;    ///< of the training part; ascending; in treatment or control
  std::span<const std::uint8_t> treated;  ///< 1 treatment, 0 control
  std::span<const double> outcome;        ///< as transformed (outcome_transform.h); finite
  double propensity = 0.5;                ///< share treated by design, in (0, 1)
  /// Codes of what was randomised as a whole: it goes to one side of every split, as in stopping and folds. Empty: each
  /// creator for itself.
  std::span<const std::uint32_t> clusters = {};

  /// What is split as one with others of the same number.
  std::uint32_t unit_of(std::uint32_t row) const { return clusters.empty() ? row : clusters[row]; }
};

}  // namespace perennial
