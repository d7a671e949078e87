#include "respond/learners/effect_rules.h"

#include <cmath>

#include "base/check.h"

namespace perennial {
namespace {

double effect_of(EffectRule rule, const OutcomesAndModels& known, std::size_t i) {
  const double y = known.outcome[i], e = known.propensity, mu0 = known.control_model[i];
  const bool treated = known.treated[i] != 0;
  if (rule == EffectRule::residual) return (y - mu0) / ((treated ? 1 : 0) - e);
  const double mu1 = known.treated_model[i];
  if (rule == EffectRule::imputed_x) return treated ? y - mu0 : mu1 - y;
  if (rule == EffectRule::imputed_model) return mu1 - mu0;
  return mu1 - mu0 + (treated ? (y - mu1) / e : -(y - mu0) / (1 - e));
}

}  // namespace

ImputedEffects imputed_effects(EffectRule rule, const OutcomesAndModels& known) {
  check(rule != EffectRule::none, "a learner with a final model has an effect rule");
  const double e = known.propensity;
  const bool unequal = std::abs(e - 0.5) > 0.01;
  ImputedEffects effects;
  for (std::size_t i = 0; i < known.outcome.size(); ++i) {
    effects.values.push_back(static_cast<float>(effect_of(rule, known, i)));
    const bool treated = known.treated[i] != 0;
    if (rule == EffectRule::imputed_x && unequal)
      effects.weights.push_back(static_cast<float>(treated ? 1 - e : e));
    if (rule == EffectRule::residual && unequal)
      effects.weights.push_back(static_cast<float>(treated ? (1 - e) * (1 - e) : e * e));
  }
  return effects;
}

}  // namespace perennial
