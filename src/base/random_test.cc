#include "base/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace perennial {
namespace {

using testing::ElementsAre;

// Random123's published vectors for philox4x32, 10 rounds. The key is the seed; the counter's words are entity, round,
// index, and purpose with lane.
TEST(Philox, GivesThePublishedAnswerForZeros) {
  EXPECT_THAT(Draws(0, Purpose{0}, 0).bits(0, 0, 0),
              ElementsAre(0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U));
}

TEST(Philox, GivesThePublishedAnswerForOnes) {
  EXPECT_THAT(
      Draws(0xffffffffffffffffU, Purpose{0xff}, 0xffffffffU).bits(0xffffffffU, 0xffffffffU, 0xffffffU),
      ElementsAre(0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU));
}

TEST(Philox, GivesThePublishedAnswerForDigitsOfPi) {
  EXPECT_THAT(
      Draws(0x299f31d0a4093822U, Purpose{0x03}, 0x85a308d3U).bits(0x243f6a88U, 0x13198a2eU, 0x707344U),
      ElementsAre(0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U));
}

TEST(Draws, ArePureFunctionsOfTheirAddress) {
  const Draws draws(7, Purpose::click, 3);
  const double first = draws.uniform(11, 5);
  for (std::uint32_t other = 0; other < 100; ++other) draws.uniform(other, other);
  EXPECT_EQ(draws.uniform(11, 5), first);
  EXPECT_EQ(Draws(7, Purpose::click, 3).uniform(11, 5), first);
}

/// n draws, each given by its number.
using Sequence = std::function<double(std::uint32_t)>;

/// One sequence along each coordinate of the address, the others fixed.
std::vector<std::pair<std::string, Sequence>> sequences() {
  const auto at = [](Purpose purpose, std::uint32_t round) { return Draws(2024, purpose, round); };
  return {
      {"entity", [=](std::uint32_t i) { return at(Purpose::click, 1).uniform(i); }},
      {"index", [=](std::uint32_t i) { return at(Purpose::click, 1).uniform(1, i); }},
      {"lane", [=](std::uint32_t i) { return at(Purpose::click, 1).uniform(1, 1, i); }},
      {"round", [=](std::uint32_t i) { return at(Purpose::click, i).uniform(1); }},
      {"seed", [](std::uint32_t i) { return Draws(i, Purpose::click, 1).uniform(1); }},
  };
}

TEST(Draws, AreUniformAlongEveryCoordinate) {
  constexpr std::uint32_t n = 100'000, cells = 256;
  for (const auto& [name, draw] : sequences()) {
    std::vector<double> counts(cells, 0.0);
    for (std::uint32_t i = 0; i < n; ++i) {
      const double u = draw(i);
      ASSERT_TRUE(u >= 0 && u < 1) << name << " " << i;
      ++counts[static_cast<std::size_t>(u * cells)];
    }
    double chi_square = 0;
    for (const double count : counts) chi_square += (count - 1.0 * n / cells) * (count - 1.0 * n / cells);
    chi_square /= 1.0 * n / cells;
    // 255 degrees of freedom: mean 255, standard deviation 22.6; four of them either way.
    EXPECT_NEAR(chi_square, 255, 91) << name;
  }
}

TEST(Draws, NeighboursAreUncorrelatedAlongEveryCoordinate) {
  constexpr std::uint32_t n = 100'000;
  for (const auto& [name, draw] : sequences()) {
    double product = 0;
    for (std::uint32_t i = 0; i < n; ++i) product += (draw(i) - 0.5) * (draw(i + 1) - 0.5);
    EXPECT_LT(std::abs(product / n * 12), 4 / std::sqrt(1.0 * n)) << name;
  }
}

TEST(Draws, PurposesDoNotShareCoins) {
  constexpr std::uint32_t n = 100'000;
  const Draws click(1, Purpose::click, 1), follow(1, Purpose::follow, 1);
  double product = 0;
  for (std::uint32_t i = 0; i < n; ++i) product += (click.uniform(i) - 0.5) * (follow.uniform(i) - 0.5);
  EXPECT_LT(std::abs(product / n * 12), 4 / std::sqrt(1.0 * n));
}

TEST(Draws, ACoinLandsAsOftenAsAsked) {
  constexpr std::uint32_t n = 100'000;
  const Draws draws(5, Purpose::click);
  for (const double p : {0.01, 0.3, 0.9}) {
    double heads = 0;
    for (std::uint32_t i = 0; i < n; ++i) heads += draws.coin(p, i) ? 1 : 0;
    EXPECT_NEAR(heads / n, p, 4 * std::sqrt(p * (1 - p) / n));
  }
}

TEST(Draws, ACoinOfProbabilityZeroNeverLandsAndOfOneAlways) {
  const Draws draws(5, Purpose::click);
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    ASSERT_FALSE(draws.coin(0, i));
    ASSERT_TRUE(draws.coin(1, i));
  }
}

TEST(Draws, BelowCoversItsRangeEvenly) {
  constexpr std::uint32_t n = 70'000, sides = 7;
  const Draws draws(5, Purpose::click);
  std::vector<double> counts(sides, 0.0);
  for (std::uint32_t i = 0; i < n; ++i) ++counts.at(draws.below(sides, i));
  for (const double count : counts) EXPECT_NEAR(count, 1.0 * n / sides, 4 * std::sqrt(1.0 * n / sides));
  EXPECT_EQ(draws.below(1, 3), 0U);
}

TEST(Draws, NormalHasTheMomentsAndTailsOfANormal) {
  constexpr std::uint32_t n = 200'000;
  const Draws draws(9, Purpose::quality, 4);
  double sum = 0, squares = 0, fourth = 0, outside = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double z = draws.normal(i);
    ASSERT_TRUE(std::isfinite(z));
    sum += z;
    squares += z * z;
    fourth += z * z * z * z;
    outside += std::abs(z) > 1.959964 ? 1 : 0;
  }
  EXPECT_NEAR(sum / n, 0, 4 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 4 * std::sqrt(2.0 / n));
  EXPECT_NEAR(fourth / n, 3, 4 * std::sqrt(96.0 / n));
  EXPECT_NEAR(outside / n, 0.05, 4 * std::sqrt(0.05 * 0.95 / n));
}

TEST(Draws, PickChoosesInProportionToTheWeights) {
  constexpr std::uint32_t n = 100'000;
  const Draws draws(3, Purpose::creation, 2);
  const std::vector<double> weights = {1, 0, 3, 6, 0};
  std::vector<double> counts(weights.size(), 0.0);
  for (std::uint32_t i = 0; i < n; ++i) ++counts.at(draws.pick(weights, i));
  for (std::size_t w = 0; w < weights.size(); ++w) {
    const double p = weights[w] / 10;
    EXPECT_NEAR(counts[w] / n, p, 4 * std::sqrt(p * (1 - p) / n)) << w;
  }
}

TEST(PickAt, NeverGivesAWeightOfZero) {
  const std::vector<double> weights = {0, 0.1, 0, 0.2, 0.7, 0};
  EXPECT_EQ(pick_at(weights, 0.0), 1U);
  EXPECT_EQ(pick_at(weights, std::nextafter(1.0, 0.0)), 4U);
  EXPECT_EQ(pick_at(weights, 1.0), 4U) << "rounding past the end stays on the last positive weight";
}

TEST(PickAtDeathTest, WithoutAPositiveWeightIsOurOwnMistake) {
  const std::vector<double> weights = {0, 0};
  EXPECT_DEATH(pick_at(weights, 0.5), "needs a positive weight");
}

}  // namespace
}  // namespace perennial
