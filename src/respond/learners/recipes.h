#pragma once

#include <string>
#include <string_view>

namespace perennial {

/// Which models of the outcome a learner fits.
enum class NuisanceModels {
  none,
  arms,     ///< mu_0 on control, mu_1 on treatment
  joint,    ///< mu(x, w) on both, the treatment one more feature
  outcome,  ///< m(x) on both, without the treatment
};

/// How an effect is made up for every creator of the training part, from outcome y, arm w, its models and the share
/// treated e; see effect_rules.h.
enum class EffectRule { none, imputed_x, imputed_model, doubly_robust, residual };

/// What the score is.
enum class FinalModel {
  mean,        ///< the difference of the arms' means, the same for all
  difference,  ///< treated less control model
  pooled,      ///< one model of the made-up effects of all
  by_arm,  ///< one model for each arm's made-up effects, averaged with weights 1 - e (treated), e (control)
};

/// A learner as three swappable strategies.
struct Recipe {
  NuisanceModels nuisance = NuisanceModels::none;
  bool cross_fitted = false;  ///< a creator's nuisance models have not seen it
  EffectRule rule = EffectRule::none;
  FinalModel final_model = FinalModel::mean;
  bool in_parts = false;  ///< may be fitted on disjoint parts of the creators, see LearnerOptions::parts
};

/// Throws Error(invalid_argument) "no such learner: 'y'" with the nearest name.
Recipe recipe_of(std::string_view learner, std::string_view imputation);

}  // namespace perennial
