#include "platform/rerank/p_mmf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>

#include "platform/rerank/planted_round.h"

namespace perennial {
namespace {

using testing::ElementsAre;

/// The same projection by Dykstra's method on z = rho mu: each of the half-spaces sum_{p in S} z_p >= -lambda in turn.
std::vector<double> projected_by_turns(const std::vector<double>& mu, const std::vector<double>& rho,
                                       double lambda) {
  const std::size_t count = mu.size(), sets = std::size_t{1} << count;
  std::vector<double> z(count), moved(sets, 0.0);
  for (std::size_t p = 0; p < count; ++p) z[p] = rho[p] * mu[p];
  for (int turn = 0; turn < 4000; ++turn) {
    for (std::size_t set = 1; set < sets; ++set) {
      double sum = 0, members = 0;
      for (std::size_t p = 0; p < count; ++p) {
        if ((set >> p & 1) == 0) continue;
        sum += z[p] - moved[set];
        ++members;
      }
      const double move = std::max(0.0, (-lambda - sum) / members);
      for (std::size_t p = 0; p < count; ++p) {
        if ((set >> p & 1) != 0) z[p] += move - moved[set];
      }
      moved[set] = move;
    }
  }
  for (std::size_t p = 0; p < count; ++p) z[p] /= rho[p];
  return z;
}

std::vector<double> projected(std::vector<double> mu, const std::vector<double>& rho, double lambda) {
  DualProjection(rho, lambda).apply(mu);
  return mu;
}

RC_GTEST_PROP(DualProjection, IsTheNearestPointOfTheConstraints, ()) {
  const Draws draws(*rc::gen::inRange<std::uint64_t>(0, 1000000), Purpose::world);
  const auto count = *rc::gen::inRange<std::uint32_t>(1, 5);
  std::vector<double> mu, rho;
  for (std::uint32_t p = 0; p < count; ++p) {
    mu.push_back(6 * draws.uniform(p, 0, 1) - 4);
    rho.push_back(0.1 + 0.9 * draws.uniform(p, 0, 2));
  }
  const double lambda = 2 * draws.uniform(0, 0, 3);
  const auto found = projected(mu, rho, lambda), expected = projected_by_turns(mu, rho, lambda);
  for (std::uint32_t p = 0; p < count; ++p) RC_ASSERT(std::abs(found[p] - expected[p]) < 1e-6);
}

// z = (-0.3, -0.1, 0.2): debts of 0.4 are cut to 0.2 by 0.1 each.
TEST(DualProjection, CutsDebtsAlikeAndLeavesTheRest) {
  const auto mu = projected({-0.6, -1.0, 0.4}, {0.5, 0.1, 0.5}, 0.2);
  EXPECT_NEAR(mu[0], -0.4, 1e-12);
  EXPECT_NEAR(mu[1], 0.0, 1e-12);
  EXPECT_EQ(mu[2], 0.4);
}

TEST(DualProjection, WithoutWeightAllowsNoDebt) {
  EXPECT_THAT(projected({-1, 2, -3}, {0.2, 0.3, 0.5}, 0), ElementsAre(0, 2, 0));
}

/// Two creators with an item each, of which everybody likes the first more.
PlantedRound two_creators(std::size_t users) {
  return {{0, 1}, {0, 0}, std::vector<std::vector<float>>(users, {0.9F, 0.5F})};
}

// rho = 1/2, step = sqrt(2) over the root of two candidates: eta = 1. Prices (mu_0 = -mu_1) before each user:
//   1: 0                                                             .9 against .5, shows 0
//   2: g = -.5, m = .2 g = -.1,        mu = 0 + .1 / .25 = .4        .5 against .9, shows 1
//   3: g = .5,  m = .1 - .08 = .02,    mu = .4 - .08 = .32           .58 against .82, shows 1
//   4: g = .5,  m = .1 + .016 = .116,  mu = .32 - .464 = -.144       1.044 against .356, shows 0
TEST(PMmf, FollowsItsPricesFromUserToUser) {
  auto round = two_creators(10);
  auto p_mmf = reranker_with<PMmfReranker>({{"step", std::sqrt(2.0)}});
  const auto slates = round.slates(p_mmf, 1, 1);
  EXPECT_EQ(slates[0][0], 0U);
  EXPECT_EQ(slates[1][0], 1U);
  EXPECT_EQ(slates[2][0], 1U);
  EXPECT_EQ(slates[3][0], 0U);
}

TEST(PMmf, PutsACreatorLastThatHadAllItsPlaces) {
  auto round = two_creators(4);
  auto p_mmf = reranker_with<PMmfReranker>({{"step", 0.0}});
  EXPECT_THAT(round.slates(p_mmf, 1, 2),
              ElementsAre(ElementsAre(0, 1), ElementsAre(0, 1), ElementsAre(1, 0), ElementsAre(1, 0)));
}

// rho is 3/4 instead of 1/2: three places of four.
TEST(PMmf, GivesMorePlacesWithTheOriginalsLooseShares) {
  auto round = two_creators(4);
  auto p_mmf = reranker_with<PMmfReranker>({{"step", 0.0}, {"rho", std::string("loose")}});
  EXPECT_THAT(round.slates(p_mmf, 1, 1),
              ElementsAre(ElementsAre(0), ElementsAre(0), ElementsAre(0), ElementsAre(1)));
}

// After the first user (shows 0) of ten: left 4 and 5 of 10 places, g = (.4 - 1, .5), m = (-.12, .1), eta = 1:
// mu = (.48, -.4): .42 against .9. After the second (shows 1): left 4 and 4, g = (.4, .4 - 1), m = (-.016, -.04):
// mu = (.544, -.24): .356 against .74.
TEST(PMmf, MayHoldPlacesAgainstWhatIsLeftOfThem) {
  auto round = two_creators(10);
  auto p_mmf = reranker_with<PMmfReranker>({{"step", std::sqrt(2.0)}, {"gradient", std::string("left")}});
  const auto slates = round.slates(p_mmf, 1, 1);
  EXPECT_EQ(slates[1][0], 1U);
  EXPECT_EQ(slates[2][0], 1U);
}

TEST(PMmf, WithoutStepIsTheRankersOrderWhilePlacesLast) {
  PlantedRound round({.users = 3, .creators = 2, .items_each = 20});
  auto p_mmf = reranker_with<PMmfReranker>({{"step", 0.0}});
  const auto slates = round.slates(p_mmf, 4, 4);  // 6 places each
  EXPECT_TRUE(std::ranges::equal(slates[0], round.shortlist.row(0).first(4)));
}

TEST(PMmf, WithoutWeightStartsWithTheRankersOrder) {
  PlantedRound round({.users = 50, .creators = 5, .items_each = 20});
  auto p_mmf = reranker_with<PMmfReranker>({{"lambda", 0.0}});
  const auto slates = round.slates(p_mmf, 5, 6);
  EXPECT_TRUE(std::ranges::equal(slates[0], round.shortlist.row(0).first(6)));
}

/// The method by its definition, with nothing in closed form: each user's slate is the best of all sets of `slate` items by
/// the sum of relevance less prices, and prices are projected by turns. By relevance.
std::vector<std::vector<ItemId>> by_all_slates(const PlantedRound& round, std::size_t slate, double lambda,
                                               double step) {
  const std::size_t items = round.candidates.size(), creators = round.tables.creator.size();
  std::vector<double> rho(creators, 0.0), mu(creators, 0.0), smoothed(creators, 0.0), left(creators, 0.0);
  for (const CreatorId c : round.items.creator) rho[c] += 1 / static_cast<double>(items);
  for (std::size_t c = 0; c < creators; ++c)
    left[c] = static_cast<double>(round.users.size() * slate) * rho[c];
  std::vector<std::vector<ItemId>> slates;
  for (const auto& rates : round.rates) {
    std::vector<ItemId> best;
    double most = -1e9;
    for (std::uint32_t set = 0; set < (1U << items); ++set) {
      if (static_cast<std::size_t>(std::popcount(set)) != slate) continue;
      double worth = 0;
      std::vector<ItemId> members;
      for (ItemId i = 0; i < items; ++i) {
        if ((set >> i & 1U) == 0) continue;
        const CreatorId c = round.items.creator[i];
        worth += static_cast<double>(rates[i]) - mu[c] - (left[c] <= 0 ? 1e4 : 0);
        members.push_back(i);
      }
      if (worth > most) most = worth, best = members;
    }
    std::ranges::sort(best, [&](ItemId a, ItemId b) { return rates[a] > rates[b]; });
    std::vector<double> places(creators, 0.0);
    for (const ItemId i : best) ++places[round.items.creator[i]];
    for (std::size_t c = 0; c < creators; ++c) {
      left[c] -= places[c];
      smoothed[c] = 0.2 * (rho[c] - places[c] / static_cast<double>(slate)) + 0.8 * smoothed[c];
      mu[c] -= step / std::sqrt(static_cast<double>(items)) * smoothed[c] / (rho[c] * rho[c]);
    }
    mu = projected_by_turns(mu, rho, lambda);
    slates.push_back(best);
  }
  return slates;
}

TEST(PMmf, ShowsWhatTheSearchOfAllSlatesShows) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PlantedRound round({.users = 12, .creators = 3, .items_each = 3, .seed = seed});
    const double lambda = seed % 2 == 0 ? 0.5 : 0.02, step = 0.2;
    auto p_mmf = reranker_with<PMmfReranker>({{"lambda", lambda}, {"step", step}});
    EXPECT_EQ(round.slates(p_mmf, 2, 2), by_all_slates(round, 2, lambda, step)) << "seed " << seed;
  }
}

