#include "respond/evaluation/doubly_robust.h"

#include "base/check.h"

namespace perennial {

std::vector<double> doubly_robust_scores(std::span<const double> outcome,
                                         std::span<const std::uint8_t> treated,
                                         std::span<const double> control_outcome,
                                         std::span<const double> treated_outcome, double propensity) {
  const std::size_t n = outcome.size();
  check(treated.size() == n && control_outcome.size() == n && treated_outcome.size() == n,
        "doubly robust scores need both models' outcomes of every creator");
  check(propensity > 0 && propensity < 1, "the share treated lies in (0, 1)");
  std::vector<double> scores(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double effect = treated_outcome[i] - control_outcome[i];
    scores[i] = effect + (treated[i] != 0 ? (outcome[i] - treated_outcome[i]) / propensity
                                          : (control_outcome[i] - outcome[i]) / (1 - propensity));
  }
  return scores;
}

}  // namespace perennial
