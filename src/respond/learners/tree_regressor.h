#pragma once

#include "respond/learners/booster.h"
#include "respond/learners/forest.h"
#include "respond/learners/regressor.h"
#include "respond/learners/row_blocks.h"

namespace perennial {

/// Gradient-boosted trees. Slopes are rounded to a grid on which sums are exact in any order, so that the same rows give
/// the same trees at any number of threads.
class TreeRegressor : public Regressor {
 public:
  TreeRegressor() = default;
  TreeRegressor(const RegressionRows& rows, Loss loss, const LearnerOptions& options, std::uint32_t number,
                const FitProgress& progress);

  std::string kind() const override { return "trees"; }
  void predict(std::span<const float> values, std::span<double> to) const override;
  std::vector<double> gains(std::size_t columns) const override;
  void add_contributions(std::span<const float> values, std::size_t columns, double weight,
                         std::span<double> to) const override;
  std::size_t size() const override { return trees_; }
  bool stopping_loss(double& loss, double& baseline) const override;
  void persist(Archive& archive) override;

 private:
  void keep(Booster booster);
  std::vector<float> as_trained_on(std::span<const float> values) const;

  Loss loss_ = Loss::squared;
  double base_ = 0;        // margin of no trees
  std::size_t trees_ = 0;  // 0: the booster is empty
  GaplessColumns columns_;
  Booster booster_;
  Forest forest_;  // the same trees, to predict by
  bool stopped_ = false;
  double stopping_loss_ = 0, stopping_baseline_ = 0;
};

}  // namespace perennial
