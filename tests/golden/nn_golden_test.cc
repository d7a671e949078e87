#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "nn/categorical.h"
#include "nn/mlp.h"
#include "paths_for_tests.h"
#include "platform/suggest/surrogate.h"

namespace perennial {
namespace {

constexpr double tolerance = 1e-5;

/// golden/nn/clipped_surrogate.json: what PyTorch computed; nn/make_golden.py beside it says what of.
class PyTorchGolden : public testing::Test {
 protected:
  void SetUp() override {
    std::ifstream file(PERENNIAL_SOURCE_DIR "/tests/golden/nn/clipped_surrogate.json");
    ASSERT_TRUE(file) << "the golden numbers are missing";
    golden_ = nlohmann::json::parse(file);
    net_ = Mlp(golden_["widths"].get<std::vector<std::size_t>>());
    net_.set_weights(vector("weights"));
    inputs_ = matrix("inputs", static_cast<Eigen::Index>(net_.inputs()));
  }

  std::vector<float> list(const char* key) const { return golden_[key].get<std::vector<float>>(); }
  Eigen::VectorXf vector(const char* key) const {
    const auto values = list(key);
    return Eigen::Map<const Eigen::VectorXf>(values.data(), static_cast<Eigen::Index>(values.size()));
  }
  Matrix matrix(const char* key, Eigen::Index columns) const {
    const auto values = list(key);
    return Eigen::Map<const Matrix>(values.data(), static_cast<Eigen::Index>(values.size()) / columns,
                                    columns);
  }
  void expect(const char* key, const float* found, Eigen::Index size) const {
    const auto expected = list(key);
    ASSERT_EQ(expected.size(), static_cast<std::size_t>(size)) << key;
    for (std::size_t i = 0; i < expected.size(); ++i)
      EXPECT_NEAR(found[i], expected[i], tolerance) << key << " " << i;
  }

  /// The loss, its slope by the network's outputs, and how many ratios the clip held.
  struct Loss {
    double value = 0;
    int clipped = 0;
    Matrix slope;
  };

  Loss loss_of(Matrix logits) const {
    const auto options = golden_["options"].get<std::size_t>();
    const auto advantage = list("advantage"), old = list("old_log_probability");
    const double bonus = golden_["entropy"], clip = golden_["clip"];
    Loss loss{.slope = Matrix::Zero(logits.rows(), 1)};
    const auto decisions = static_cast<double>(advantage.size());
    for (std::size_t i = 0; i < advantage.size(); ++i) {
      const std::span<float> row(logits.data() + i * options, options);
      log_softmax(row);
      const std::size_t chosen = golden_["chosen"][i];
      const auto s = clipped_surrogate(double{row[chosen]} - old[i], advantage[i], clip);
      loss.value += (s.loss - bonus * entropy(row)) / decisions;
      loss.clipped += s.clipped ? 1 : 0;
      add_categorical_slope(row, chosen, s.slope_by_log_ratio / decisions, -bonus / decisions,
                            {loss.slope.data() + i * options, options});
    }
    return loss;
  }

  nlohmann::json golden_;
  Mlp net_;
  Matrix inputs_;
};

TEST_F(PyTorchGolden, OutputsAndLogProbabilitiesAreTheSame) {
  Mlp::Layers layers;
  Matrix out = net_.forward(inputs_, layers);
  expect("outputs", out.data(), out.size());
  const auto options = golden_["options"].get<std::size_t>();
  for (std::size_t begin = 0; begin < static_cast<std::size_t>(out.size()); begin += options)
    log_softmax({out.data() + begin, options});
  expect("log_probabilities", out.data(), out.size());
}

TEST_F(PyTorchGolden, GradientsOfTheClippedSurrogateAreTheSame) {
  Mlp::Layers layers;
  const auto loss = loss_of(net_.forward(inputs_, layers));
  EXPECT_NEAR(loss.value, golden_["losses"][0].get<double>(), tolerance);
  EXPECT_EQ(loss.clipped, 2);  // A > 0 with a ratio above the clip, A < 0 with one below
  Mlp::Weights gradient = Mlp::Weights::Zero(net_.weights().size());
  Matrix input_slope;
  net_.backward(inputs_, layers, loss.slope, gradient, &input_slope);
  expect("weight_gradient", gradient.data(), gradient.size());
  expect("input_gradient", input_slope.data(), input_slope.size());
}

TEST_F(PyTorchGolden, WeightsAfterThreeStepsOfAdamAreTheSame) {
  const auto losses = golden_["losses"].get<std::vector<double>>();
  Mlp::Layers layers;
  for (const double expected : losses) {
    const auto loss = loss_of(net_.forward(inputs_, layers));
    EXPECT_NEAR(loss.value, expected, tolerance);
    Mlp::Weights gradient = Mlp::Weights::Zero(net_.weights().size());
    net_.backward(inputs_, layers, loss.slope, gradient);
    net_.step(gradient, {.rate = golden_["rate"], .epsilon = golden_["epsilon"]});
  }
  EXPECT_EQ(net_.steps(), 3u);
  expect("weights_after", net_.weights().data(), net_.weights().size());
}

}  // namespace
}  // namespace perennial
