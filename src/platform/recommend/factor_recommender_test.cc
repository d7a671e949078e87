// What mf and bpr have in common, as claims about both.

#include <gtest/gtest.h>

#include "platform/recommend/bpr.h"
#include "platform/recommend/mf.h"
#include "platform/recommend/planted_platform.h"
#include "platform/recommend/recommenders.h"

namespace perennial {
namespace {

class FactorRecommenders : public testing::TestWithParam<const char*> {
 protected:
  static std::unique_ptr<Recommender> make(const std::string& features = "ids+creator+genre") {
    auto ranker = find_plugin(recommenders(), "recommender", GetParam()).make();
    const Fields fields = ranker->fields();
    fields.set(GetParam(), "features", features);
    return ranker;
  }
};

/// Over pairs of candidates, one liked and one not: share in which the liked one is ranked first.
double auc(PlantedPlatform& platform, Recommender& ranker, std::uint32_t round) {
  Slates all;
  ranker.rank(platform.request(round, platform.candidates.size()), all);
  double right = 0;
  double pairs = 0;
  for (std::size_t r = 0; r < all.rows(); ++r) {
    double liked = 0;
    for (std::size_t place = 0; place < all.width && all.row(r)[place] != no_item; ++place) {
      const bool likes = platform.likes(platform.users[r], platform.items.genre[all.row(r)[place]]);
      liked += likes ? 1 : 0;
      right += likes ? 0 : liked;
    }
    double unliked = 0;
    for (const ItemId item : all.row(r))
      unliked += item != no_item && !platform.likes(platform.users[r], platform.items.genre[item]);
    pairs += liked * unliked;
  }
  return right / pairs;
}

TEST_P(FactorRecommenders, LearnAPlantedWorldOfTwoGroups) {
  PlantedPlatform platform({});
  const auto ranker = make();
  ranker->start(platform.world, platform.past(10), 1);
  platform.play(*ranker, 1, 11);
  platform.make_items(12);
  EXPECT_GT(auc(platform, *ranker, 12), 0.97);
}

TEST_P(FactorRecommenders, KnowNothingBeforeTheyLearn) {
  PlantedPlatform platform({.users = 300});
  const auto ranker = make();
  ranker->start(platform.world, {}, 1);
  platform.make_items(1);
  EXPECT_NEAR(auc(platform, *ranker, 1), 0.5, 0.1);
}

TEST_P(FactorRecommenders, LearnFromThePastBeforeRoundOne) {
  PlantedPlatform platform({.users = 300});
  const auto ranker = make();
  ranker->start(platform.world, platform.past(20), 1);
  platform.make_items(1);
  EXPECT_GT(auc(platform, *ranker, 1), 0.75);
}

/// Trains, then ranks brand-new items of all creators only.
double auc_of_new_items(Recommender& ranker) {
  PlantedPlatform platform({.users = 100, .recency = 0});
  ranker.start(platform.world, platform.past(10), 1);
  platform.play(ranker, 1, 16);
  platform.make_items(17);
  return auc(platform, ranker, 17);
}

TEST_P(FactorRecommenders, RankNewItemsByWhatTheyAreMadeOf) {
  EXPECT_GT(auc_of_new_items(*make()), 0.95);
}

TEST_P(FactorRecommenders, CannotRankNewItemsById) {
  EXPECT_NEAR(auc_of_new_items(*make("ids")), 0.5, 0.1);
}

TEST_P(FactorRecommenders, LearnKnownItemsById) {
  PlantedPlatform platform({.users = 400, .creators = 20, .recency = 30});
  const auto ranker = make("ids");
  const Fields fields = ranker->fields();
  fields.set(GetParam(), "rate", 0.01);  // few rows, so few steps
  ranker->start(platform.world, {}, 1);
  platform.make_items(1);
  double seen = 0;
  Slates best;
  for (std::uint32_t round = 1; round <= 6;
       ++round) {  // the same twenty items all the time, two more each round
    ranker->rank(platform.request(round, 2), best);
    const RoundLog log = platform.answer(round, best, 2);
    ranker->learn(log, platform.items, platform.tables, platform.workers);
    seen += static_cast<double>(log.clicked.size());
  }
  ASSERT_EQ(seen, 400 * 2 * 6);
  EXPECT_GT(auc(platform, *ranker, 7), 0.8) << "over the eight items each user has not been shown";
}

TEST_P(FactorRecommenders, RetrainAfterRoundsOneAndSixOnly) {
  PlantedPlatform platform({});
  const auto ranker = make();
  ranker->start(platform.world, platform.past(10), 1);
  platform.make_items(1);
  Slates before, after;
  for (std::uint32_t round = 1; round <= 7; ++round) {
    // Judged on a fixed request, whose answer moves only when the model does.
    ranker->rank(platform.request(100, 5), before);
    RoundLog log;
    log.round = round;
    log.active_users = {0};
    log.shown.reset(1, 1);
    log.shown.items[0] = 3;
    log.clicked = {1};
    ranker->learn(log, platform.items, platform.tables, platform.workers);
    ranker->rank(platform.request(100, 5), after);
    EXPECT_EQ(before.scores != after.scores, round == 1 || round == 6) << "round " << round;
  }
}

TEST_P(FactorRecommenders, LearnTheSameBytesAtAnyNumberOfThreads) {
  std::vector<std::vector<std::byte>> saved;
  for (const std::size_t threads : {1, 2, 3, 7}) {
    PlantedPlatform platform({.threads = threads});
    const auto ranker = make();
    ranker->start(platform.world, platform.past(10), 1);
    platform.play(*ranker, 1, 7);
    Archive archive;
    ranker->persist(archive);
    saved.push_back(archive.bytes());
  }
  for (const auto& bytes : saved) EXPECT_EQ(bytes, saved.front());
}

TEST_P(FactorRecommenders, TakeInCreatorsWhoJoin) {
  PlantedPlatform platform({});
  const auto ranker = make();
  ranker->start(platform.world, platform.past(10), 1);
  platform.play(*ranker, 1, 2);
  platform.shape.creators += 10;
  platform.tables.creator.resize(platform.shape.creators);
  platform.play(*ranker, 3, 11);
  platform.make_items(12);
  EXPECT_GT(auc(platform, *ranker, 12), 0.95);
}

INSTANTIATE_TEST_SUITE_P(Rankers, FactorRecommenders, testing::Values("mf", "bpr"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace perennial
