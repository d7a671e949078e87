#include "respond/evaluation/score_evaluation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "respond/statistics/quantile.h"

namespace perennial {
namespace {

/// An experiment on `creators` whose effects spread by `spread` around 0.1, and a score that knows them up to noise.
struct Made {
  std::vector<double> outcome, score, control, treated_model;
  std::vector<std::uint8_t> treated;

  Made(std::uint32_t creators, double spread, std::uint64_t seed) {
    const Draws draws(seed, Purpose::world);
    for (std::uint32_t i = 0; i < creators; ++i) {
      const double effect = 0.1 + spread * draws.normal(i);
      const double base = draws.normal(i, 1);
      treated.push_back(draws.coin(0.5, i, 2));
      outcome.push_back(base + draws.normal(i, 3) + (treated.back() != 0 ? effect : 0));
      score.push_back(effect);
      control.push_back(base);
      treated_model.push_back(base + effect);
    }
  }

  EvaluationData data() const {
    EvaluationData data{.units = {outcome, treated, {}},
                        .propensity = 0.5,
                        .score = score,
                        .order = {},
                        .control_outcome = control,
                        .treated_outcome = treated_model,
                        .cuts = {}};
    const auto cuts = quantiles(score, high_low_shares);
    std::copy(cuts.begin(), cuts.end(), data.cuts.begin());
    return data;
  }
};

TEST(ScoreEvaluation, LaunchesAScoreThatIsRight) {
  Workers workers(2);
  const Made made(10000, 0.3, 1);
  const auto found = evaluate_score(made.data(), 200, 1, workers);
  EXPECT_EQ(found.decision.verdict, ResponseVerdict::launch) << found.decision.reason;
  EXPECT_NEAR(found.ate.mean, 0.1, 0.06);
  EXPECT_NEAR(found.blp.slope.mean, 1, 0.25);
  EXPECT_LT(found.calibration_error, 0.1);
  EXPECT_NEAR(found.half_samples.autoc_se / found.targeting.autoc.se, 1, 0.2);
  ASSERT_EQ(found.high_low.size(), 3U);
  for (const auto& cut : found.high_low) EXPECT_GE(cut.p_holm, cut.split.difference.p);
  EXPECT_EQ(found.groups.size(), 5U);
  EXPECT_EQ(found.creators, 10000U);
  EXPECT_EQ(found.treated + found.control, 10000U);
}

TEST(ScoreEvaluation, IsTheSameAtAnyNumberOfThreads) {
  Workers one(1), three(3);
  const Made made(3000, 0.3, 2);
  const auto a = evaluate_score(made.data(), 200, 1, one), b = evaluate_score(made.data(), 200, 1, three);
  EXPECT_EQ(a.targeting.autoc.mean, b.targeting.autoc.mean);
  EXPECT_EQ(a.half_samples.autoc_se, b.half_samples.autoc_se);
  EXPECT_EQ(a.blp.slope.mean, b.blp.slope.mean);
  EXPECT_EQ(a.primary().split.difference.mean, b.primary().split.difference.mean);
}

TEST(ScoreEvaluation, TakesItsOrderFromWhereItIsTold) {
  Workers workers(1);
  const Made made(3000, 0.3, 3);
  auto data = made.data();
  std::vector<double> backwards;
  for (const double score : made.score) backwards.push_back(-score);
  data.order = backwards;
  data.cuts = {-0.3, -0.1, 0.1};
  const auto found = evaluate_score(data, 0, 1, workers);
  EXPECT_LT(found.targeting.autoc.mean, 0);
  EXPECT_LT(found.primary().split.difference.mean, 0);
  EXPECT_GT(found.blp.slope.mean, 0);
}

}  // namespace
}  // namespace perennial
