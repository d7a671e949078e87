#include <gtest/gtest.h>

#include "simulate/small_run_for_tests.h"

namespace perennial {
namespace {

/// The small world's creators and what is shown of each over some rounds, boosted or not.
std::vector<ShownClicked> shown_with(const CreatorBoosts* boosts, const std::string& recommender,
                                     std::int64_t rerank_from = 0) {
  auto options =
      options_with({{"recommender.name", recommender}, {"arrival.users", 1.0}, {"arrival.creators", 1.0}});
  if (boosts) options.reranker = {"boost", {}};
  options.platform.rerank_from = rerank_from;
  Workers workers(1);
  Simulation simulation(options, small_world(), "silent", 2000, workers);
  if (boosts) simulation.set_boosts(*boosts);
  for (int round = 0; round < 12; ++round) simulation.play_round();
  return simulation.ecosystem().tables.creator;
}

TEST(Rank, ShowsABoostedCreatorMore) {
  for (const std::string recommender : {"content", "popularity", "mf"}) {
    CreatorBoosts boosts;
    boosts.factors = {{1, 1, 1, 8}};
    const auto without = shown_with(nullptr, recommender);
    EXPECT_GT(shown_with(&boosts, recommender)[3].shown, without[3].shown * 5 / 4) << recommender;
  }
}

TEST(Rank, ShowsTheSameWhenAReRankerBoostsNobody) {
  const CreatorBoosts none;
  const auto without = shown_with(nullptr, "content"), with = shown_with(&none, "content");
  for (std::size_t c = 0; c < without.size(); ++c) {
    EXPECT_EQ(with[c].shown, without[c].shown);
    EXPECT_EQ(with[c].clicked, without[c].clicked);
  }
}

TEST(Rank, HearsAReRankerFromItsRoundOn) {
  CreatorBoosts boosts;
  boosts.factors = {{1, 1, 1, 8}};
  const auto shown = [&](std::int64_t from) { return shown_with(&boosts, "content", from)[3].shown; };
  EXPECT_EQ(shown(13), shown_with(nullptr, "content")[3].shown) << "twelve rounds are played";
  EXPECT_NE(shown(12), shown(13));
}

}  // namespace
}  // namespace perennial
