#include "respond/experiment/analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "respond/experiment/tables_for_tests.h"

namespace perennial {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

AnalysisOptions options() {
  AnalysisOptions options;
  options.outcomes = {"posts", "likes"};
  options.exposures = {"impressions"};
  options.ratios = {{"likes", "impressions"}};
  options.engagement = "likes";
  options.shares = {0.4, 0.4, 0.2};
  return options;
}

const OutcomeEffect& effect_on(const ExperimentAnalysis& analysis, const std::string& outcome,
                               OutcomeForm form) {
  for (const auto& effect : analysis.effects)
    if (effect.outcome == outcome && effect.form == form) return effect;
  throw std::out_of_range(outcome);
}

TEST(Analysis, SaysEverythingOfAnExperimentWithAnEffect) {
  const auto analysis = analyze_experiment(known_experiment({.creators = 20000, .lift = 0.2}), options());
  EXPECT_EQ(analysis.treatment_creators + analysis.control_creators + analysis.untouched_creators, 20000U);
  const auto& posts = effect_on(analysis, "posts", OutcomeForm::raw);
  ASSERT_TRUE(posts.cuped && posts.lift && posts.cuped->lift);
  EXPECT_LT(posts.cuped->variance_ratio, 0.9);
  EXPECT_LT(posts.cuped->difference.se, posts.difference.se);
  EXPECT_LT(posts.cuped->lift->estimate.low, 0.2);
  EXPECT_GT(posts.cuped->lift->estimate.high, 0.2);
  EXPECT_LE(posts.primary().p, posts.p_benjamini_hochberg);
  EXPECT_LE(posts.p_benjamini_hochberg, posts.p_holm);
  EXPECT_LT(posts.sequential.low, posts.primary().low);
  EXPECT_LT(effect_on(analysis, "posts", OutcomeForm::winsorised).difference.se, posts.difference.se);
  EXPECT_GT(effect_on(analysis, "posts", OutcomeForm::log1p).difference.mean, 0);
  EXPECT_NEAR(effect_on(analysis, "posts", OutcomeForm::any).difference.mean, 0, 0.03);
  EXPECT_NEAR(effect_on(analysis, "likes/impressions", OutcomeForm::ratio).control_mean, 0.1, 0.01);
  ASSERT_EQ(analysis.doses.size(), 1U);
  EXPECT_NEAR(analysis.doses[0].lift->estimate.mean, 0.3, 0.1);
  ASSERT_EQ(analysis.elasticities.size(), 1U);
  EXPECT_FALSE(analysis.elasticities[0].elasticity.weak);
  EXPECT_EQ(analysis.contaminations.size(), 3U);
}

TEST(Analysis, CoversTheTrueLiftAndStaysSilentWithoutOne) {
  Rate covered, alarms;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    AnalysisOptions few = options();
    few.outcomes = {"posts"};
    few.force = true;
    const auto with = analyze_experiment(known_experiment({.seed = seed, .lift = 0.3}), few);
    const auto& lift = effect_on(with, "posts", OutcomeForm::raw).primary_lift()->estimate;
    covered.add(lift.low <= 0.3 && 0.3 <= lift.high);
    const auto without = analyze_experiment(known_experiment({.seed = 1000 + seed}), few);
    alarms.add(effect_on(without, "posts", OutcomeForm::raw).primary().p < 0.05);
  }
  EXPECT_NEAR(covered.share(), 0.95, covered.tolerance(0.95));
  EXPECT_NEAR(alarms.share(), 0.05, alarms.tolerance(0.05));
}

TEST(Analysis, StopsAtArmsOfTheWrongSizeUnlessForced) {
  auto table = known_experiment({});
  AnalysisOptions wrong = options();
  wrong.shares = {0.5, 0.4};
  try {
    analyze_experiment(table, wrong);
    FAIL() << "was analyzed";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    EXPECT_THAT(error.what(), HasSubstr("the arms do not hold the creators that the design gave them"));
  }
  wrong.force = true;
  table.warnings = {"something else"};
  const auto forced = analyze_experiment(table, wrong);
  EXPECT_THAT(forced.warnings.front(), StartsWith("forced: the arms do not hold"));
  EXPECT_EQ(forced.sample_ratio.verdict, SampleRatio::Verdict::failure);
}

