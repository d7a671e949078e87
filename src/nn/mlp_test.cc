#include "nn/mlp.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "base/parallel.h"
#include "nn/initial_weights.h"

namespace perennial {
namespace {

Matrix drawn(Eigen::Index rows, Eigen::Index columns, std::uint32_t entity) {
  Matrix m(rows, columns);
  draw_weights({m.data(), static_cast<std::size_t>(m.size())}, 1, Draws(77, Purpose::training), entity, 9);
  return m;
}

Mlp net_of(const std::vector<std::size_t>& widths, std::uint64_t seed = 3) {
  Mlp net(widths);
  net.initialise(Draws(seed, Purpose::training), 0);
  auto weights = net.weights();  // biases too shall not be 0
  const Matrix noise = drawn(1, weights.size(), 50);
  for (Eigen::Index i = 0; i < weights.size(); ++i) weights[i] += 0.1F * noise(0, i);
  net.set_weights(weights);
  return net;
}

Mlp::Weights no_gradient(const Mlp& net) {
  return Mlp::Weights::Zero(static_cast<Eigen::Index>(net.weight_count()));
}

Mlp::Weights gradient_of(const Mlp& net, const Matrix& inputs, const Matrix& output_slope) {
  Mlp::Layers layers;
  net.forward(inputs, layers);
  auto gradient = no_gradient(net);
  net.backward(inputs, layers, output_slope, gradient);
  return gradient;
}

/// A loss that is linear in the outputs, and which units of the hidden layers were on: within one pattern a network is a
/// polynomial of low degree in each number, so central differences are exact but for rounding.
struct Look {
  double loss = 0;
  std::vector<bool> on;
};

Look look(const Mlp& net, const Matrix& inputs, const Matrix& output_slope) {
  Mlp::Layers layers;
  Look seen;
  seen.loss = net.forward(inputs, layers).cast<double>().cwiseProduct(output_slope.cast<double>()).sum();
  for (std::size_t layer = 0; layer + 1 < layers.size(); ++layer) {
    for (Eigen::Index i = 0; i < layers[layer].size(); ++i) seen.on.push_back(layers[layer].data()[i] > 0);
  }
  return seen;
}

constexpr float step = 1.0F / 512;

class MlpGradients : public testing::TestWithParam<std::vector<std::size_t>> {};

TEST_P(MlpGradients, OfWeightsAndBiasesAreFiniteDifferences) {
  Mlp net = net_of(GetParam());
  const Matrix inputs = drawn(6, static_cast<Eigen::Index>(net.inputs()), 1);
  const Matrix slope = drawn(6, static_cast<Eigen::Index>(net.outputs()), 2);
  const auto gradient = gradient_of(net, inputs, slope);
  const auto middle = net.weights();
  int compared = 0;
  for (Eigen::Index i = 0; i < middle.size(); ++i) {
    auto moved = middle;
    moved[i] = middle[i] + step;
    net.set_weights(moved);
    const auto above = look(net, inputs, slope);
    moved[i] = middle[i] - step;
    net.set_weights(moved);
    const auto below = look(net, inputs, slope);
    if (above.on != below.on) continue;
    ++compared;
    EXPECT_NEAR((above.loss - below.loss) / (2 * step), gradient[i], 2e-3) << "weight " << i;
  }
  EXPECT_GE(compared, 0.9 * static_cast<double>(net.weight_count())) << "too many steps crossed a kink";
}

TEST_P(MlpGradients, OfInputsAreFiniteDifferences) {
  const Mlp net = net_of(GetParam());
  const Matrix inputs = drawn(6, static_cast<Eigen::Index>(net.inputs()), 1);
  const Matrix slope = drawn(6, static_cast<Eigen::Index>(net.outputs()), 2);
  Mlp::Layers layers;
  net.forward(inputs, layers);
  auto gradient = no_gradient(net);
  Matrix input_slope;
  net.backward(inputs, layers, slope, gradient, &input_slope);
  ASSERT_EQ(input_slope.rows(), inputs.rows());
  ASSERT_EQ(input_slope.cols(), inputs.cols());
  int compared = 0;
  for (Eigen::Index i = 0; i < inputs.size(); ++i) {
    Matrix high = inputs, low = inputs;
    high.data()[i] += step;
    low.data()[i] -= step;
    const auto above = look(net, high, slope), below = look(net, low, slope);
    if (above.on != below.on) continue;
    ++compared;
    EXPECT_NEAR((above.loss - below.loss) / (2 * step), input_slope.data()[i], 2e-3) << "input " << i;
  }
  EXPECT_GE(compared, 0.9 * static_cast<double>(inputs.size())) << "too many steps crossed a kink";
}

INSTANTIATE_TEST_SUITE_P(Shapes, MlpGradients,
                         testing::Values(std::vector<std::size_t>{3, 1}, std::vector<std::size_t>{4, 5, 2},
                                         std::vector<std::size_t>{5, 8, 8, 1}),
                         [](const auto& shape) {
                           return fmt::format("Net_{}", fmt::join(shape.param, "_"));
                         });

TEST(Mlp, IsALinearMapWhenThereIsNoHiddenLayer) {
  Mlp net({2, 2});
  net.set_weights((Mlp::Weights(6) << 1, 2, 3, 4, 10, 20).finished());
  Mlp::Layers layers;
  const Matrix out = net.forward((Matrix(1, 2) << -1, 1).finished(), layers);
  EXPECT_EQ(out, (Matrix(1, 2) << 12, 22).finished());
}

TEST(Mlp, CutsHiddenUnitsAtZeroButNotOutputs) {
  Mlp net({1, 2, 1});
  net.set_weights((Mlp::Weights(7) << 1, -1, 0, 0, 1, 1, -5).finished());
  Mlp::Layers layers;
  const Matrix out = net.forward((Matrix(2, 1) << 3, -2).finished(), layers);
  EXPECT_EQ(out, (Matrix(2, 1) << -2, -3).finished());  // |x| - 5
}

TEST(Mlp, AddsItsGradientToWhatIsThere) {
  const Mlp net = net_of({4, 6, 1});
  const Matrix inputs = drawn(9, 4, 1), slope = drawn(9, 1, 2);
  const auto whole = gradient_of(net, inputs, slope);
  Mlp::Layers layers;
  auto gradient = no_gradient(net);
  for (const auto& [begin, rows] : {std::pair{0, 4}, std::pair{4, 5}}) {
    const Matrix part = inputs.middleRows(begin, rows);
    net.forward(part, layers);
    net.backward(part, layers, slope.middleRows(begin, rows), gradient);
  }
  EXPECT_LT((gradient - whole).cwiseAbs().maxCoeff(), 1e-5);
}

TEST(Mlp, TreatsEachRowOfABatchByItself) {
  const Mlp net = net_of({11, 16, 16, 1});
  const Matrix inputs = drawn(403, 11, 1);
  Mlp::Layers layers, layers_of_part;
  const Matrix whole = net.forward(inputs, layers);
  for (const Eigen::Index size : {1, 3, 16, 100}) {
    for (Eigen::Index begin = 0; begin + size <= inputs.rows(); begin += size) {
      const Matrix part = net.forward(inputs.middleRows(begin, size), layers_of_part);
      ASSERT_LT((part - whole.middleRows(begin, size)).cwiseAbs().maxCoeff(), 2e-6)
          << size << " rows from " << begin;
    }
  }
}

TEST(Mlp, FollowsTextbookAdam) {
  Mlp net = net_of({2, 3, 1});
  const Adam adam{.rate = 0.01, .mean_decay = 0.8, .square_decay = 0.99, .epsilon = 1e-6};
  const auto count = static_cast<Eigen::Index>(net.weight_count());
  Eigen::VectorXd value = net.weights().cast<double>();
  Eigen::VectorXd mean = Eigen::VectorXd::Zero(count), square = mean;
  for (int t = 1; t <= 200; ++t) {
    Mlp::Weights gradient(count);
    for (Eigen::Index i = 0; i < count; ++i) gradient[i] = std::sin(0.7F * float(t) + float(i)) + 0.2F;
    net.step(gradient, adam);
    const Eigen::VectorXd g = gradient.cast<double>();
    mean = adam.mean_decay * mean + (1 - adam.mean_decay) * g;
    square = adam.square_decay * square + (1 - adam.square_decay) * g.cwiseAbs2();
    for (Eigen::Index i = 0; i < count; ++i) {
      const double m = mean[i] / (1 - std::pow(adam.mean_decay, t));
      const double v = square[i] / (1 - std::pow(adam.square_decay, t));
      value[i] -= adam.rate * m / (std::sqrt(v) + adam.epsilon);
    }
    ASSERT_LT((net.weights().cast<double>() - value).cwiseAbs().maxCoeff(), 2e-5) << "after step " << t;
  }
  EXPECT_EQ(net.steps(), 200u);
}

TEST(Mlp, StartsWithWeightsOfXaviersScaleAndNoBiases) {
  Mlp net({60, 90, 30});
  net.initialise(Draws(8, Purpose::training), 2, 0.1);
  const auto& w = net.weights();
  const auto deviation = [&](Eigen::Index begin, Eigen::Index size) {
    return std::sqrt(w.segment(begin, size).cast<double>().squaredNorm() / double(size));
  };
  const double first = std::sqrt(2.0 / (60 + 90)), last = 0.1 * std::sqrt(2.0 / (90 + 30));
  EXPECT_NEAR(deviation(0, 5400), first, 0.03 * first);
  EXPECT_LE(w.head(5400).cwiseAbs().maxCoeff(), first * std::sqrt(3.0) + 1e-6);
  EXPECT_NEAR(deviation(5490, 2700), last, 0.03 * last);
  EXPECT_TRUE(w.segment(5400, 90).isZero(0));
  EXPECT_TRUE(w.tail(30).isZero(0));
}

TEST(Mlp, StartsAsAFunctionOfItsAddressAndForgetsFormerSteps) {
  const auto started = [](std::uint64_t seed, std::uint32_t entity) {
    Mlp net({4, 5, 1});
    net.initialise(Draws(seed, Purpose::training), entity);
    return net;
  };
  EXPECT_EQ(started(1, 0).weights(), started(1, 0).weights());
  EXPECT_NE(started(1, 0).weights(), started(2, 0).weights());
  EXPECT_NE(started(1, 0).weights(), started(1, 1).weights());
  Mlp used = started(5, 5), fresh = started(1, 0);
  const Mlp::Weights gradient = Mlp::Weights::Ones(used.weights().size());
  used.step(gradient, {});
  used.initialise(Draws(1, Purpose::training), 0);
  for (Mlp* net : {&used, &fresh}) net->step(gradient, {});
  EXPECT_EQ(used.steps(), 1u);
  EXPECT_EQ(used.weights(), fresh.weights());
}

/// Thirty steps of least squares.
Mlp::Weights trained(Mlp net, const Matrix& inputs, const Matrix& targets) {
  Mlp::Layers layers;
  for (int t = 0; t < 30; ++t) {
    const Matrix slope = net.forward(inputs, layers) - targets;
    auto gradient = no_gradient(net);
    net.backward(inputs, layers, slope, gradient);
    net.step(gradient, {.rate = 0.01});
  }
  return net.weights();
}

TEST(Mlp, CopiesLearnTheSameBitsOnAnyThreadAndAnywhereInMemory) {
  const Mlp net = net_of({11, 16, 16, 1});
  const Matrix inputs = drawn(403, 11, 1), targets = drawn(403, 1, 2);
  const auto expected = trained(net, inputs, targets);
  std::vector<Mlp::Weights> found(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&, i] {
      const std::vector<char> shifts_what_follows(1 + 40 * i);
      const Mlp copy = net;
      found[i] = trained(copy, Matrix(inputs), Matrix(targets));
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& weights : found) EXPECT_EQ(weights, expected);
}

/// As networks are trained here: each block of 2,048 rows by itself, blocks added up in order.
Mlp::Weights gradient_by_blocks(const Mlp& net, const Matrix& inputs, const Matrix& slope,
                                std::size_t threads) {
  constexpr std::size_t block = 2048;
  const auto rows = static_cast<std::size_t>(inputs.rows());
  std::vector<Mlp::Weights> parts((rows + block - 1) / block);
  Workers workers(threads);
  workers.for_blocks(rows, block, [&](std::size_t begin, std::size_t end) {
    const auto from = static_cast<Eigen::Index>(begin), size = static_cast<Eigen::Index>(end - begin);
    parts[begin / block] = gradient_of(net, inputs.middleRows(from, size), slope.middleRows(from, size));
  });
  auto sum = no_gradient(net);
  for (const auto& part : parts) sum += part;
  return sum;
}

TEST(Mlp, GradientsOverFixedBlocksHaveTheSameBitsAtAnyNumberOfThreads) {
  const Mlp net = net_of({11, 16, 16, 1});
  const Matrix inputs = drawn(9000, 11, 1), slope = drawn(9000, 1, 2);
  const auto alone = gradient_by_blocks(net, inputs, slope, 1);
  EXPECT_LT((alone - gradient_of(net, inputs, slope)).cwiseAbs().maxCoeff(), 1e-2);
  for (const std::size_t threads : {2, 3, 7})
    EXPECT_EQ(gradient_by_blocks(net, inputs, slope, threads), alone) << threads << " threads";
}

// Eigen cuts long sums into blocks that fit the caches it finds; then another processor would give other last bits.
TEST(Mlp, SumsDoNotDependOnTheCachesOfTheProcessor) {
  EXPECT_EQ(Eigen::l1CacheSize(), 32 * 1024);
  EXPECT_EQ(Eigen::l2CacheSize(), 256 * 1024);
  EXPECT_EQ(Eigen::l3CacheSize(), 2 * 1024 * 1024);
}

TEST(Mlp, LearnsExclusiveOrWhichNoLinearMapCan) {
  Mlp net({2, 8, 1});
  net.initialise(Draws(4, Purpose::training), 0);
  const Matrix inputs = (Matrix(4, 2) << 0, 0, 0, 1, 1, 0, 1, 1).finished();
  const Matrix targets = (Matrix(4, 1) << 0, 1, 1, 0).finished();
  Mlp::Layers layers;
  for (int t = 0; t < 1500; ++t) {
    const Matrix slope = net.forward(inputs, layers) - targets;
    auto gradient = no_gradient(net);
    net.backward(inputs, layers, slope, gradient);
    net.step(gradient, {.rate = 0.01});
  }
  EXPECT_LT((net.forward(inputs, layers) - targets).cwiseAbs().maxCoeff(), 0.02);
}

}  // namespace
}  // namespace perennial
