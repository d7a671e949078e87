#include "respond/learners/effect_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::FloatEq;
using testing::IsEmpty;

const std::vector<double> outcome = {5, 2}, control = {3, 1}, treated = {4, 4};
const std::vector<std::uint8_t> arm = {1, 0};

OutcomesAndModels known(double propensity) {
  return {.outcome = outcome,
          .treated = arm,
          .control_model = control,
          .treated_model = treated,
          .propensity = propensity};
}

TEST(EffectRule, XTakesTheOutcomeAgainstTheOtherArmsModel) {
  const auto effects = imputed_effects(EffectRule::imputed_x, known(0.5));
  EXPECT_THAT(effects.values, ElementsAre(2, 2));
  EXPECT_THAT(effects.weights, IsEmpty());
}

TEST(EffectRule, XWeighsUnequalArmsByTheOtherArmsShare) {
  EXPECT_THAT(imputed_effects(EffectRule::imputed_x, known(0.2)).weights,
              ElementsAre(FloatEq(0.8F), FloatEq(0.2F)));
}

TEST(EffectRule, ModelTakesTheDifferenceOfTheModels) {
  EXPECT_THAT(imputed_effects(EffectRule::imputed_model, known(0.5)).values, ElementsAre(1, 3));
}

TEST(EffectRule, DoublyRobustCorrectsTheModelsByTheirErrors) {
  // 1 + (5 - 4) / .25 and 3 - (2 - 1) / .75
  EXPECT_THAT(imputed_effects(EffectRule::doubly_robust, known(0.25)).values,
              ElementsAre(FloatEq(5), FloatEq(3 - 4.0F / 3)));
}

TEST(EffectRule, ResidualDividesByTheArmsSurprise) {
  const auto effects = imputed_effects(EffectRule::residual, known(0.25));
  EXPECT_THAT(effects.values, ElementsAre(FloatEq(2 / 0.75F), FloatEq(-4)));
  EXPECT_THAT(effects.weights, ElementsAre(FloatEq(0.5625F), FloatEq(0.0625F)));
}

}  // namespace
}  // namespace perennial
