#include "respond/response/fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>

#include "base/error.h"
#include "io/temporary_folder.h"
#include "io/text_file.h"
#include "respond/learners/known_truth_for_tests.h"
#include "respond/response/model_folder.h"
#include "respond/response/score.h"
#include "respond/response/split.h"

namespace perennial {
namespace {

using testing::HasSubstr;

FitOptions quick_options() {
  FitOptions options;
  options.outcome = "posts";
  options.learner.trees.rounds = 40;
  options.learner.trees.leaves = 16;
  options.learner.threads = 1;
  return options;
}

KnownTruth small_truth() {
  return make_known_truth({.creators = 4000, .relative_effect = 0.5, .seed = 2});
}

template <class Call>
std::string sentence_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Split, KeepsEveryCreatorOnItsSideInALaterTable) {
  const auto early = make_known_truth({.creators = 1000, .numbers = 1});
  const auto later = make_known_truth({.creators = 3000, .numbers = 1});
  const auto first = split_creators(early.table, "salt", 0.3),
             second = split_creators(later.table, "salt", 0.3);
  EXPECT_NEAR(static_cast<double>(first.evaluation.size()), 300, 60);
  const std::vector<std::uint32_t> begins(
      second.evaluation.begin(),
      second.evaluation.begin() + static_cast<std::ptrdiff_t>(first.evaluation.size()));
  EXPECT_EQ(begins, first.evaluation);
}

/// Clusters of `size` creators side by side, told by name; the last creators of a table may share a smaller one.
void put_into_clusters(CreatorTable& table, std::uint32_t size) {
  table.cluster_column = "city";
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    table.clusters.push_back(i / size);
    if (i % size == 0) table.cluster_names.push_back("city-" + std::to_string(i / size));
  }
}

TEST(Split, PutsNoClusterOnBothSides) {
  auto truth = make_known_truth({.creators = 6000, .numbers = 1});
  put_into_clusters(truth.table, 10);
  const auto split = split_creators(truth.table, "salt", 0.3);
  std::set<std::uint32_t> trained, judged;
  for (const auto row : split.training) trained.insert(truth.table.clusters[row]);
  for (const auto row : split.evaluation) judged.insert(truth.table.clusters[row]);
  EXPECT_EQ(trained.size() + judged.size(), 600U);
  EXPECT_NEAR(static_cast<double>(judged.size()), 180, 45);
}

TEST(Split, KeepsEveryClusterOnItsSideWhenCreatorsComeAndCodesChange) {
  auto early = make_known_truth({.creators = 1000, .numbers = 1}).table;
  auto later = make_known_truth({.creators = 3000, .numbers = 1}).table;
  put_into_clusters(early, 10);
  put_into_clusters(later, 10);
  // In the later table the same names have other codes.
  std::ranges::reverse(later.cluster_names);
  for (auto& code : later.clusters) code = 299 - code;
  const auto first = split_creators(early, "salt", 0.3), second = split_creators(later, "salt", 0.3);
  const std::vector<std::uint32_t> begins(
      second.evaluation.begin(),
      second.evaluation.begin() + static_cast<std::ptrdiff_t>(first.evaluation.size()));
  EXPECT_EQ(begins, first.evaluation);
}

TEST(Fit, TakesLogsOfCountsAndCutsOfTheTrainingScores) {
  const auto truth = small_truth();
  const auto fit = fit_response(truth.table, quick_options());
  EXPECT_EQ(fit.transform.name(), "log1p");
  EXPECT_EQ(fit.training_creators + fit.held_out_creators, 4000U);
  EXPECT_LE(fit.cuts[0], fit.cuts[1]);
  EXPECT_LE(fit.cuts[1], fit.cuts[2]);
  EXPECT_NEAR(fit.propensity, 0.5, 0.05);
}

TEST(Fit, NeverLooksAtTheHeldOut) {
  auto truth = small_truth();
  const auto before = fit_response(truth.table, quick_options());
  for (const auto row : split_creators(truth.table, "perennial", 0.5).evaluation) {
    truth.table.outcomes[0].values[row] += 1000;
    truth.table.arms[row] = Arm::treatment;
  }
  const auto after = fit_response(truth.table, quick_options());
  EXPECT_EQ(before.model->score(*truth.table.features, truth.all_rows(), 1),
            after.model->score(*truth.table.features, truth.all_rows(), 1));
  EXPECT_NE(before.data_fingerprint, after.data_fingerprint);
}

TEST(Fit, RefusesAConstantOutcomeAndAnEmptyArm) {
  auto truth = small_truth();
  truth.table.arms.assign(truth.table.size(), Arm::treatment);
  EXPECT_THAT(sentence_of([&] { fit_response(truth.table, quick_options()); }),
              HasSubstr("0 control creators"));
  truth = small_truth();
  truth.table.outcomes[0].values.assign(truth.table.size(), 1);
  EXPECT_THAT(sentence_of([&] { fit_response(truth.table, quick_options()); }), HasSubstr("the outcome is"));
}

/// A fitted model in a folder of its own.
class SavedModel : public testing::Test {
 protected:
  SavedModel() : truth(small_truth()), fit(fit_response(truth.table, quick_options())) {
    RunFolder run(path(), response_folder_kind);
    save_response(run, fit);
    run.finish();
  }
  std::filesystem::path path() const { return folder / "model"; }
  std::filesystem::path file() const { return path() / response_model_file; }

  TemporaryFolder folder;
  KnownTruth truth;
  ResponseFit fit;
};

