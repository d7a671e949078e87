#include "respond/learners/learners.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "respond/learners/known_truth_for_tests.h"

namespace perennial {
namespace {

LearnerOptions quick(std::string learner = "three-model") {
  LearnerOptions options;
  options.learner = std::move(learner);
  options.trees.rounds = 100;
  options.trees.leaves = 16;
  options.trees.learning_rate = 0.1;
  options.trees.patience = 10;
  options.threads = 1;
  return options;
}

std::unique_ptr<LearnedResponse> fit(const KnownTruth& truth, const LearnerOptions& options) {
  const auto rows = truth.all_rows();
  const auto outcome = truth.log_outcome();
  return fit_response_model({.schema = truth.table.schema,
                             .features = *truth.table.features,
                             .rows = rows,
                             .treated = truth.treated,
                             .outcome = outcome,
                             .propensity = truth.propensity},
                            options);
}

double root_pehe(const LearnedResponse& model, const KnownTruth& truth) {
  const auto scores = model.score(*truth.table.features, truth.all_rows(), 1);
  double sum = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) sum += std::pow(scores[i] - truth.log_effect[i], 2);
  return std::sqrt(sum / static_cast<double>(scores.size()));
}

double correlation(std::span<const double> a, std::span<const double> b) {
  const auto n = static_cast<double>(a.size());
  double sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    sa += a[i];
    sb += b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
    ab += a[i] * b[i];
  }
  const double va = aa - sa * sa / n, vb = bb - sb * sb / n;
  return va > 0 && vb > 0 ? (ab - sa * sb / n) / std::sqrt(va * vb) : 0;
}

std::vector<std::byte> bytes_of(LearnedResponse& model) {
  Archive archive;
  model.persist(archive);
  return archive.bytes();
}

TEST(ThreeModel, IsNearerToTheTruthThanOneEffectForAll) {
  double learned = 0, constant = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto truth = make_known_truth({.creators = 20000, .relative_effect = 0.5, .seed = seed});
    learned += root_pehe(*fit(truth, quick()), truth) / 10;
    constant += root_pehe(*fit(truth, quick("constant")), truth) / 10;
  }
  EXPECT_LT(learned, constant);
}

class EveryLearner : public testing::TestWithParam<std::string> {};

TEST_P(EveryLearner, FindsTheEffectsDirection) {
  const auto truth = make_known_truth({.creators = 20000, .relative_effect = 0.5, .seed = 3});
  const auto model = fit(truth, quick(GetParam()));
  const auto scores = model->score(*truth.table.features, truth.all_rows(), 1);
  EXPECT_GT(correlation(scores, truth.log_effect), 0.2);
}

INSTANTIATE_TEST_SUITE_P(Learners, EveryLearner, testing::Values("three-model", "t", "s", "x", "r", "dr"),
                         [](const auto& each) {
                           auto name = each.param;
                           std::erase(name, '-');
                           return name;
                         });

// Enough rows for XGBoost to be given both threads.
TEST(ThreeModel, HasTheSameBytesAtOneAndTwoThreads) {
  const auto truth = make_known_truth({.creators = 60000, .numbers = 4, .relative_effect = 0.5, .seed = 4});
  auto options = quick();
  options.trees.rounds = 8;
  const auto one = bytes_of(*fit(truth, options));
  options.threads = 2;
  EXPECT_EQ(one, bytes_of(*fit(truth, options)));
}

TEST_P(EveryLearner, PredictsTheSameBitsAfterItWasSavedAndLoaded) {
  const auto truth = make_known_truth({.creators = 4000, .relative_effect = 0.5, .seed = 5});
  const auto model = fit(truth, quick(GetParam()));
  Archive saved(bytes_of(*model));
  LearnedResponse loaded;
  loaded.persist(saved);
  const auto before = model->predict(*truth.table.features, truth.all_rows(), 1);
  const auto after = loaded.predict(*truth.table.features, truth.all_rows(), 2);
  EXPECT_EQ(before.score, after.score);
  EXPECT_EQ(before.control_outcome, after.control_outcome);
  EXPECT_EQ(before.treated_outcome, after.treated_outcome);
}

}  // namespace
}  // namespace perennial
