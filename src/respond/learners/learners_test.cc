#include "respond/learners/learners.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "respond/learners/known_truth_for_tests.h"
#include "respond/learners/losses.h"

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

TEST(ThreeModel, ScoresMissingValuesAndCategoriesItNeverSaw) {
  const auto truth = make_known_truth({.creators = 4000, .missing_share = 0, .seed = 6});
  const auto model = fit(truth, quick());
  const std::size_t columns = truth.table.schema.size();
  std::vector<float> rows(2 * columns, std::numeric_limits<float>::quiet_NaN());
  rows.back() = 77;
  std::vector<double> scores(2);
  model->score(rows, scores);
  EXPECT_TRUE(std::isfinite(scores[0]) && std::isfinite(scores[1]));
}

TEST(ThreeModel, LearnsFromWhatIsMissing) {
  // Only creators of topics 0 to 3 respond, and those of 0 to 3 do not say so.
  const auto truth =
      make_known_truth({.creators = 20000, .relative_effect = 1, .tail = 1, .missing_share = 0, .seed = 6});
  auto& store = const_cast<FeatureStore&>(*truth.table.features);
  std::vector<float> all(store.rows() * store.features());
  store.read(0, all);
  const std::size_t columns = store.features();
  for (std::size_t i = columns - 1; i < all.size(); i += columns)
    if (all[i] < 4) all[i] = std::numeric_limits<float>::quiet_NaN();
  store.replace(0, all);
  const auto scores = fit(truth, quick())->score(store, truth.all_rows(), 1);
  double missing = 0, said = 0, missing_count = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool is_missing = std::isnan(all[(i + 1) * columns - 1]);
    (is_missing ? missing : said) += scores[i];
    missing_count += is_missing ? 1 : 0;
  }
  const double gap = missing / missing_count - said / (20000 - missing_count);
  double truth_gap = 0;
  for (const double effect : truth.log_effect) truth_gap += effect / missing_count;
  EXPECT_GT(gap, truth_gap / 2);
}

TEST(ThreeModel, ScoresOneCreatorAsItDoesInATable) {
  const auto truth = make_known_truth({.creators = 4000, .relative_effect = 0.5, .seed = 6});
  const auto model = fit(truth, quick());
  std::vector<float> row(truth.table.schema.size());
  truth.table.features->read(123, row);
  double alone = 0;
  model->score(row, {&alone, 1});
  EXPECT_EQ(alone, model->score(*truth.table.features, truth.all_rows(), 1)[123]);
}

TEST(ThreeModel, HandlesFewTreated) {
  const auto truth =
      make_known_truth({.creators = 20000, .treated_share = 0.1, .relative_effect = 1, .seed = 7});
  const auto scores = fit(truth, quick())->score(*truth.table.features, truth.all_rows(), 1);
  EXPECT_GT(correlation(scores, truth.log_effect), 0.3);
}

TEST(NetNuisance, FindsTheEffectsDirection) {
  const auto truth = make_known_truth({.creators = 20000, .relative_effect = 0.5, .seed = 3});
  auto options = quick();
  options.nuisance = options.final_model = "net";
  options.net.epochs = 6;
  const auto scores = fit(truth, options)->score(*truth.table.features, truth.all_rows(), 1);
  EXPECT_GT(correlation(scores, truth.log_effect), 0.3);
}

TEST(Importance, PutsTheFeatureThatDecidesTheEffectAboveNoise) {
  const auto truth = make_known_truth({.creators = 20000, .relative_effect = 0.5, .seed = 3});
  const auto model = fit(truth, quick());
  const std::vector<std::uint32_t> sample = {0, 10, 20, 30, 40, 50};
  const auto importance = model->importance(truth.table.schema, *truth.table.features, sample);
  double total = 0;
  for (const auto& each : importance) total += each.gain;
  EXPECT_NEAR(total, 1, 1e-9);
  EXPECT_GT(importance[1].gain, importance[6].gain);  // x1 against x6, which nothing depends on
  EXPECT_GT(importance[1].contribution, importance[6].contribution);
}

TEST(Losses, RoundSlopesToAGridWhoseSumsAreExactInAnyOrder) {
  const std::vector<float> targets = {0.1F, 17.3F, 3e-5F, 1234.567F}, margins(4);
  LossSlopes slopes;
  loss_slopes(Loss::squared, targets, {}, margins, slopes);
  double forward = 0, backward = 0;
  for (std::size_t i = 0; i < 4; ++i) forward += slopes.slope[i];
  for (std::size_t i = 4; i-- > 0;) backward += slopes.slope[i];
  EXPECT_EQ(forward, backward);
  EXPECT_FLOAT_EQ(slopes.slope[3], -1234.567F);
  EXPECT_NEAR(slopes.slope[0], -0.1F, 1e-4);
}

TEST(Losses, HaveSlopesThatMatchFiniteDifferences) {
  for (const auto loss : {Loss::squared, Loss::logistic, Loss::poisson, Loss::tweedie}) {
    const std::vector<float> target = {1}, margin = {0.3F};
    LossSlopes slopes;
    loss_slopes(loss, target, {}, margin, slopes);
    const double step = 1e-5;
    const double slope = (loss_at(loss, 1, 0.3 + step) - loss_at(loss, 1, 0.3 - step)) / (2 * step);
    EXPECT_NEAR(slopes.slope[0], loss == Loss::squared ? slope / 2 : slope, 1e-5);
  }
}

TEST(Loss, RefusesWhatTheOutcomeCannotBe) {
  const auto truth = make_known_truth({.creators = 500, .seed = 8});
  auto options = quick();
  options.loss = "logistic";
  EXPECT_THROW(fit(truth, options), Error);
  options.learner = "thre-model";
  EXPECT_THROW(fit(truth, options), Error);
}

}  // namespace
}  // namespace perennial