TEST_F(SavedModel, SaysTheSameAfterLoading) {
  const auto loaded = load_response(path());
  EXPECT_EQ(loaded.hash, fit.hash);
  EXPECT_EQ(loaded.cuts, fit.cuts);
  EXPECT_EQ(loaded.schema.names(), fit.schema.names());
  EXPECT_EQ(loaded.model->score(*truth.table.features, truth.all_rows(), 1),
            fit.model->score(*truth.table.features, truth.all_rows(), 1));
}

TEST_F(SavedModel, RefusesDamageInOneSentence) {
  auto bytes = read_text_file(file());
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::ofstream(file(), std::ios::binary) << bytes;
  EXPECT_THAT(sentence_of([&] { load_response(path()); }), HasSubstr("response.model"));
}

TEST_F(SavedModel, RefusesAFolderWithoutAModelOrOneHalfDone) {
  EXPECT_THAT(sentence_of([&] { load_response(folder.path()); }), HasSubstr("no model there"));
  RunFolder half(path(), response_folder_kind, Existing::resume);
  EXPECT_THAT(sentence_of([&] { load_response(path()); }), HasSubstr("never came to its end"));
}

TEST_F(SavedModel, ForgetsTheCalibrationOfAnEarlierFit) {
  save_calibration(
      path(), {.model_hash = fit.hash, .ate = 0.1, .slope = 0.5, .mean_score = 0.2, .verdict = "launch"});
  EXPECT_TRUE(load_calibration(path(), fit.hash).has_value());
  EXPECT_FALSE(load_calibration(path(), "another").has_value());
}

TEST_F(SavedModel, GivesMultipliersWhoseExposureWeightedMeanIsOne) {
  truth.table.outcomes.push_back({"views", {}});
  for (std::size_t i = 0; i < truth.table.size(); ++i)
    truth.table.outcomes.back().values.push_back(static_cast<double>(i % 100));
  const auto scores =
      score_creators(fit, std::nullopt, truth.table, {.strength = 0.2, .exposure = "views", .threads = 1});
  double sum = 0, total = 0;
  for (std::size_t i = 0; i < scores.multiplier.size(); ++i) {
    sum += scores.multiplier[i] * static_cast<double>(i % 100);
    total += static_cast<double>(i % 100);
    if (scores.arm[i] != LaunchArm::launched) {
      EXPECT_EQ(scores.multiplier[i], 1);
    }
  }
  EXPECT_NEAR(sum / total, 1, 1e-12);
  EXPECT_GT(*std::max_element(scores.multiplier.begin(), scores.multiplier.end()), 1.05);
}

TEST_F(SavedModel, ShrinksScoresAsTheEvaluationFound) {
  const Calibration calibration{
      .model_hash = fit.hash, .ate = 0.1, .slope = 0.5, .mean_score = 0.2, .verdict = "launch"};
  const auto scores = score_creators(fit, calibration, truth.table, {.threads = 1});
  EXPECT_TRUE(scores.is_calibrated);
  EXPECT_NEAR(scores.calibrated[7], 0.1 + 0.5 * (scores.score[7] - 0.2), 1e-15);
  const auto unknown = score_creators(fit, std::nullopt, truth.table, {.threads = 1});
  EXPECT_FALSE(unknown.is_calibrated);
  EXPECT_EQ(unknown.calibrated[7], fit.training_ate);
}

TEST_F(SavedModel, KeepsAboutTwoInAHundredInEachHoldout) {
  const auto scores = score_creators(fit, std::nullopt, truth.table, {.threads = 1});
  const auto count = [&](LaunchArm arm) { return std::count(scores.arm.begin(), scores.arm.end(), arm); };
  EXPECT_NEAR(static_cast<double>(count(LaunchArm::holdout_control)), 80, 40);
  EXPECT_NEAR(static_cast<double>(count(LaunchArm::holdout_boost)), 80, 40);
}

TEST(Transform, ReExpandsLogsToPosts) {
  // Lognormal outcomes: treatment multiplies 1 + y by e^0.1 everywhere.
  const Draws draws(1, Purpose::world);
  std::vector<double> outcomes, predicted;
  double truth = 0, found = 0;
  for (std::uint32_t i = 0; i < 20000; ++i) {
    const double mu = 1 + draws.uniform(i);
    predicted.push_back(mu);
    outcomes.push_back(std::exp(mu + 0.5 * draws.normal(i, 1)) - 1);
    truth += std::exp(mu + 0.125) * std::expm1(0.1);
  }
  OutcomeTransform transform("log1p", std::vector<double>{0, 1, 2});
  transform.fit_expansion(outcomes, predicted);
  for (const double mu : predicted) found += transform.in_outcome_units(0.1, mu);
  EXPECT_NEAR(found / truth, 1, 0.02);
}

TEST(Transform, CapsAtTheTrainingPartsQuantileAndCountsAnyPost) {
  std::vector<double> outcomes(1001);
  for (std::size_t i = 0; i < outcomes.size(); ++i) outcomes[i] = static_cast<double>(i) / 2;
  const OutcomeTransform winsor("winsor", outcomes), any("any", outcomes);
  EXPECT_DOUBLE_EQ(winsor(1e9), 499.5);
  EXPECT_EQ(any(0), 0);
  EXPECT_EQ(any(0.5), 1);
  EXPECT_EQ(OutcomeTransform("auto", std::vector<double>{0, 1, 1}).name(), "raw");
  EXPECT_EQ(OutcomeTransform("auto", outcomes).name(), "winsor");
}

TEST(Transform, RefusesLogsOfNegativeOutcomes) {
  EXPECT_THAT(sentence_of([] {
                OutcomeTransform("log1p", std::vector<double>{-2, 1});
              }),
              HasSubstr("it is -2"));
}

}  // namespace
}  // namespace perennial
