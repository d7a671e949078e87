#include "platform/suggest/gae.h"

#include "base/check.h"

namespace perennial {

std::vector<double> generalized_advantages(std::span<const double> rewards, std::span<const double> values,
                                           double gamma, double lambda) {
  check(values.size() == rewards.size() + 1, "a trajectory has one more state than rewards");
  std::vector<double> advantages(rewards.size());
  double later = 0;
  for (std::size_t t = rewards.size(); t-- > 0;) {
    later = rewards[t] + gamma * values[t + 1] - values[t] + gamma * lambda * later;
    advantages[t] = later;
  }
  return advantages;
}

}  // namespace perennial
