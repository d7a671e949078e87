#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/incentive/incentive.h"

namespace perennial {

/// User importance reweighting (Yao et al., KDD 2024): at the end of every epoch the weight of a user becomes
/// proportional to w(u) exp(-alpha m(u)), m(u) the mean utility of its visits in the epoch, and weights are scaled to
/// mean 1. So a creator earns more by pleasing those whom the others leave unserved.
///
/// A user who did not come in an epoch is taken to have had what those who came had on average: its absence says nothing.
class ReweightIncentive final : public Incentive {
 public:
  Fields fields() override;
  void start(std::size_t users) override;
  std::span<const double> weights() const override { return weights_; }
  void account(const RoundLog& log) override;
  void persist(Archive& archive) override;

 private:
  void end_epoch();

  double alpha_ = 1;
  std::int64_t epoch_ = 10;
  std::string utility_ = "share";

  std::vector<double> weights_;
  std::vector<double> log_weights_;  // up to a constant; kept apart so that no weight is lost to underflow
  std::vector<double> utility_sum_;  // of this epoch
  std::vector<std::uint32_t> visits_;
  std::int64_t rounds_ = 0;  // of this epoch
};

}  // namespace perennial
