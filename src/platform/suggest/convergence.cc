#include "platform/suggest/convergence.h"

#include <algorithm>
#include <cmath>

namespace perennial {

void Convergence::updated(double policy_loss, std::uint32_t round) {
  if (converged_at_ != 0) return;
  losses_.push_back(policy_loss);
  rounds_.push_back(round);
  if (losses_.size() <= updates) return;
  const double lowest = *std::min_element(losses_.begin() + 1, losses_.end());
  if (losses_.front() - lowest < least_fall * std::abs(losses_.front()) || lowest >= losses_.front())
    converged_at_ = rounds_.front();
  losses_.erase(losses_.begin());
  rounds_.erase(rounds_.begin());
}

}  // namespace perennial
