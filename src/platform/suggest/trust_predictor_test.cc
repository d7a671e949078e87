#include "platform/suggest/trust_predictor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/error.h"
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
    const auto [low, high] = predictor.credible(c);
    EXPECT_TRUE(low < predictor.predicted()[c] && predictor.predicted()[c] < high);
    covered += low <= trust.uniform(c) && trust.uniform(c) <= high ? 1 : 0;
  }
  EXPECT_NEAR(covered / double(creators), 0.95, 4 * 0.0049);
}

// Of Beta(5, 1), the distribution function is p^5.
TEST(TrustPredictor, GivesTheCentralNinetyFivePercentOfItsPosterior) {
  auto predictor = predictor_with(1);
  predictor.grow(1);
  EXPECT_NEAR(predictor.credible(0).least, 0.025, 1e-12);
  EXPECT_NEAR(predictor.credible(0).most, 0.975, 1e-12);
  for (int i = 0; i < 4; ++i) predictor.learn(asked({0}, {0}, {1}));
  EXPECT_NEAR(predictor.credible(0).least, std::pow(0.025, 1 / 5.0), 1e-12);
  EXPECT_NEAR(predictor.credible(0).most, std::pow(0.975, 1 / 5.0), 1e-12);
}

TEST(TrustPredictor, RefusesAnUnknownKindWithTheNearest) {
  TrustPredictor predictor;
  try {
    predictor.fields().set("trust_predictor", "kind", std::string("netwrok"));
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_NE(std::string(error.what()).find("did you mean 'network'?"), std::string::npos) << error.what();
  }
}

TEST(TrustPredictor, SavesNothingOfTheNetworkUnlessItPredicts) {
  auto predictor = predictor_with(0.9);
  predictor.start(5);
  predictor.grow(2);
  predictor.learn(asked({1}, {0}, {1}));
  Archive saved, lists;
  predictor.persist(saved);
  std::vector<double> followed = {0, 1}, times = {0, 1}, predicted = {0.5, 2 / 3.0};
  lists(followed, times, predicted);
  EXPECT_EQ(saved.bytes(), lists.bytes());
}

TrustPredictor network_with(double prior) {
  auto predictor = predictor_with(1, prior, prior);
  predictor.fields().set("trust_predictor", "kind", std::string("network"));
  predictor.start(5);
  return predictor;
}

TEST(TrustNetworkPredictor, StartsNewcomersAtTheShareOfAllTogether) {
  auto predictor = network_with(1);
  predictor.grow(2);
  EXPECT_DOUBLE_EQ(predictor.predicted()[1], 0.5);
  for (int i = 0; i < 6; ++i) predictor.learn(asked({0}, {0}, {1}));
  predictor.grow(3);
  EXPECT_DOUBLE_EQ(predictor.predicted()[1], 7 / 8.0);
  EXPECT_DOUBLE_EQ(predictor.predicted()[2], 7 / 8.0);
}

// With hardly a prior. Four creators who follow all, none, each second and each fourth of 80 suggestions.
TEST(TrustNetworkPredictor, ConvergesToTheShareFollowed) {
  auto predictor = network_with(0.001);
  predictor.grow(4);
  for (int i = 0; i < 80; ++i) {
    predictor.learn(asked({0, 1, 2, 3}, {0, 0, 0, 0},
                          {1, 0, static_cast<std::uint8_t>(i % 2), static_cast<std::uint8_t>(i % 4 == 0)}));
  }
  EXPECT_GT(predictor.predicted()[0], 0.98);
  EXPECT_LT(predictor.predicted()[1], 0.02);
  EXPECT_NEAR(predictor.predicted()[2], 0.5, 0.03);
  EXPECT_NEAR(predictor.predicted()[3], 0.25, 0.03);
}

TEST(TrustNetworkPredictor, PullsWhomItHardlyKnowsTowardsTheOthers) {
  auto predictor = network_with(1);
  predictor.grow(2);
  for (int i = 0; i < 40; ++i) predictor.learn(asked({0}, {0}, {1}));
  predictor.learn(asked({1}, {0}, {0}));
  for (int i = 0; i < 100; ++i) predictor.learn(asked({}, {}, {}));
  EXPECT_NEAR(predictor.predicted()[1], 2 * (41 / 43.0) / 3, 0.01);
}

/// Root of the mean squared error after each of `rounds` suggestions to creators of uniform trust.
double error_after(TrustPredictor predictor, std::uint32_t rounds) {
  constexpr std::uint32_t creators = 200;
  predictor.start(5);
  predictor.grow(creators);
  const Draws trust(2001, Purpose::trust);
  for (std::uint32_t round = 1; round <= rounds; ++round) {
    const Draws coins(2001, Purpose::follow, round);
    RoundLog log;
    for (CreatorId c = 0; c < creators; ++c) {
      log.active_creators.push_back(c);
      log.suggested.push_back(0);
      log.followed.push_back(coins.coin(trust.uniform(c), c) ? 1 : 0);
    }
    predictor.learn(log);
  }
  double squares = 0;
  for (CreatorId c = 0; c < creators; ++c)
    squares += std::pow(predictor.predicted()[c] - trust.uniform(c), 2);
  return std::sqrt(squares / creators);
}

TEST(TrustNetworkPredictor, IsWithinATenthOfTheErrorOfTheSmoothedShare) {
  for (const std::uint32_t rounds : {5u, 20u, 50u})
    EXPECT_LT(error_after(network_with(1), rounds), 1.1 * error_after(predictor_with(1), rounds)) << rounds;
}

TEST(TrustNetworkPredictor, SurvivesSavingAndLoading) {
  auto predictor = network_with(1), loaded = network_with(1);
  predictor.grow(3);
  for (int i = 0; i < 5; ++i) predictor.learn(asked({0, 2}, {0, 1}, {1, 0}));
  Archive saved;
  predictor.persist(saved);
  Archive opened(saved.bytes());
  loaded.persist(opened);
  EXPECT_TRUE(opened.at_end());
  for (auto* each : {&predictor, &loaded}) {
    each->grow(4);
    each->learn(asked({1, 3}, {0, 0}, {1, 1}));
  }
  for (CreatorId c = 0; c < 4; ++c) EXPECT_EQ(loaded.predicted()[c], predictor.predicted()[c]);
}

TEST(TrustNetworkPredictor, RefusesWhatAnotherKindSaved) {
  auto beta = predictor_with(1), network = network_with(1);
  beta.grow(3);
  Archive saved;
  beta.persist(saved);
  Archive opened(saved.bytes());
  EXPECT_THROW(network.persist(opened), Error);
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
