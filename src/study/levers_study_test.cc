#include "study/levers_study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/random.h"
#include "study/levers_parts.h"
#include "study/levers_plans.h"

namespace perennial {
namespace {

using testing::HasSubstr;

/// Two environments and two seeds that take a second.
std::vector<Given> small_keys() {
  return {{"test", "levers.environments", std::string("lockin,open")},
          {"test", "world.users", std::int64_t{60}},
          {"test", "world.creators", std::int64_t{160}},
          {"test", "run.seeds", std::int64_t{2}},
          {"test", "run.rounds", std::int64_t{5}},
          {"test", "levers.warm_up", std::int64_t{6}},
          {"test", "levers.experiment_rounds", std::int64_t{6}},
          {"test", "levers.leaf_weight", std::int64_t{10}},
          {"test", "levers.strength", 0.3}};
}

LeversStudy played(const std::vector<Given>& more = {}, std::size_t threads = 1) {
  auto keys = small_keys();
  keys.insert(keys.end(), more.begin(), more.end());
  return study_levers(lever_plans({}, keys), open_world("youtube"),
                      {.threads = threads, .played = {}, .begins = {}});
}

const LeversStudy& small_study() {
  static const auto study = played();
  return study;
}

std::size_t index_of(std::string_view path) {
  return static_cast<std::size_t>(std::ranges::find(lever_paths, path, &LeverPath::name) -
                                  lever_paths.begin());
}

const PlayedPath& path_of(const LeversStudy& study, std::string_view path) {
  return study.environments[0].seeds[0].paths[index_of(path)];
}

TEST(Levers, AreTheSameAtAnyNumberOfThreads) {
  EXPECT_EQ(played({}, 2).result_hash, small_study().result_hash);
  EXPECT_EQ(played({}, 3).result_hash, small_study().result_hash);
}

TEST(Levers, MoveThePlatformApart) {
  for (const char* path : {"suggest", "suggest-unlearned", "promote", "promote-truth"})
    EXPECT_NE(path_of(small_study(), path).clicks, path_of(small_study(), "neither").clicks) << path;
  EXPECT_NE(path_of(small_study(), "both").clicks, path_of(small_study(), "suggest").clicks);
  EXPECT_NE(path_of(small_study(), "placebo").clicks, path_of(small_study(), "promote").clicks);
}

TEST(Levers, OfStrengthZeroPromoteNobody) {
  const auto study = played({{"test", "levers.strength", 0.0}});
  for (const char* path : {"promote", "placebo", "promote-effect", "promote-truth"}) {
    EXPECT_EQ(path_of(study, path).clicks, path_of(study, "neither").clicks) << path;
    EXPECT_EQ(path_of(study, path).measures, path_of(study, "neither").measures) << path;
  }
  EXPECT_EQ(path_of(study, "both").clicks, path_of(study, "suggest").clicks);
}

TEST(Levers, WithOneScoreForAllPromoteNobodyAndNorDoesThePlacebo) {
  const auto study = played({{"test", "levers.learner", std::string("constant")}});
  for (const char* path : {"promote", "placebo", "promote-effect"})
    EXPECT_EQ(path_of(study, path).clicks, path_of(study, "neither").clicks) << path;
  EXPECT_NE(path_of(study, "promote-truth").clicks, path_of(study, "neither").clicks);
}

TEST(Levers, BeginAfterTheRoundsOfASilentPlatform) {
  const auto plan = lever_plans({}, small_keys()).front();
  const auto& seed = small_study().environments[0].seeds[0];
  ASSERT_EQ(seed.clicks_before.size(), 12U);
  Workers workers;
  Simulation silent(plan.simulation, first_world(plan, open_world("youtube"), seed.seed), "silent", seed.seed,
                    workers);
  for (int round = 0; round < 6; ++round)
    EXPECT_EQ(at(silent.play_round(), Metric::clicks), seed.clicks_before[static_cast<std::size_t>(round)]);
}

TEST(Levers, GoOnFromWhereAShorterPathEnds) {
  const auto longer = played({{"test", "run.rounds", std::int64_t{8}}});
  for (const auto& path : lever_paths) {
    const auto& whole = path_of(longer, path.name).clicks;
    EXPECT_EQ((std::vector<double>{whole.begin(), whole.begin() + 5}),
              path_of(small_study(), path.name).clicks)
        << path.name;
  }
}

TEST(Levers, RefuseAPlatformWhereNobodyResponds) {
  try {
    played({{"test", "response.sensitivity_mean", 0.0}, {"test", "response.sensitivity_spread", 0.0}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("nobody's posts respond to engagement in 'lockin'"));
  }
}

TEST(Levers, RefuseAPolicyThatIsNotThereBeforeAnyRound) {
  EXPECT_THROW(played({{"test", "levers.suggest", std::string("lore-x")}}), Error);
}

TEST(LearnedResponses, SeeNothingThatOnlyASimulatorKnows) {
  CreatorRecords records(2, 10);
  const CreatorLogs logs(records);
  const std::vector<std::string> genres = {"a", "b"};
  const auto table = creator_panel(logs, CreatorCounts(0), {}, genres);
  std::vector<std::string> names;
  for (const auto& feature : table.schema.features) names.push_back(feature.name);
  for (const auto& outcome : table.outcomes) names.push_back(outcome.name);
  EXPECT_THAT(names, testing::UnorderedElementsAre("posts_before", "impressions_before", "clicks_before",
                                                   "click_rate_before", "clicks_per_post_before",
                                                   "posts_just_before", "clicks_just_before", "past_items",
                                                   "past_genres", "home", "posts", "impressions", "clicks"))
      << "all of it is what a platform logs";
}

/// Two kinds of creators: the seen gain 1 post by 10 clicks, the unseen half a post by 1 click.
CreatorTable seen_and_unseen() {
  CreatorTable table;
  table.schema.features = {{.name = "seen", .kind = FeatureKind::numeric, .categories = {}}};
  table.features.emplace(std::filesystem::temp_directory_path(), 1);
  NamedValues posts{.name = "posts", .values = {}}, clicks{.name = "clicks", .values = {}};
  const Draws draws(1, Purpose::world);
  for (std::uint32_t c = 0; c < 1200; ++c) {
    const bool seen = c % 2 == 0, treated = draws.coin(0.5, c);
    table.ids.add(std::to_string(c));
    table.arms.push_back(treated ? Arm::treatment : Arm::control);
    posts.values.push_back(3 + (treated ? (seen ? 1 : 0.5) : 0) + draws.uniform(c, 1));
    clicks.values.push_back((seen ? 100 : 10) + (treated ? (seen ? 10 : 1) : 0) + draws.uniform(c, 2));
    const float feature = seen ? 1 : 0;
    table.features->append({&feature, 1});
  }
  table.outcomes = {posts, clicks};
  return table;
}

TEST(LearnedResponses, TellPostsPerClickFromPosts) {
  LeversSettings settings;
  settings.dose_floor = 0.05;
  const auto learned = learn_responses(seen_and_unseen(), settings, 1);
  EXPECT_NEAR(learned.effect[0], 1, 0.1);
  EXPECT_NEAR(learned.effect[1], 0.5, 0.1);
  EXPECT_NEAR(learned.dose[0], 10, 1);
  EXPECT_NEAR(learned.dose[1], 1, 0.5);
  EXPECT_NEAR(learned.score[0], 0.1, 0.05);
  EXPECT_NEAR(learned.score[1], 0.5, 0.2);
}

TEST(LeverContrasts, AreDifferencesPairedBySeed) {
  std::vector<LeverSeed> seeds(2);
  for (auto& seed : seeds) seed.paths.resize(lever_paths.size());
  const auto set = [&](std::size_t s, std::string_view path, double clicks) {
    seeds[s].paths[index_of(path)].measures[0] = clicks;
  };
  for (std::size_t s = 0; s < 2; ++s) {
    const auto offset = 100.0 * static_cast<double>(s + 1);
    set(s, "neither", offset);
    set(s, "suggest", offset + 10);
    set(s, "promote", offset + 3);
    set(s, "both", offset + 15);
  }
  const auto results = contrasts_of(seeds);
  const auto clicks_of = [&](std::string_view name) {
    const auto found = std::ranges::find(lever_contrasts(), name, &LeverContrast::name);
    return results[static_cast<std::size_t>(found - lever_contrasts().begin())].absolute[0];
  };
  EXPECT_DOUBLE_EQ(clicks_of("suggest").mean, 10);
  EXPECT_DOUBLE_EQ(clicks_of("suggest").low, 10) << "the same in both seeds, whatever their level";
  EXPECT_DOUBLE_EQ(clicks_of("promote-on-suggest").mean, 5);
  EXPECT_DOUBLE_EQ(clicks_of("interaction").mean, 2);
  EXPECT_DOUBLE_EQ(results[0].relative[0].mean, (10.0 / 100 + 10.0 / 200) / 2);
}

TEST(LeverPlans, ReadTheirOwnConfigBack) {
  auto keys = small_keys();
  keys.push_back({"test", "trust.mean", 0.7});
  const auto plans = lever_plans({}, keys);
  const auto file = std::filesystem::temp_directory_path() / "perennial-levers-plans-test.toml";
  std::ofstream(file) << levers_toml(plans.front(), {}, keys);
  const auto again = lever_plans(file, {});
  std::filesystem::remove(file);
  ASSERT_EQ(again.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(to_toml(again[i]), to_toml(plans[i]));
  EXPECT_EQ(levers_toml(again[0], {}, keys), levers_toml(plans[0], {}, keys));
}

TEST(LeverPlans, GiveAResponseToSettingsWithoutOneAndLeaveThatOfOthers) {
  const auto plans = lever_plans({}, {{"test", "levers.environments", std::string("open,responsive")}});
  for (const auto& plan : plans) EXPECT_TRUE(plan.simulation.response.on()) << plan.simulation.setting;
  EXPECT_EQ(plans[1].simulation.recommender.name, "mf");
}

TEST(LeverPlans, RefuseEnvironmentsThatAreNone) {
  for (const char* wrong : {"", "lockin,", "lokin", "open,open"})
    EXPECT_THROW(lever_plans({}, {{"test", "levers.environments", std::string(wrong)}}), Error) << wrong;
}

}  // namespace
}  // namespace perennial