TEST(Analysis, WarnsWhenTheTreatmentReachedTheControls) {
  const auto reached = analyze_experiment(known_experiment({.creators = 20000, .leak = -0.5}), options());
  EXPECT_THAT(reached.warnings, testing::Contains(HasSubstr("the treatment of others reached them")));
  for (const auto& found : reached.contaminations) {
    if (found.outcome == "posts") {
      EXPECT_LT(found.lift->estimate.high, 0);
    } else {
      EXPECT_GT(found.difference.p, 0.001) << found.outcome;
    }
  }
}

TEST(Analysis, SaysThatContaminationCannotBeSeenWithoutUntouchedCreators) {
  AnalysisOptions two_arms = options();
  two_arms.shares = {1, 1};
  const auto analysis =
      analyze_experiment(known_experiment({.treatment_share = 0.5, .control_share = 0.5}), two_arms);
  EXPECT_TRUE(analysis.contaminations.empty());
  EXPECT_THAT(analysis.warnings, testing::Contains(HasSubstr("no untouched arm")));
}

TEST(Analysis, LeavesOutAConstantOutcomeAndRefusesATableOfThem) {
  auto table = known_experiment({});
  table.outcomes.push_back({"constant", std::vector<double>(table.size(), 3)});
  AnalysisOptions both = options();
  both.outcomes = {"constant", "posts"};
  EXPECT_THAT(analyze_experiment(table, both).warnings, testing::Contains(HasSubstr("'constant' is 3")));
  both.outcomes = {"constant"};
  EXPECT_THROW(analyze_experiment(table, both), Error);
}

TEST(Analysis, RefusesAnArmOfOneCluster) {
  auto table = known_experiment({.treatment_share = 0.5, .control_share = 0.5});
  for (std::uint32_t i = 0; i < table.size(); ++i)
    table.clusters.push_back(table.arms[i] == Arm::treatment ? 0 : 1 + i % 50);
  AnalysisOptions any = options();
  any.shares = {1, 1};
  any.force = true;
  try {
    analyze_experiment(table, any);
    FAIL() << "was analyzed";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("the treatment arm has 1 cluster;"));
  }
}

TEST(Analysis, WarnsOfFewClustersAndNeverKnowsMoreFromManyLooksThanFromOne) {
  auto table = known_experiment({.treatment_share = 0.5, .control_share = 0.5});
  for (std::uint32_t i = 0; i < table.size(); ++i) table.clusters.push_back(i % 4);
  AnalysisOptions any = options();
  any.shares = {1, 1};
  const auto analysis = analyze_experiment(table, any);
  EXPECT_THAT(analysis.warnings, testing::Contains(HasSubstr("only 4 clusters")));
  for (const auto& effect : analysis.effects) {
    EXPECT_LE(effect.sequential.low, effect.primary().low);
    EXPECT_GE(effect.sequential.high, effect.primary().high);
  }
}

TEST(Analysis, NamesTheOutcomeThatIsNotThere) {
  AnalysisOptions typo = options();
  typo.outcomes = {"post"};
  try {
    analyze_experiment(known_experiment({}), typo);
    FAIL() << "was analyzed";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("posts"));
  }
}

TEST(SampleRatio, CountsClustersWhereClustersWereRandomised) {
  auto table = known_experiment({.creators = 6000});
  // Clusters of very different sizes: by creators the ratio would look broken.
  const Samples samples(3);
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const auto cluster = static_cast<std::uint32_t>(std::sqrt(static_cast<double>(i)) * 2);
    table.clusters.push_back(cluster);
    table.arms[i] = samples.treated(cluster) != 0 ? Arm::treatment : Arm::control;
  }
  const auto ratio = sample_ratio(table, {1, 1});
  EXPECT_TRUE(ratio.counts_clusters);
  EXPECT_LT(ratio.counts[0] + ratio.counts[1], 200U);
  table.arms[0] = table.arms[1] == Arm::treatment ? Arm::control : Arm::treatment;
  table.clusters[0] = table.clusters[1];
  EXPECT_FALSE(sample_ratio(table, {1, 1}).counts_clusters);
}

TEST(SampleRatio, IsNotJudgedOfAHandfulOfCreators) {
  const auto ratio = sample_ratio(known_experiment({.creators = 12}), {1, 1});
  EXPECT_EQ(ratio.verdict, SampleRatio::Verdict::too_few);
  EXPECT_THAT(ratio.sentence(), HasSubstr("too few to tell"));
}

}  // namespace
}  // namespace perennial
