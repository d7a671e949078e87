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

TEST(Plan, RefusesAnEmptyPolicyName) {
  Plan plan;
  plan.policies = "silent,,random";
  EXPECT_THROW(plan.policy_names(), Error);
}

}  // namespace
}  // namespace perennial
