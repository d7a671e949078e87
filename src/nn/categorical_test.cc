#include "nn/categorical.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "base/random.h"
#include "nn/initial_weights.h"

namespace perennial {
namespace {

constexpr float impossible = -std::numeric_limits<float>::infinity();
constexpr double greatest_u = 1 - 0x1.0p-53;  // of Draws::uniform

std::vector<float> log_softmax_of(std::vector<float> logits) {
  log_softmax(logits);
  return logits;
}

double total_probability(const std::vector<float>& log_probabilities) {
  double sum = 0;
  for (const double l : log_probabilities) sum += std::exp(l);
  return sum;
}

/// by_log_probability x log p[chosen] + by_entropy x entropy, in double precision from the logits.
double objective(const std::vector<double>& logits, std::size_t chosen, double by_log_probability,
                 double by_entropy) {
  double sum = 0, h = 0;
  for (const double x : logits) sum += std::exp(x);
  for (const double x : logits) h -= std::exp(x) / sum * (x - std::log(sum));
  return by_log_probability * (logits[chosen] - std::log(sum)) + by_entropy * h;
}

double worst_slope_error(const std::vector<float>& logits, std::size_t chosen, double by_log_probability,
                         double by_entropy) {
  std::vector<float> slope(logits.size(), 0.0F);
  add_categorical_slope(log_softmax_of(logits), chosen, by_log_probability, by_entropy, slope);
  const std::vector<double> middle(logits.begin(), logits.end());
  double worst = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    constexpr double step = 1e-5;
    auto above = middle, below = middle;
    above[i] += step;
    below[i] -= step;
    const double difference = (objective(above, chosen, by_log_probability, by_entropy) -
                               objective(below, chosen, by_log_probability, by_entropy)) /
                              (2 * step);
    worst = std::max(worst, std::abs(difference - slope[i]));
  }
  return worst;
}

TEST(LogSoftmax, IsTheLogarithmOfASharedTotal) {
  const auto l = log_softmax_of({0, std::log(2.0F), std::log(5.0F)});
  EXPECT_NEAR(l[0], std::log(1 / 8.0), 1e-6);
  EXPECT_NEAR(l[1], std::log(2 / 8.0), 1e-6);
  EXPECT_NEAR(l[2], std::log(5 / 8.0), 1e-6);
}

TEST(LogSoftmax, DoesNotChangeWhenAllLogitsRiseTogether) {
  const auto low = log_softmax_of({-1, 0.5F, 2}), high = log_softmax_of({1023, 1024.5F, 1026});
  for (std::size_t i = 0; i < low.size(); ++i) EXPECT_NEAR(low[i], high[i], 1e-6);
}

TEST(LogSoftmax, StaysFiniteAndSumsToOneAtExtremeLogits) {
  for (const float far : {1e2F, 1e4F, 1e30F}) {
    const auto l = log_softmax_of({far, -far, far});
    EXPECT_NEAR(l[0], -std::log(2.0), 1e-6) << far;
    EXPECT_FLOAT_EQ(l[1], -2 * far - std::log(2.0F)) << far;
    EXPECT_NEAR(total_probability(l), 1, 1e-6) << far;
  }
}

TEST(LogSoftmax, LeavesTheImpossibleImpossible) {
  const auto l = log_softmax_of({1, impossible, 1});
  EXPECT_NEAR(l[0], -std::log(2.0), 1e-6);
  EXPECT_EQ(l[1], impossible);
}

TEST(LogSoftmax, OfOneOptionIsCertainty) {
  EXPECT_EQ(log_softmax_of({-37.5F}), std::vector<float>{0});
}

TEST(Entropy, IsTheLogarithmOfTheNumberOfEqualOptions) {
  EXPECT_NEAR(entropy(log_softmax_of(std::vector<float>(16, 3.0F))), std::log(16.0), 1e-6);
}

TEST(Entropy, OfCertaintyIsZeroAlsoBesideTheImpossible) {
  EXPECT_EQ(entropy(log_softmax_of({0, impossible, impossible})), 0);
  EXPECT_NEAR(entropy(log_softmax_of({1000, -1000, 0})), 0, 1e-12);
}

TEST(Sample, IsTheInverseOfTheCumulativeSum) {
  std::vector<float> logits(7);
  draw_weights(logits, 2, Draws(5, Purpose::training), 0, 0);
  const auto l = log_softmax_of(logits);
  double below = 0;
  for (std::size_t i = 0; i < l.size(); ++i) {
    const double p = std::exp(double{l[i]});
    EXPECT_EQ(sample(l, below + 1e-9), i);
    EXPECT_EQ(sample(l, below + p - 1e-9), i);
    below += p;
  }
  EXPECT_EQ(sample(l, std::exp(double{l[0]})), 1u) << "an option ends before its upper end";
}

TEST(Sample, ChoosesWhatPickAtChoosesByProbability) {
  std::vector<float> logits(16);
  draw_weights(logits, 1, Draws(6, Purpose::training), 0, 0);
  const auto l = log_softmax_of(logits);
  std::vector<double> probabilities;
  for (const double x : l) probabilities.push_back(std::exp(x));
  for (int i = 0; i < 4000; ++i) {
    const double u = (i + 0.5) / 4000;
    EXPECT_EQ(sample(l, u), pick_at(probabilities, u)) << "u = " << u;
  }
}

TEST(Sample, NeverReturnsAnImpossibleOption) {
  const auto l = log_softmax_of({impossible, 0, impossible, 1, impossible});
  for (int i = 0; i <= 1000; ++i) {
    const auto chosen = sample(l, std::min(i / 1000.0, greatest_u));
    EXPECT_TRUE(chosen == 1 || chosen == 3) << "u = " << i / 1000.0;
  }
  EXPECT_EQ(sample(l, 0), 1u);
}

// Rounded to float, probabilities may add up to less than the greatest u.
TEST(Sample, ReturnsTheLastPossibleOptionWhenTheSumFallsShort) {
  const std::vector<float> short_of_one = {std::log(0.5F), std::log(0.4999F), impossible};
  EXPECT_EQ(sample(short_of_one, greatest_u), 1u);
}

TEST(CategoricalSlope, OfLogProbabilityIsItsFiniteDifferences) {
  for (std::size_t chosen = 0; chosen < 4; ++chosen)
    EXPECT_LT(worst_slope_error({-2, 0.5F, 1, 3}, chosen, -1.7, 0), 1e-6) << chosen;
}

TEST(CategoricalSlope, OfEntropyIsItsFiniteDifferences) {
  EXPECT_LT(worst_slope_error({-2, 0.5F, 1, 3}, 0, 0, 0.8), 1e-6);
  EXPECT_LT(worst_slope_error({0, 0, 0}, 0, 0, 1), 1e-6);
}

TEST(CategoricalSlope, OfBothTogetherIsTheirFiniteDifferences) {
  EXPECT_LT(worst_slope_error({4, -3, 0.25F, 1.5F, -1}, 2, 2.5, -0.3), 1e-6);
}

TEST(CategoricalSlope, IsAddedToWhatIsThere) {
  const auto l = log_softmax_of({0, 1});
  std::vector<float> once(2, 0.0F), onto(2, 10.0F);
  add_categorical_slope(l, 1, 1, 0.5, once);
  add_categorical_slope(l, 1, 1, 0.5, onto);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_NEAR(onto[i], 10 + once[i], 1e-6);
}

// A common shift of all logits changes nothing, so slopes sum to zero; what cannot be chosen has none.
TEST(CategoricalSlope, SumsToZeroAndIsZeroForTheImpossible) {
  const auto l = log_softmax_of({0.5F, impossible, -1, 90, -90});
  std::vector<float> slope(l.size(), 0.0F);
  add_categorical_slope(l, 2, 1, 0.5, slope);
  EXPECT_NEAR(std::accumulate(slope.begin(), slope.end(), 0.0), 0, 1e-6);
  EXPECT_EQ(slope[1], 0.0F);
  for (const float s : slope) EXPECT_TRUE(std::isfinite(s));
}

}  // namespace
}  // namespace perennial
