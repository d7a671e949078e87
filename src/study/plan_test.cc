#include "study/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Property;

/// The plan that a config file with this text gives.
Plan plan_from(const std::string& text, const std::string& setting = "",
               const std::vector<Given>& given = {}) {
  const auto path =
      std::filesystem::temp_directory_path() / ("perennial-plan-" + std::to_string(getpid()) + ".toml");
  std::ofstream(path) << text;
  struct Gone {
    std::filesystem::path path;
    ~Gone() { std::filesystem::remove(path); }
  } gone{path};
  return make_plan(setting, path, given);
}

std::string refusal(const std::string& text) {
  try {
    plan_from(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Plan, DefaultsToTheLockinSetting) {
  const Plan plan = make_plan("", {}, {});
  EXPECT_EQ(plan.simulation.setting, "lockin");
  EXPECT_EQ(plan.simulation.leaving.after, 5);
  EXPECT_EQ(plan.seed_list(), (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
}

TEST(Plan, FlagsWinOverTheFileAndTheFileOverTheSetting) {
  const Plan plan = plan_from("setting = \"scarce\"\n[platform]\nslate = 7\n[trust]\nmean = 0.8\n", "",
                              {{"--set", "trust.mean", 0.6}});
  EXPECT_EQ(plan.simulation.setting, "scarce");
  EXPECT_EQ(plan.simulation.platform.slate, 7);
  EXPECT_EQ(plan.simulation.arrival.users, 1.0);
  const auto written = to_toml(plan);
  EXPECT_THAT(written, HasSubstr("mean = 0.6"));
}

TEST(Plan, ASettingNamedOnTheCommandLineWinsOverTheFiles) {
  EXPECT_EQ(plan_from("setting = \"scarce\"\n", "open").simulation.setting, "open");
}

TEST(Plan, ReadsBackWhatItWrites) {
  for (const std::string setting : {"open", "lockin", "craft", "craft-open", "scarce"}) {
    Plan plan = make_plan(setting, {},
                          {{"--set", "recommender.name", std::string("popularity")},
                           {"--set", "policy.most-click.window", std::int64_t{12}},
                           {"--set", "trust.dynamics", std::string("ratio")}});
    const auto written = to_toml(plan);
    EXPECT_EQ(to_toml(plan_from(written)), written) << setting;
  }
}

TEST(Plan, KeepsTheLogsATrainingImitatesWhereThereAreAny) {
  const Plan plan = make_plan("", {}, {{"--set", "train.from_logs", std::string("my logs/\"a\",b,b")}});
  EXPECT_THAT(plan.log_folders(), ElementsAre("my logs/\"a\"", "b", "b"));
  const auto written = to_toml(plan);
  EXPECT_EQ(to_toml(plan_from(written)), written);
  EXPECT_EQ(plan_from(written).from_logs, plan.from_logs);
  EXPECT_THAT(to_toml(make_plan("", {}, {})), testing::Not(HasSubstr("from_logs")));
  EXPECT_TRUE(make_plan("", {}, {}).log_folders().empty());
}

TEST(Plan, RefusesLogsWithoutANameAndNamesTheKeyThatWasMeant) {
  for (const std::string folders : {"a,,b", ",a", "a,", ","})
    EXPECT_THAT(refusal("[train]\nfrom_logs = \"" + folders + "\"\n"), HasSubstr("train.from_logs"))
        << folders;
  EXPECT_THAT(refusal("[train]\nfrom_log = \"a\"\n"), HasSubstr("did you mean 'from_logs'?"));
  EXPECT_THAT(refusal("[trian]\nfrom_logs = \"a\"\n"), HasSubstr("did you mean 'train'?"));
}

TEST(Plan, SplitsPoliciesInOrder) {
  Plan plan;
  plan.policies = "random,silent";
  EXPECT_THAT(plan.policy_names(), ElementsAre("random", "silent"));
}

TEST(Plan, NamesThePlaceOfAnUnknownKeyAndTheNearestOne) {
  EXPECT_THAT(refusal("[run]\nrouns = 3\n"),
              testing::AllOf(HasSubstr(".toml:2"), HasSubstr("did you mean 'rounds'?")));
  EXPECT_THAT(refusal("[leaving]\nafter = [1, 2]\n"), HasSubstr("must be one value, not a list"));
  EXPECT_THAT(refusal("setting = 3\n"), HasSubstr("must be a name in quotes"));
}

TEST(Plan, KeepsATrainedPolicysOwnSettingsWhenReadBack) {
  Plan plan = make_plan("lockin", {}, {{"--set", "policy.lore-d.learning_rate", 0.5}});
  plan.policies = "silent,lore-d";
  const auto written = to_toml(plan);
  EXPECT_THAT(written, HasSubstr("learning_rate = 0.5"));
  EXPECT_THAT(written, testing::Not(HasSubstr("rounds_per_update")))
      << "a default must not undo what was trained";
  EXPECT_EQ(to_toml(plan_from(written)), written);
}

TEST(Plan, SplitsNamesOfTrainedPolicies) {
  Plan plan;
  plan.policies = "random,lore-d,lore-d@a/b,lore-d@a/b:frozen";
  EXPECT_THAT(plan.policy_names(), ElementsAre("random", "lore-d", "lore-d@a/b", "lore-d@a/b:frozen"));
}

TEST(Plan, RefusesAPolicyTrainedNowhere) {
  EXPECT_THAT(refusal("[run]\npolicies = \"random,lore-d@no/where\"\n"),
              HasSubstr("no/where/policy.checkpoint"));
}

TEST(Plan, TakesACommandsDefaultsBelowEverythingElse) {
  const std::vector<Given> defaults = {{"train", "run.rounds", std::int64_t{1000}},
                                       {"train", "run.seeds", std::int64_t{8}}};
  const Plan plan = make_plan("", {}, {{"--rounds", "run.rounds", std::int64_t{3}}}, defaults);
  EXPECT_EQ(plan.rounds, 3);
  EXPECT_EQ(plan.seeds, 8);
}

TEST(Plan, RefusesAnEmptyPolicyName) {
  Plan plan;
  plan.policies = "silent,,random";
  EXPECT_THROW(plan.policy_names(), Error);
}

}  // namespace
}  // namespace perennial
