#include "platform/suggest/trust_predictor.h"

#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <cmath>

#include "base/random.h"

namespace perennial {
namespace {

TrustPredictor predictor_with(double memory, double followed = 1, double ignored = 1) {
  TrustPredictor predictor;
  predictor.fields().set("trust_predictor", "memory", memory);
  predictor.fields().set("trust_predictor", "prior_followed", followed);
  predictor.fields().set("trust_predictor", "prior_ignored", ignored);
  return predictor;
}

RoundLog asked(std::vector<CreatorId> creators, std::vector<GenreId> suggested,
               std::vector<std::uint8_t> followed) {
  RoundLog log;
  log.active_creators = std::move(creators);
  log.suggested = std::move(suggested);
  log.followed = std::move(followed);
  return log;
}

TEST(TrustPredictor, StartsAtThePriorMean) {
  auto predictor = predictor_with(1, 3, 1);
  predictor.grow(2);
  EXPECT_DOUBLE_EQ(predictor.predicted()[0], 0.75);
  EXPECT_EQ(predictor.observations(1), 0);
}

TEST(TrustPredictor, IsTheSmoothedShareOfSuggestionsFollowed) {
  auto predictor = predictor_with(1);
  predictor.grow(1);
  for (const bool followed : {true, false, true}) predictor.learn(asked({0}, {2}, {followed}));
  EXPECT_DOUBLE_EQ(predictor.predicted()[0], (1 + 2) / 5.0);
  EXPECT_EQ(predictor.observations(0), 3);
}

TEST(TrustPredictor, LearnsOnlyFromSuggestionsToCreatorsWhoWereThere) {
  auto predictor = predictor_with(1);
  predictor.grow(3);
  predictor.learn(asked({0, 2}, {no_genre, 1}, {0, 1}));
  EXPECT_EQ(predictor.observations(0), 0);
  EXPECT_EQ(predictor.observations(1), 0);
  EXPECT_EQ(predictor.observations(2), 1);
  EXPECT_DOUBLE_EQ(predictor.predicted()[0], 0.5);
}

TEST(TrustPredictor, ForgetsOldObservationsExponentially) {
  auto predictor = predictor_with(0.5);
  predictor.grow(1);
  predictor.learn(asked({0}, {0}, {1}));
  predictor.learn(asked({0}, {0}, {0}));
  predictor.learn(asked({0}, {0}, {0}));
  EXPECT_DOUBLE_EQ(predictor.observations(0), 1.75);
  EXPECT_DOUBLE_EQ(predictor.predicted()[0], 1.25 / 3.75);
}

TEST(TrustPredictor, FollowsTrustThatChanged) {
  auto forgetful = predictor_with(0.9), stubborn = predictor_with(1);
  for (auto* each : {&forgetful, &stubborn}) {
    each->grow(1);
    for (int i = 0; i < 50; ++i) each->learn(asked({0}, {0}, {1}));
    for (int i = 0; i < 20; ++i) each->learn(asked({0}, {0}, {0}));
  }
  EXPECT_LT(forgetful.predicted()[0], 0.2);
  EXPECT_GT(stubborn.predicted()[0], 0.6);
}

TEST(TrustPredictor, GrowsWithoutTouchingWhatItKnows) {
  auto predictor = predictor_with(1);
  predictor.grow(1);
  predictor.learn(asked({0}, {0}, {1}));
  const double before = predictor.predicted()[0];
  predictor.grow(4);
  EXPECT_EQ(predictor.predicted().size(), 4u);
  EXPECT_EQ(predictor.predicted()[0], before);
  EXPECT_EQ(predictor.predicted()[3], 0.5);
}

// Trust uniform, 20 suggestions each, the central 95% of the Beta posterior: with the uniform prior and no forgetting the
// true trust lies inside in 95% of creators exactly. 2,000 creators: one binomial standard error is 0.0049; we allow
// four (false alarm 6e-5, and the seed is fixed).
TEST(TrustPredictor, CoversTheTrueTrustOfNinetyFivePercentOfCreators) {
  constexpr std::uint32_t creators = 2000, rounds = 20;
  auto predictor = predictor_with(1);
  predictor.grow(creators);
  const Draws trust(2000, Purpose::trust);
  for (std::uint32_t round = 1; round <= rounds; ++round) {
    const Draws coins(2000, Purpose::follow, round);
    RoundLog log;
    for (CreatorId c = 0; c < creators; ++c) {
      log.active_creators.push_back(c);
      log.suggested.push_back(0);
      log.followed.push_back(coins.coin(trust.uniform(c), c) ? 1 : 0);
    }
    predictor.learn(log);
  }
  int covered = 0;
  for (CreatorId c = 0; c < creators; ++c) {
    const double weight = predictor.observations(c) + 2;
    const boost::math::beta_distribution<> posterior(predictor.predicted()[c] * weight,
                                                     (1 - predictor.predicted()[c]) * weight);
    const double d = trust.uniform(c);
    covered +=
        boost::math::quantile(posterior, 0.025) <= d && d <= boost::math::quantile(posterior, 0.975) ? 1 : 0;
  }
  EXPECT_NEAR(covered / double(creators), 0.95, 4 * 0.0049);
}

TEST(TrustPredictor, SurvivesSavingAndLoading) {
  auto predictor = predictor_with(0.9), loaded = predictor_with(0.9);
  predictor.grow(2);
  predictor.learn(asked({1}, {0}, {1}));
  Archive saved;
  predictor.persist(saved);
  Archive opened(saved.bytes());
  loaded.persist(opened);
  for (auto* each : {&predictor, &loaded}) each->learn(asked({1}, {0}, {0}));
  EXPECT_EQ(loaded.predicted()[1], predictor.predicted()[1]);
  EXPECT_EQ(loaded.observations(1), predictor.observations(1));
}

}  // namespace
}  // namespace perennial
