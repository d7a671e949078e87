#pragma once

#include "nn/mlp.h"
#include "respond/learners/regressor.h"

namespace perennial {

/// How rows of features become inputs of a network: numbers standardised (mean and deviation of the rows it is fitted on,
/// clipped at 5 deviations, missing at the mean), one more input for each column that may be missing, and one for each of
/// the 32 most frequent categories.
class NetInputs {
 public:
  NetInputs() = default;
  explicit NetInputs(const RegressionRows& rows, std::span<const std::uint32_t> positions);
  std::size_t width() const { return width_; }
  Matrix inputs_of(std::span<const float> values) const;
  void persist(Archive& archive);

 private:
  /// Where a column's inputs begin, and how they are made.
  struct ColumnInputs {
    std::uint32_t first = 0;
    std::uint32_t categories = 0;  ///< 0: a number
    std::int32_t missing = -1;     ///< input that is 1 where missing; -1: none
    float mean = 0, inverse_deviation = 0;
  };
  std::vector<ColumnInputs> columns_;
  std::uint64_t width_ = 0;
};

/// A network of two hidden layers, fitted by Adam in batches, stopped early on a share of its rows.
class NetRegressor : public Regressor {
 public:
  NetRegressor() = default;
  NetRegressor(const RegressionRows& rows, Loss loss, const LearnerOptions& options, std::uint32_t number,
               const FitProgress& progress);

  std::string kind() const override { return "net"; }
  void predict(std::span<const float> values, std::span<double> to) const override;
  std::vector<double> gains(std::size_t columns) const override { return std::vector<double>(columns); }
  void add_contributions(std::span<const float>, std::size_t, double, std::span<double>) const override {}
  std::size_t size() const override { return epochs_; }
  bool stopping_loss(double& loss, double& baseline) const override;
  void persist(Archive& archive) override;

 private:
  struct Learning;
  std::vector<float> margins(std::span<const float> values) const;

  Loss loss_ = Loss::squared;
  NetInputs inputs_;
  Mlp mlp_;
  double base_ = 0, scale_ = 1;  // margin = base + scale x output
  std::uint64_t width_ = 0, epochs_ = 0;
  bool stopped_ = false;
  double stopping_loss_ = 0, stopping_baseline_ = 0;
};

}  // namespace perennial
