#include "platform/recommend/factor_ranking.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "platform/recommend/planted_platform.h"

namespace perennial {
namespace {

struct Ranking {
  PlantedPlatform platform;
  FactorModel model;

  explicit Ranking(std::size_t threads = 1, std::int64_t dimensions = 64)
      : platform({.users = 131, .creators = 701, .threads = threads}) {
    model.start({.dimensions = dimensions}, platform.users.size(), platform.shape.creators, 4, 1);
    for (std::uint32_t round = 1; round <= 3; ++round) platform.make_items(round);
    const Draws draws(1, Purpose::world);
    for (const UserId u : platform.users) {
      for (std::uint32_t i = 0; i < 40; ++i) platform.shown.add(u, draws.below(2103, u, i));
    }
  }
  Slates ranked(std::size_t depth) {
    Slates best;
    rank_by_factors(model, platform.request(3, depth), best);
    return best;
  }
};

bool same(std::span<const float> a, std::span<const float> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}
bool same(std::span<const ItemId> a, std::span<const ItemId> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

TEST(FactorRanking, FindsTheBestByTheModelsOwnScores) {
  for (const std::int64_t dimensions : {1, 10, 64}) {
    Ranking r(1, dimensions);
    const Slates best = r.ranked(9);
    FactorBatch batch;
    for (std::size_t row = 0; row < best.rows(); row += 13) {
      const UserId user = r.platform.users[row];
      batch.pairs.clear();
      for (const ItemId i : r.platform.candidates) {
        if (!r.platform.shown.contains(user, i)) {
          batch.pairs.push_back({user, i, r.platform.items.creator[i], r.platform.items.genre[i]});
        }
      }
      r.model.score(batch, r.platform.workers);
      std::sort(batch.logits.begin(), batch.logits.end(), std::greater<>());
      for (std::size_t place = 0; place < 9; ++place) {
        EXPECT_NEAR(best.row_scores(row)[place], batch.logits[place], 1e-5)
            << "user " << user << ", place " << place;
      }
    }
  }
}

TEST(FactorRanking, RanksAUserTheSameAloneAndInCompany) {
  Ranking r;
  const Slates together = r.ranked(12);
  for (std::size_t row = 0; row < together.rows(); row += 5) {
    const std::vector<UserId> alone = {r.platform.users[row]};
    RankRequest request = r.platform.request(3, 12);
    request.users = alone;
    Slates best;
    rank_by_factors(r.model, request, best);
    EXPECT_TRUE(same(best.row(0), together.row(row)));
    EXPECT_TRUE(same(best.row_scores(0), together.row_scores(row))) << "to the last bit, user " << alone[0];
  }
}

TEST(FactorRanking, ScoresACandidateTheSameWhateverElseIsThere) {
  Ranking r;
  const Slates all = r.ranked(3);
  for (std::size_t row = 0; row < all.rows(); row += 11) {
    const ItemId first = all.row(row)[0];
    RankRequest request = r.platform.request(3, 1);
    const std::vector<ItemId> only = {first};
    request.candidates = only;
    Slates best;
    rank_by_factors(r.model, request, best);
    EXPECT_EQ(best.row_scores(row)[0], all.row_scores(row)[0]);
  }
}

TEST(FactorRanking, GivesTheSameBytesAtAnyNumberOfThreads) {
  Ranking one(1);
  const Slates expected = one.ranked(10);
  for (const std::size_t threads : {2, 3, 7}) {
    Ranking many(threads);
    const Slates found = many.ranked(10);
    EXPECT_EQ(found.items, expected.items);
    EXPECT_TRUE(same(found.scores, expected.scores));
  }
}

}  // namespace
}  // namespace perennial
