#include "simulate/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "io/toml_file.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// What set_options says to one key; "accepted" if nothing.
std::string complaint(const std::string& key, const FieldValue& value, SimulationOptions options = {}) {
  try {
    set_options(options, {{"run.toml:3", key, value}});
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    return error.what();
  }
  return "accepted";
}

FieldValue value_of(const SimulationOptions& options, const std::string& key) {
  for (const auto& setting : effective(options)) {
    if (setting.key == key) return setting.value;
  }
  ADD_FAILURE() << key << " is not listed";
  return false;
}

TEST(Options, MisspeltKeysAreRefusedWithTheNearestName) {
  EXPECT_THAT(complaint("trust.maen", 0.5),
              AllOf(HasSubstr("run.toml:3"), HasSubstr("did you mean 'mean'?")));
  EXPECT_THAT(complaint("trsut.mean", 0.5),
              AllOf(HasSubstr("run.toml:3"), HasSubstr("did you mean 'trust'?")));
  EXPECT_THAT(complaint("recommender.user_smothing", 3.0), HasSubstr("did you mean 'user_smoothing'?"));
  EXPECT_THAT(complaint("recommender.name", std::string("contnet")), HasSubstr("did you mean 'content'?"));
  EXPECT_THAT(complaint("creator_model.name", std::string("bounde")), HasSubstr("did you mean 'bounded'?"));
  EXPECT_THAT(complaint("policy.most-clik.window", std::int64_t{3}), HasSubstr("did you mean 'most-click'?"));
  EXPECT_THAT(complaint("policy.most-click.windw", std::int64_t{3}), HasSubstr("did you mean 'window'?"));
  EXPECT_THAT(complaint("trust", 0.5), HasSubstr("unknown key"));
  EXPECT_THAT(complaint("policy.window", std::int64_t{3}), HasSubstr("policy.<name>.<key>"));
}

TEST(Options, ValuesOutOfRangeAreRefusedWithTheirRule) {
  EXPECT_THAT(complaint("trust.mean", 1.5),
              AllOf(HasSubstr("run.toml:3"), HasSubstr("mean"), HasSubstr("1.5")));
  EXPECT_THAT(complaint("platform.slate", std::int64_t{0}), AllOf(HasSubstr("slate"), HasSubstr("1")));
  EXPECT_NE(complaint("arrival.users", -0.1), "accepted");
  EXPECT_NE(complaint("world.users", std::int64_t{-1}), "accepted");
  EXPECT_NE(complaint("creator_model.herding", 1.01), "accepted");
  EXPECT_NE(complaint("policy.water-filling.smoothing", 0.0), "accepted");
}

TEST(Options, NaNAndInfinityAreRefused) {
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    EXPECT_NE(complaint("trust.mean", bad), "accepted");
    EXPECT_NE(complaint("skill.practice", bad), "accepted");
    EXPECT_NE(complaint("user_model.satiation", bad), "accepted");
  }
}

TEST(Options, ValuesOfTheWrongKindAreRefused) {
  EXPECT_NE(complaint("trust.mean", std::string("high")), "accepted");
  EXPECT_NE(complaint("platform.slate", 2.5), "accepted");
  EXPECT_NE(complaint("recommender.name", 3.0), "accepted");
  EXPECT_THAT(complaint("platform.observe", std::string("cion")), HasSubstr("did you mean 'coin'?"));
}

TEST(Options, RefusedKeysChangeNothing) {
  SimulationOptions options;
  EXPECT_THROW(set_options(options, {{"t", "recommender.user_smoothing", -1.0}}), Error);
  EXPECT_TRUE(options.recommender.settings.empty());
}

TEST(Options, NamingAnotherBuiltInDropsTheSettingsOfTheFormer) {
  SimulationOptions options;
  set_options(options, {{"t", "recommender.user_smoothing", 7.0}});
  EXPECT_EQ(value_of(options, "recommender.user_smoothing"), FieldValue(7.0));
  set_options(options, {{"t", "recommender.name", std::string("content")}});
  EXPECT_EQ(value_of(options, "recommender.user_smoothing"), FieldValue(7.0));
  set_options(options, {{"t", "recommender.name", std::string("random")}});
  EXPECT_TRUE(options.recommender.settings.empty());
  set_options(options, {{"t", "recommender.name", std::string("content")}});
  EXPECT_NE(value_of(options, "recommender.user_smoothing"), FieldValue(7.0));
}

TEST(Options, TheReRankerMayBeNone) {
  SimulationOptions options;
  EXPECT_EQ(value_of(options, "reranker.name"), FieldValue(std::string("none")));
  EXPECT_THAT(complaint("reranker.lambda", 0.1),
              AllOf(HasSubstr("run.toml:3"), HasSubstr("give reranker.name")));
  EXPECT_THAT(complaint("reranker.name", std::string("pmmf")), HasSubstr("did you mean 'p-mmf'?"));
  set_options(options, {{"t", "reranker.lambda", 0.1}, {"t", "reranker.name", std::string("p-mmf")}});
  EXPECT_EQ(value_of(options, "reranker.lambda"), FieldValue(0.1));
  set_options(options, {{"t", "reranker.name", std::string("none")}});
  EXPECT_TRUE(options.reranker.settings.empty());
}

TEST(Options, NamesOfBuiltInsComeFirstWhateverTheOrder) {
  SimulationOptions options;
  set_options(options, {{"t", "creator_model.eta", 0.3}, {"t", "creator_model.name", std::string("cfd")}});
  EXPECT_EQ(options.creator_model.name, "cfd");
  EXPECT_EQ(value_of(options, "creator_model.eta"), FieldValue(0.3));
}

