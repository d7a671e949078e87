#include "nn/embedding_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "nn/initial_weights.h"
#include "nn/losses.h"

namespace perennial {
namespace {

/// Textbook Adam on one number, in double precision.
struct AdamOfOne {
  double value = 0, mean = 0, square = 0;
  int steps = 0;

  void step(double gradient, const Adam& adam) {
    ++steps;
    mean = adam.mean_decay * mean + (1 - adam.mean_decay) * gradient;
    square = adam.square_decay * square + (1 - adam.square_decay) * gradient * gradient;
    const double m = mean / (1 - std::pow(adam.mean_decay, steps));
    const double v = square / (1 - std::pow(adam.square_decay, steps));
    value -= adam.rate * m / (std::sqrt(v) + adam.epsilon);
  }
};

EmbeddingTable table_of(std::size_t rows, std::size_t width) {
  EmbeddingTable table(width);
  const Draws draws(7, Purpose::training);
  for (std::uint32_t r = 0; r < rows; ++r) draw_weights(table.append(), 0.5, draws, r, 1);
  return table;
}

std::vector<float> copy_of(const EmbeddingTable& table, std::size_t row) {
  return {table.row(row), table.row(row) + table.width()};
}

TEST(EmbeddingTable, FollowsTextbookAdamRowByRow) {
  EmbeddingTable table = table_of(2, 3);
  const Adam adam{.rate = 0.01};
  AdamOfOne expected{.value = table.row(1)[2]};
  RowGradients gradients;
  for (int t = 0; t < 300; ++t) {
    const double gradient = std::sin(t) + 0.3;
    gradients.reset(table.size(), table.stride());
    gradients.at(1)[2] += static_cast<float>(gradient);
    table.step(gradients, adam);
    expected.step(static_cast<float>(gradient), adam);
    ASSERT_NEAR(table.row(1)[2], expected.value, 2e-5) << "after step " << t;
  }
}

TEST(EmbeddingTable, LeavesRowsWithoutGradientUntouched) {
  EmbeddingTable table = table_of(5, 9);
  const auto before = copy_of(table, 3);
  RowGradients gradients;
  for (int t = 0; t < 10; ++t) {
    gradients.reset(table.size(), table.stride());
    gradients.at(2)[0] = 1;
    table.step(gradients, Adam{});
  }
  EXPECT_EQ(copy_of(table, 3), before);
}

TEST(EmbeddingTable, LateRowsLearnAtThePaceOfEarlyOnes) {
  EmbeddingTable table = table_of(2, 1);
  RowGradients gradients;
  const auto push = [&](std::uint32_t row) {
    gradients.reset(table.size(), table.stride());
    gradients.at(row)[0] = 1;
    const float before = table.row(row)[0];
    table.step(gradients, Adam{});
    return before - table.row(row)[0];
  };
  const float early = push(0);
  for (int t = 0; t < 1000; ++t) push(0);
  EXPECT_NEAR(push(1), early, 1e-6);
}

TEST(EmbeddingTable, KeepsItsRowsWhenItGrows) {
  EmbeddingTable table = table_of(3, 10);
  const auto before = copy_of(table, 1);
  for (int i = 0; i < 1000; ++i) table.append();
  EXPECT_EQ(table.size(), 1003U);
  EXPECT_EQ(copy_of(table, 1), before);
  EXPECT_EQ(copy_of(table, 1002), std::vector<float>(10, 0.0F));
}

TEST(EmbeddingTable, PaddingStaysZero) {
  EmbeddingTable table = table_of(1, 3);
  RowGradients gradients;
  gradients.reset(1, table.stride());
  gradients.at(0)[0] = 1;
  table.step(gradients, Adam{});
  for (std::size_t i = table.width(); i < table.stride(); ++i) EXPECT_EQ(table.row(0)[i], 0.0F);
}

TEST(RowGradients, AddUpPerRowAndForgetAtReset) {
  RowGradients gradients;
  gradients.reset(4, 8);
  gradients.at(3)[1] += 1;
  gradients.at(0)[1] += 5;
  gradients.at(3)[1] += 2;
  ASSERT_EQ(std::vector<std::uint32_t>(gradients.rows().begin(), gradients.rows().end()),
            (std::vector<std::uint32_t>{3, 0}));
  EXPECT_EQ(gradients.gradient(0)[1], 3.0F);
  gradients.reset(6, 8);
  EXPECT_TRUE(gradients.rows().empty());
  EXPECT_EQ(gradients.at(3)[1], 0.0F);
}

TEST(Lanes, DotIsTheSameWhereverRowsLieInMemory) {
  constexpr std::size_t size = 72;
  std::vector<float> numbers(size);
  draw_weights(numbers, 1, Draws(3, Purpose::training), 0, 0);
  std::vector<float> memory(2 * size + 16);
  float first = 0;
  for (std::size_t offset = 0; offset < 8; ++offset) {
    std::copy(numbers.begin(), numbers.end(), memory.begin() + static_cast<std::ptrdiff_t>(offset));
    const float found = dot(memory.data() + offset, numbers.data(), size);
    if (offset == 0) first = found;
    EXPECT_EQ(found, first) << "at offset " << offset;
  }
}

TEST(InitialWeights, HaveTheScaleAskedForAndDependOnTheirAddressOnly) {
  std::vector<float> weights(40000), again(40000), other(40000);
  const Draws draws(11, Purpose::training);
  draw_weights(weights, 0.3, draws, 5, 2);
  draw_weights(again, 0.3, draws, 5, 2);
  draw_weights(other, 0.3, draws, 6, 2);
  EXPECT_EQ(weights, again);
  EXPECT_NE(weights, other);
  double sum = 0, squares = 0;
  for (const float w : weights) {
    sum += w;
    squares += w * w;
  }
  EXPECT_NEAR(sum / 40000, 0, 0.01);
  EXPECT_NEAR(std::sqrt(squares / 40000), 0.3, 0.005);
}

/// The chain as a ranker uses it: logit = user row . item row, cross-entropy, gradient of the rows.
TEST(EmbeddingTable, GradientsThroughADotProductAreFiniteDifferences) {
  std::vector<float> user(8), item(8), slope(1);
  const Draws draws(1, Purpose::training);
  draw_weights(user, 1, draws, 0, 0);
  draw_weights(item, 1, draws, 1, 0);
  const std::vector<float> label = {1};
  const auto loss = [&] {
    const std::vector<float> logit = {dot(user.data(), item.data(), 8)};
    return bce_on_logits(logit, label, slope);
  };
  loss();
  std::vector<float> gradient(8, 0.0F);
  add_scaled(gradient.data(), slope[0], item.data(), 8);
  constexpr float step = 1.0F / 256;
  for (std::size_t i = 0; i < 8; ++i) {
    const float middle = user[i];
    user[i] = middle + step;
    const double above = loss();
    user[i] = middle - step;
    const double below = loss();
    user[i] = middle;
    EXPECT_NEAR((above - below) / (2 * step), gradient[i], 1e-4) << "coordinate " << i;
  }
}

}  // namespace
}  // namespace perennial
