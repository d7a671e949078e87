#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "nn/attention_pooling.h"
#include "nn/losses.h"
#include "paths_for_tests.h"
#include "platform/recommend/din_head.h"

namespace perennial {
namespace {

constexpr double tolerance = 1e-5;

/// golden/nn/deep_interest.json: what PyTorch computed; nn/make_din_golden.py beside it says what of.
class DeepInterestGolden : public testing::Test {
 protected:
  void SetUp() override {
    std::ifstream file(PERENNIAL_SOURCE_DIR "/tests/golden/nn/deep_interest.json");
    ASSERT_TRUE(file) << "the golden numbers are missing";
    golden_ = nlohmann::json::parse(file);
    width_ = golden_["dimensions"];
    attention_ = AttentionPooling(static_cast<std::size_t>(3 * width_), {8, 4});
    attention_.net().set_weights(numbers("attention"));
    head_ = DinHead(static_cast<std::size_t>(3 * width_), static_cast<std::size_t>(width_), 8, 4);
    head_.net().set_weights(numbers("head"));
    users_ = Eigen::Map<const Matrix>(numbers("users").data(), 3, width_);
    fill_vectors();
    fill_batch();
  }

  void fill_vectors() {
    const auto& things = golden_["things"];
    vectors_ = Matrix::Zero(static_cast<Eigen::Index>(things.size()), 3 * width_);
    for (std::size_t part = 0; part < 3; ++part) {
      const auto table = numbers(tables[part]);
      for (std::size_t i = 0; i < things.size(); ++i) {
        const int id = things[i][part];
        ids_[part].push_back(id < 0 ? AttentionBatch::unknown : static_cast<std::uint32_t>(id));
        if (id < 0) continue;
        vectors_.row(static_cast<Eigen::Index>(i)).segment(static_cast<Eigen::Index>(part) * width_, width_) =
            table.segment(id * width_, width_);
      }
    }
  }

  void fill_batch() {
    const std::vector<Eigen::Index> widths(3, width_);
    batch_ = AttentionBatch(widths);
    batch_.reset(ids_, golden_["queries"], 64);
    for (const auto& row : golden_["rows"]) {
      query_of_.push_back(row["query"]);
      user_of_.push_back(row["user"]);
      batch_.add(row["query"], row["history"].get<std::vector<std::uint32_t>>());
    }
  }

  void forward() {
    attention_.forward(vectors_, batch_, attention_layers_, pooled_);
    logits_.resize(batch_.rows());
    head_.forward(inputs(), nullptr, head_layers_, logits_);
  }
  DinHeadInputs inputs() const { return {vectors_, batch_.queries(), query_of_, pooled_, users_, user_of_}; }

  Eigen::VectorXf numbers(const char* key) const {
    const auto values = golden_[key].get<std::vector<float>>();
    return Eigen::Map<const Eigen::VectorXf>(values.data(), static_cast<Eigen::Index>(values.size()));
  }
  void expect(const char* key, const Eigen::Ref<const Eigen::VectorXf>& found) const {
    const auto expected = numbers(key);
    ASSERT_EQ(expected.size(), found.size()) << key;
    EXPECT_LT((expected - found).cwiseAbs().maxCoeff(), tolerance) << key;
    EXPECT_GT(expected.cwiseAbs().maxCoeff(), 100 * tolerance) << key << ": else nothing is compared";
  }
  static Eigen::VectorXf flat(const Matrix& m) {
    return Eigen::Map<const Eigen::VectorXf>(m.data(), m.size());
  }

  static constexpr std::array<const char*, 3> tables = {"items", "creators", "genres"};
  nlohmann::json golden_;
  Eigen::Index width_ = 0;
  AttentionPooling attention_;
  DinHead head_;
  Matrix vectors_, users_, pooled_;
  std::vector<std::vector<std::uint32_t>> ids_ = std::vector<std::vector<std::uint32_t>>(3);
  std::vector<std::uint32_t> query_of_, user_of_;
  AttentionBatch batch_;
  AttentionPooling::Layers attention_layers_;
  DinHead::Layers head_layers_;
  std::vector<float> logits_;
};

TEST_F(DeepInterestGolden, WeightsPooledVectorsAndLogitsAreTheSame) {
  forward();
  std::vector<float> weights;
  for (std::size_t row = 0; row < batch_.rows(); ++row) {
    for (const std::uint32_t pair : batch_.pairs_of(row)) weights.push_back(attention_layers_.weights[pair]);
  }
  expect("weights",
         Eigen::Map<const Eigen::VectorXf>(weights.data(), static_cast<Eigen::Index>(weights.size())));
  expect("pooled", flat(pooled_));
  expect("logits",
         Eigen::Map<const Eigen::VectorXf>(logits_.data(), static_cast<Eigen::Index>(logits_.size())));
  EXPECT_LT(batch_.pairs(), weights.size()) << "pairs that occur twice are computed once";
}

TEST_F(DeepInterestGolden, GradientsOfWeightsAndEmbeddingsAreTheSame) {
  forward();
  const auto labels = golden_["labels"].get<std::vector<float>>();
  std::vector<float> slopes(logits_.size());
  EXPECT_NEAR(bce_on_logits(logits_, labels, slopes), golden_["loss"].get<double>(), tolerance);
  Mlp::Weights attention_gradient = Mlp::Weights::Zero(attention_.net().weights().size());
  Mlp::Weights head_gradient = Mlp::Weights::Zero(head_.net().weights().size());
  Matrix vector_slope = Matrix::Zero(vectors_.rows(), vectors_.cols());
  Matrix user_slope = Matrix::Zero(users_.rows(), users_.cols()), pooled_slope;
  head_.backward(inputs(), 0, head_layers_, slopes, head_gradient, vector_slope, pooled_slope, user_slope);
  attention_.backward(vectors_, batch_, attention_layers_, pooled_slope, attention_gradient, vector_slope);
  expect("attention_gradient", attention_gradient);
  expect("head_gradient", head_gradient);
  expect("users_gradient", flat(user_slope));
  for (std::size_t part = 0; part < 3; ++part) {
    Eigen::VectorXf gradient = Eigen::VectorXf::Zero(numbers(tables[part]).size());
    for (std::size_t i = 0; i < ids_[part].size(); ++i) {
      if (ids_[part][i] == AttentionBatch::unknown) continue;
      gradient.segment(ids_[part][i] * width_, width_) +=
          vector_slope.row(static_cast<Eigen::Index>(i))
              .segment(static_cast<Eigen::Index>(part) * width_, width_);
    }
    expect((std::string(tables[part]) + "_gradient").c_str(), gradient);
  }
}

}  // namespace
}  // namespace perennial
