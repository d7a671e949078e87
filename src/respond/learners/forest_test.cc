#include "respond/learners/forest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/random.h"
#include "respond/learners/booster.h"

namespace perennial {
namespace {

constexpr std::size_t columns = 4, rows = 3000;

/// Three columns of numbers, with ties, and one of 90 categories.
std::vector<float> values_of(std::uint64_t seed) {
  const Draws draws(seed, Purpose::evaluation);
  std::vector<float> values;
  for (std::uint32_t row = 0; row < rows; ++row) {
    values.push_back(static_cast<float>(draws.normal(row, 0)));
    values.push_back(static_cast<float>(draws.below(5, row, 1)));
    values.push_back(static_cast<float>(draws.uniform(row, 2)) * 1e-3F);
    values.push_back(static_cast<float>(draws.below(90, row, 3)));
  }
  return values;
}

Booster grown(std::size_t trees, const std::vector<float>& values) {
  const std::vector<FeatureKind> kinds = {FeatureKind::numeric, FeatureKind::numeric, FeatureKind::numeric,
                                          FeatureKind::categorical};
  bool given = false;
  const BinnedMatrix matrix(
      kinds,
      [&] {
        given = !given;
        return given ? std::span<const float>(values) : std::span<const float>();
      },
      1);
  Booster booster(
      {{"tree_method", "hist"}, {"grow_policy", "lossguide"}, {"max_leaves", "40"}, {"max_depth", "0"}}, 0.3,
      matrix, nullptr);
  for (std::size_t tree = 0; tree < trees; ++tree) {
    LossSlopes slopes;
    const auto margins = booster.margins(matrix);
    for (std::size_t row = 0; row < rows; ++row) {
      const float* x = &values[row * columns];
      const float target = x[0] * x[1] + (static_cast<int>(x[3]) % 7 == 2 ? 3.0F : 0.0F) + 1e3F * x[2];
      slopes.slope.push_back(margins[row] - target);
      slopes.curvature.push_back(1);
    }
    booster.grow(matrix, slopes);
  }
  return booster.first(trees);
}

TEST(Forest, GivesTheBoostersMarginsToTheBit) {
  const auto booster = grown(25, values_of(1));
  const Forest forest(booster.bytes());
  EXPECT_EQ(forest.trees(), 25U);
  const auto unseen = values_of(2);
  std::vector<float> expected(rows), found(rows);
  booster.margins(unseen, expected);
  forest.margins(unseen, found);
  EXPECT_EQ(found, expected);
}

TEST(Forest, SendsCategoriesThatNoTreeHasSeenWhereTheBoosterDoes) {
  const auto booster = grown(10, values_of(1));
  auto unseen = values_of(3);
  for (std::size_t row = 0; row < rows; row += 2)
    unseen[row * columns + 3] = static_cast<float>(90 + row % 160);
  std::vector<float> expected(rows), found(rows);
  booster.margins(unseen, expected);
  Forest(booster.bytes()).margins(unseen, found);
  EXPECT_EQ(found, expected);
}

TEST(Forest, GivesARowTheSameAloneAsAmongOthers) {
  const auto values = values_of(4);
  const Forest forest(grown(5, values).bytes());
  std::vector<float> together(rows);
  forest.margins(values, together);
  for (std::size_t row = 0; row < rows; row += 97) {
    float alone = 0;
    forest.margins(std::span(values).subspan(row * columns, columns), {&alone, 1});
    EXPECT_EQ(alone, together[row]) << row;
  }
}

TEST(Forest, RefusesWhatIsNoModel) {
  const std::vector<std::byte> nonsense(20, std::byte{7});
  EXPECT_THROW(Forest{nonsense}, Error);
}

}  // namespace
}  // namespace perennial
