#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "base/plugins.h"
#include "platform/incentive/incentives.h"
#include "simulate/small_run_for_tests.h"

// What an incentive does to a simulated platform, and what it leaves alone.

namespace perennial {
namespace {

constexpr std::uint64_t seed = 2000;

SimulationOptions lively_with(const std::string& incentive, std::int64_t epoch = 4) {
  auto options = lively("lockin");
  set_options(options, {{"test", "incentive.name", incentive}});
  if (incentive == "reweight") set_options(options, {{"test", "incentive.epoch", epoch}});
  return options;
}

/// Hash of all metrics and creators' ends of a short run.
std::uint64_t results(const SimulationOptions& options, std::size_t threads = 1) {
  Workers workers(threads);
  Simulation simulation(options, small_world(), "most-history-click", seed, workers);
  auto hash = play_rounds(simulation, 25);
  for (const auto& c : simulation.outcomes()) hash = hash_bytes(std::as_bytes(std::span(&c.trust, 1)), hash);
  return hash;
}

TEST(Incentive, ThatWeighsEverybodyAlikeIsNone) {
  auto level = lively_with("reweight");
  set_options(level, {{"test", "incentive.alpha", 0.0}});
  EXPECT_EQ(results(level), results(lively_with("none")));
  EXPECT_NE(results(lively_with("reweight")), results(lively_with("none")));
}

TEST(Incentive, LeavesThePlatformsCountsClicks) {
  Workers workers(1);
  Simulation simulation(lively_with("reweight", 1), small_world(), "silent", seed, workers);
  play_rounds(simulation, 25);
  const auto& e = simulation.ecosystem();
  std::uint64_t of_items = 0, of_records = 0;
  for (const auto clicks : e.items.clicked) of_items += clicks;
  for (CreatorId c = 0; c < e.records.size(); ++c) {
    for (GenreId g = 0; g < 5; ++g) of_records += e.records.clicks(c, g);
  }
  EXPECT_EQ(of_items, e.cumulative_clicks);
  EXPECT_EQ(of_records, e.cumulative_clicks);
  EXPECT_EQ(e.tables.all.clicked, e.cumulative_clicks);
}

TEST(Incentive, OfNobodyIsTheCountsThemselves) {
  Workers workers(1);
  Simulation simulation(lively_with("none"), small_world(), "silent", seed, workers);
  play_rounds(simulation, 10);
  const auto& e = simulation.ecosystem();
  EXPECT_FALSE(e.perceived.weighted());
  for (ItemId item = 0; item < e.items.size(); ++item)
    EXPECT_EQ(e.perceived.on(e.items, item), e.items.clicked[item]);
  for (CreatorId c = 0; c < e.records.size(); ++c) {
    for (GenreId g = 0; g < 5; ++g)
      EXPECT_EQ(e.perceived.average(e.records, c, g), e.records.average_clicks(c, g));
  }
}

// Both sums are of the same clicks by the same weights: what creators feel in total, by item and by genre.
TEST(Incentive, ReachesItemsAndGenresByTheSameWeights) {
  Workers workers(1);
  Simulation simulation(lively_with("reweight", 1), small_world(), "silent", seed, workers);
  play_rounds(simulation, 25);
  const auto& e = simulation.ecosystem();
  double by_item = 0, by_genre = 0;
  for (ItemId item = 0; item < e.items.size(); ++item) by_item += e.perceived.on(e.items, item);
  for (CreatorId c = 0; c < e.records.size(); ++c) {
    for (GenreId g = 0; g < 5; ++g) by_genre += e.perceived.in_genre(e.records, c, g);
  }
  EXPECT_NEAR(by_item, by_genre, 1e-9 * by_item);
  EXPECT_LT(by_item, 0.99 * static_cast<double>(e.cumulative_clicks)) << "who clicks much weighs little";
}

TEST(Incentive, ResumedGivesTheSameBytes) {
  for (const auto& incentive : plugin_names(incentives())) {
    const auto options = lively_with(incentive);
    Workers workers(1);
    Simulation whole(options, small_world(), "random", seed, workers),
        first(options, small_world(), "random", seed, workers),
        second(options, small_world(), "random", seed, workers);
    const auto expected = play_rounds(whole, 20);
    const auto halfway = play_rounds(first, 11);  // within an epoch
    Archive saved;
    first.persist(saved);
    Archive opened(saved.bytes());
    second.persist(opened);
    EXPECT_TRUE(opened.at_end());
    EXPECT_EQ(play_rounds(second, 9, halfway), expected) << incentive;
    EXPECT_EQ(state_hash(second), state_hash(whole)) << incentive;
  }
}

TEST(Incentive, GivesTheSameForksAndTheSameAtAnyNumberOfThreads) {
  for (const auto& incentive : plugin_names(incentives())) {
    const auto options = lively_with(incentive);
    for (const std::size_t threads : {2, 3, 7})
      EXPECT_EQ(results(options, threads), results(options)) << incentive << " " << threads;
    Workers workers(1);
    Simulation parent(options, small_world(), "silent", seed, workers),
        fork(options, small_world(), "silent", seed, workers);
    play_rounds(parent, 7);
    fork.fork_from(parent);
    EXPECT_EQ(play_rounds(fork, 7), play_rounds(parent, 7)) << incentive;
  }
}

/// Twenty-four users like genre 0 and four like genre 1; six creators made both, a little more of 0.
World lopsided_world() {
  World world;
  world.name = "lopsided";
  world.genres = {"many", "few"};
  for (int u = 0; u < 28; ++u) {
    world.users.interests.push_back(std::vector<GenreId>{static_cast<GenreId>(u < 24 ? 0 : 1)});
    world.users.activity.push_back(1);
  }
  for (int c = 0; c < 6; ++c) {
    world.creators.history.push_back(std::vector<GenreCount>{{0, 3}, {1, 2}});
    world.creators.activity.push_back(1);
  }
  return world;
}

/// Share of the items of rounds 41 to 140 in the genre of the few, over four seeds.
double share_for_the_few(const std::string& incentive) {
  const auto options = options_with({{"arrival.source", std::string("world")},
                                     {"platform.recency", std::int64_t{0}},
                                     {"platform.slate", std::int64_t{3}},
                                     {"leaving.after", std::int64_t{0}},
                                     {"recommender.name", std::string("random")},
                                     {"creator_model.name", std::string("bounded")},
                                     {"incentive.name", incentive}});
  double share = 0;
  for (std::uint64_t s = seed; s < seed + 4; ++s) {
    Workers workers(1);
    Simulation simulation(options, lopsided_world(), "silent", s, workers);
    play_rounds(simulation, 40);
    const double before = simulation.ecosystem().tables.made[1];
    play_rounds(simulation, 100);
    share += (simulation.ecosystem().tables.made[1] - before) / (4 * 6 * 100);
  }
  return share;
}

// Nobody tells creators what the few like: a click of theirs comes to be worth several of the many, and that is enough.
TEST(Reweight, DrawsCreatorsToWhatUnderServedUsersLike) {
  EXPECT_GT(share_for_the_few("reweight"), share_for_the_few("none") + 0.05);
}

}  // namespace
}  // namespace perennial
