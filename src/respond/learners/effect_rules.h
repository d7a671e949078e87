#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "respond/learners/recipes.h"

namespace perennial {

/// Effects made up for creators, and how much each counts in the final model.
struct ImputedEffects {
  std::vector<float> values;
  std::vector<float> weights;  ///< empty: all 1
};

/// What is known of each creator of the training part; spans of equal length.
struct OutcomesAndModels {
  std::span<const double> outcome;
  std::span<const std::uint8_t> treated;
  std::span<const double> control_model;  ///< mu_0; m for `residual`
  std::span<const double> treated_model;  ///< mu_1; unused by `residual`
  double propensity = 0.5;                ///< e, share treated
};

/// imputed_x: y - mu_0 where treated, mu_1 - y where not; weights 1 - e and e where the arms are unequal (|e - 1/2| over
///   .01), as X's average over arms would have them.
/// imputed_model: mu_1 - mu_0.
/// doubly_robust: mu_1 - mu_0 + w (y - mu_1) / e - (1 - w)(y - mu_0) / (1 - e).
/// residual: (y - m) / (w - e), weights (w - e)^2: R's loss.
ImputedEffects imputed_effects(EffectRule rule, const OutcomesAndModels& known);

}  // namespace perennial
