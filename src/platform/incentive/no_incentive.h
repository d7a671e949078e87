#pragma once

#include "platform/incentive/incentive.h"

namespace perennial {

/// Every click counts 1.
class NoIncentive final : public Incentive {
 public:
  Fields fields() override { return {}; }
  void start(std::size_t) override {}
  std::span<const double> weights() const override { return {}; }
  void account(const RoundLog&) override {}
  void persist(Archive&) override {}
};

}  // namespace perennial
