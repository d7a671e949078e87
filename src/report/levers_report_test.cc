#include "report/levers_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/levers_summary.h"
#include "report/page_data_for_tests.h"

namespace perennial {
namespace {

using testing::HasSubstr;

/// Every path has 100 clicks a round; `suggest` and `both` have 10 more, and the seeds differ by chance.
LeverEnvironment made_up_environment(const std::string& name, double gain) {
  LeverEnvironment environment;
  environment.name = name;
  environment.seeds.resize(3);
  for (std::size_t s = 0; s < 3; ++s) {
    auto& seed = environment.seeds[s];
    seed.seed = s + 1;
    seed.clicks_before = {90, 95};
    for (const auto& path : lever_paths) {
      const double chance = path.boost == BoostBy::nobody ? 0 : static_cast<double>(s) - 1;
      const double clicks =
          100 + (path.suggest == SuggestBy::learned ? gain + static_cast<double>(s) / 10 : 0) + chance;
      seed.paths.push_back(
          {.measures = {clicks, clicks, 50, 10, 0.1, 0.5}, .clicks = {clicks}, .posts = {50}});
    }
  }
  environment.contrasts.resize(lever_contrasts().size());
  for (std::size_t i = 0; i < lever_contrasts().size(); ++i) {
    const auto name_of_it = lever_contrasts()[i].name;
    const double share = name_of_it == "suggest" || name_of_it == "both" ? gain / 100 : 0;
    environment.contrasts[i].relative[0] = {share, share - 0.01, share + 0.01};
  }
  return environment;
}

LeversStudy made_up_study() {
  LeversStudy study;
  study.world = "youtube";
  study.rounds = 1;
  study.levers.warm_up = study.levers.experiment_rounds = 1;
  study.seeds = {1, 2, 3};
  study.environments = {made_up_environment("crowded", 10), made_up_environment("free", 0.1)};
  return study;
}

TEST(LeversReport, SaysInHowManyEnvironmentsEachLeverHelps) {
  const auto page = page_data(render_levers_report(made_up_study()));
  EXPECT_EQ(
      page["headline"],
      "Of 2 environments, suggest brings more clicks in 1, promote in 0, promote on top of suggest in 0");
}

TEST(LeversReport, TellsADifferenceFromChanceByItsInterval) {
  const auto verdicts = lever_verdicts(made_up_study());
  EXPECT_EQ(verdicts.front(),
            "Suggest alone, clicks: more in crowded +10.0% (+9.00% to +11.0%); no difference shown in free "
            "+0.10% (−0.90% to +1.10%).");
}

TEST(LeversReport, OfOneSeedSaysThatNothingCanBeTold) {
  auto study = made_up_study();
  study.seeds = {1};
  for (auto& environment : study.environments) environment.seeds.resize(1);
  EXPECT_THAT(lever_verdicts(study).front(), HasSubstr("One seed"));
  EXPECT_THAT(page_data(render_levers_report(study))["headline"].get<std::string>(), HasSubstr("One seed"));
}

TEST(LeversSummary, HoldsEveryPathAndContrastOfEveryEnvironment) {
  const auto summary = levers_summary(made_up_study());
  ASSERT_EQ(summary["environments"].size(), 2U);
  EXPECT_EQ(summary["environments"][0]["paths"].size(), lever_paths.size());
  EXPECT_EQ(summary["environments"][0]["contrasts"].size(), lever_contrasts().size());
  EXPECT_EQ(lever_paths_table(made_up_study()).rows(), 2 * 3 * lever_paths.size());
  EXPECT_EQ(lever_rounds_table(made_up_study()).integers("round").front(), 3);
}

}  // namespace
}  // namespace perennial
