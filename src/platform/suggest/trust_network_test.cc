#include "platform/suggest/trust_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace perennial {
namespace {

TrustNetwork network_for(std::size_t creators, std::uint64_t seed = 1, std::int64_t width = 8,
                         double learning_rate = 0.01) {
  TrustNetwork network;
  network.fields().set("trust_predictor", "embedding", width);
  network.fields().set("trust_predictor", "learning_rate", learning_rate);
  network.start(seed);
  network.grow(creators);
  return network;
}

/// Shares from 0.02 to 0.98, in no order.
std::vector<double> mixed_shares(std::size_t creators) {
  std::vector<double> shares;
  for (std::size_t c = 0; c < creators; ++c)
    shares.push_back(0.02 + 0.96 * static_cast<double>(c * 7 % creators) / static_cast<double>(creators - 1));
  return shares;
}

std::vector<double> estimates_of(const TrustNetwork& network, std::size_t creators) {
  std::vector<double> estimates(creators);
  network.estimate(estimates);
  return estimates;
}

TEST(TrustNetwork, ConvergesToEachCreatorsFollowFrequency) {
  constexpr std::size_t creators = 40;
  auto network = network_for(creators);
  const auto shares = mixed_shares(creators);
  const std::vector<double> weights(creators, 30);
  for (int round = 0; round < 200; ++round) network.learn(shares, weights);
  const auto estimates = estimates_of(network, creators);
  for (std::size_t c = 0; c < creators; ++c) EXPECT_NEAR(estimates[c], shares[c], 0.01) << "creator " << c;
}

TEST(TrustNetwork, LearnsNothingFromCreatorsWithoutWeight) {
  auto with = network_for(4), without = network_for(4);
  with.learn(std::vector<double>{0.9, 0, 0.2, 1}, std::vector<double>{3, 0, 5, 0});
  without.learn(std::vector<double>{0.9, 1, 0.2, 0.5}, std::vector<double>{3, 0, 5, 0});
  EXPECT_EQ(estimates_of(with, 4), estimates_of(without, 4));
}

TEST(TrustNetwork, StaysAsItIsWhenNobodyWasAsked) {
  auto network = network_for(3);
  const auto before = estimates_of(network, 3);
  network.learn(std::vector<double>(3, 1.0), std::vector<double>(3, 0.0));
  EXPECT_EQ(estimates_of(network, 3), before);
}

/// A creator with more pairs moves what all share further: untrained creators lean to its side.
TEST(TrustNetwork, WeighsCreatorsByTheirPairs) {
  auto loyal = network_for(3), stubborn = network_for(3);
  for (int round = 0; round < 5; ++round) {
    loyal.learn(std::vector<double>{1, 0, 0}, std::vector<double>{50, 1, 0});
    stubborn.learn(std::vector<double>{1, 0, 0}, std::vector<double>{1, 50, 0});
  }
  EXPECT_GT(estimates_of(loyal, 3)[2], estimates_of(stubborn, 3)[2] + 0.05);
}

TEST(TrustNetwork, EstimatesStayBetweenZeroAndOneWhateverTheRate) {
  auto network = network_for(2, 1, 8, 1.0);
  for (int round = 0; round < 100; ++round)
    network.learn(std::vector<double>{0, 1}, std::vector<double>{1, 1});
  for (const double p : estimates_of(network, 2)) {
    EXPECT_GT(p, 0);
    EXPECT_LT(p, 1);
  }
}

TEST(TrustNetwork, IsAFunctionOfSeedAndExamples) {
  const auto trained = [](std::uint64_t seed) {
    auto network = network_for(20, seed);
    network.learn(mixed_shares(20), std::vector<double>(20, 2));
    return estimates_of(network, 20);
  };
  EXPECT_EQ(trained(1), trained(1));
  EXPECT_NE(trained(1), trained(2));
}

TEST(TrustNetwork, ACopyLearnsOnByItself) {
  auto network = network_for(5);
  const auto before = estimates_of(network, 5);
  auto copy = network;
  copy.learn(mixed_shares(5), std::vector<double>(5, 1));
  EXPECT_EQ(estimates_of(network, 5), before);
  network.learn(mixed_shares(5), std::vector<double>(5, 1));
  EXPECT_EQ(estimates_of(network, 5), estimates_of(copy, 5));
}

TEST(TrustNetwork, GoesOnWithTheSameBitsAfterSavingAndLoading) {
  auto network = network_for(6), loaded = network_for(0, 1);
  network.learn(mixed_shares(6), std::vector<double>(6, 3));
  Archive saved;
  network.persist(saved);
  Archive opened(saved.bytes());
  loaded.persist(opened);
  EXPECT_TRUE(opened.at_end());
  for (auto* each : {&network, &loaded}) {
    each->grow(8);
    each->learn(mixed_shares(8), std::vector<double>(8, 3));
  }
  EXPECT_EQ(estimates_of(loaded, 8), estimates_of(network, 8));
}

TEST(TrustNetwork, RefusesASavedOneOfOtherWidth) {
  auto network = network_for(3, 1, 8), other = network_for(3, 1, 9);
  Archive saved;
  network.persist(saved);
  Archive opened(saved.bytes());
  try {
    other.persist(opened);
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    EXPECT_THAT(error.what(), testing::AllOf(testing::HasSubstr("8-16-1"), testing::HasSubstr("9-16-1")));
  }
}

}  // namespace
}  // namespace perennial