TEST(Options, TheLastOfTwoValuesForAKeyHolds) {
  SimulationOptions options;
  set_options(options, {{"t", "creator_model.herding", 0.3}, {"t", "creator_model.herding", 0.4}});
  EXPECT_EQ(value_of(options, "creator_model.herding"), FieldValue(0.4));
  EXPECT_EQ(options.creator_model.settings.size(), 1u);
}

TEST(Options, SettingsOfSeveralPoliciesStandSideBySide) {
  SimulationOptions options;
  set_options(options, {{"t", "policy.most-click.window", std::int64_t{5}},
                        {"t", "policy.water-filling.smoothing", 4.0}});
  EXPECT_EQ(value_of(options, "policy.most-click.window"), FieldValue(std::int64_t{5}));
  EXPECT_EQ(value_of(options, "policy.water-filling.smoothing"), FieldValue(4.0));
}

TEST(Settings, AllLoadAndSayWhatTheyAre) {
  std::vector<std::string> names;
  for (const auto& [name, summary] : built_in_settings()) {
    names.push_back(name);
    EXPECT_FALSE(summary.empty()) << name;
    SimulationOptions options;
    use_setting(options, name);
    EXPECT_EQ(options.setting, name);
  }
  EXPECT_THAT(names, testing::UnorderedElementsAre("open", "lockin", "craft", "craft-open", "scarce",
                                                   "responsive", "sparse", "sparse-lockin"));
}

TEST(Settings, AreWhatTheirNamesPromise) {
  const auto in = [](const char* name, const char* key) {
    SimulationOptions options;
    use_setting(options, name);
    return value_of(options, key);
  };
  EXPECT_EQ(in("open", "user_model.out_of_interest"), FieldValue(0.22));
  EXPECT_EQ(in("open", "leaving.after"), FieldValue(std::int64_t{10}));
  EXPECT_EQ(in("open", "creator_model.herding"), FieldValue(0.0));
  EXPECT_EQ(in("open", "homes.source"), FieldValue(std::string("world")));
  EXPECT_EQ(in("lockin", "user_model.out_of_interest"), FieldValue(0.15));
  EXPECT_EQ(in("lockin", "leaving.after"), FieldValue(std::int64_t{5}));
  EXPECT_EQ(in("lockin", "creator_model.herding"), FieldValue(0.8));
  EXPECT_EQ(in("lockin", "homes.source"), FieldValue(std::string("popular")));
  EXPECT_EQ(in("lockin", "homes.shares"), FieldValue(std::string("50/30/10/10")));
  EXPECT_EQ(in("lockin", "skill.floor"), FieldValue(1.0));
  EXPECT_EQ(in("craft", "skill.floor"), FieldValue(0.6));
  EXPECT_EQ(in("craft", "creator_model.herding"), FieldValue(0.8));
  EXPECT_EQ(in("craft-open", "skill.floor"), FieldValue(0.6));
  EXPECT_EQ(in("craft-open", "creator_model.herding"), FieldValue(0.0));
  EXPECT_EQ(in("craft-open", "homes.source"), FieldValue(std::string("world")));
  EXPECT_EQ(in("scarce", "platform.slate"), FieldValue(std::int64_t{10}));
  EXPECT_EQ(in("scarce", "arrival.creators"), FieldValue(0.25));
  EXPECT_EQ(in("scarce", "arrival.users"), FieldValue(1.0));
}

TEST(Settings, MisspeltAreRefusedWithTheNearestName) {
  SimulationOptions options;
  try {
    use_setting(options, "lokin");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'lockin'?"));
  }
}

/// Everything that effective() lists, as a text of keys and values.
std::string described(const SimulationOptions& options) {
  std::string text;
  for (const auto& setting : effective(options)) text += setting.key + " = " + to_toml(setting.value) + "\n";
  return text;
}

TEST(Effective, SetsTheSameOptionsAgain) {
  for (const auto& [name, summary] : built_in_settings()) {
    SimulationOptions options;
    use_setting(options, name);
    set_options(options, {{"t", "recommender.name", std::string("popularity")},
                          {"t", "creator_model.name", std::string("mixed")},
                          {"t", "creator_model.shares", std::string("bounded:1,cfd:2")},
                          {"t", "trust.kappa", 0.1 + 0.2},
                          {"t", "policy.most-click.window", std::int64_t{9}}});
    std::vector<Given> given;
    for (const auto& setting : effective(options)) given.push_back({"again", setting.key, setting.value});
    SimulationOptions again;
    set_options(again, given);
    EXPECT_EQ(described(again), described(options)) << name;
  }
}

TEST(Effective, IsReadBackFromTomlToTheLastBit) {
  SimulationOptions options;
  set_options(
      options,
      {{"t", "trust.kappa", 0.1 + 0.2}, {"t", "trust.mean", 1.0}, {"t", "response.half_saturation", 1e9}});
  SimulationOptions again;
  std::vector<Given> given;
  for (const auto& entry : parse_toml(described(options), "config.toml").entries) {
    given.push_back({"config.toml", entry.key, entry.values.at(0)});
  }
  set_options(again, given);
  EXPECT_EQ(described(again), described(options));
  EXPECT_EQ(value_of(again, "trust.kappa"), FieldValue(0.1 + 0.2));
}

TEST(Effective, HelpsWithEveryKeyAndRepeatsNone) {
  std::vector<std::string> keys;
  for (const auto& setting : effective({})) {
    EXPECT_FALSE(setting.help.empty()) << setting.key;
    keys.push_back(setting.key);
  }
  auto unique = keys;
  std::sort(unique.begin(), unique.end());
  unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
  EXPECT_EQ(unique.size(), keys.size());
}

}  // namespace
}  // namespace perennial