/// Places of each creator in the slates.
std::vector<int> places_of(const PlantedRound& round, const std::vector<std::vector<ItemId>>& slates) {
  std::vector<int> places(round.tables.creator.size(), 0);
  for (const auto& slate : slates) {
    for (const ItemId item : slate) ++places[round.items.creator[item]];
  }
  return places;
}

TEST(PMmf, ShowsAStarvedCreatorNearlyItsShare) {
  PlantedRound round({.users = 200, .creators = 4, .items_each = 10});
  for (auto& user : round.rates) {
    for (std::size_t i = 3; i < user.size(); i += 4) user[i] *= 0.2F;  // whom the ranker hardly ever shows
  }
  auto none = reranker_with<PMmfReranker>({{"step", 0.0}, {"rho", std::string("loose")}});
  auto some = reranker_with<PMmfReranker>({{"step", 0.1}, {"rho", std::string("loose")}});
  const auto before = places_of(round, round.slates(none, 5, 5));
  const auto after = places_of(round, round.slates(some, 5, 5));
  EXPECT_LT(before[3], 80) << "of 1,000; its share is 250";
  EXPECT_GT(after[3], 150);
}

TEST(PMmf, ShowsASlateByRelevance) {
  PlantedRound round({.users = 60});
  PMmfReranker p_mmf;
  const auto best = round.rerank(p_mmf, 5, 6);
  for (std::size_t r = 0; r < best.rows(); ++r)
    EXPECT_TRUE(std::ranges::is_sorted(best.row_scores(r).first(5), std::greater<>()));
}

}  // namespace
}  // namespace perennial
