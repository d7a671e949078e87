#include "studies/figures.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "study/seed_values.h"

namespace perennial::studies {
namespace {

double half_width(const Interval& interval) {
  return (interval.high - interval.low) / 2;
}

}  // namespace

std::vector<double> clicks(const Lab& lab, const Arm& arm) {
  return values(lab, arm, Metric::clicks, all_rounds);
}

std::vector<double> last_clicks(const Lab& lab, const Arm& arm) {
  return values(lab, arm, Metric::clicks, last_rounds);
}

Interval gain(const Lab& lab, const Arm& a, const Arm& b) {
  return paired_difference(clicks(lab, a), clicks(lab, b));
}

Interval last_gain(const Lab& lab, const Arm& a, const Arm& b) {
  return paired_difference(last_clicks(lab, a), last_clicks(lab, b));
}

Interval percent_of(std::span<const double> a, std::span<const double> b) {
  check(a.size() == b.size(), "paired values come from the same seeds");
  std::vector<double> ratios;
  for (std::size_t i = 0; i < a.size(); ++i) ratios.push_back(100 * a[i] / std::max(b[i], 1e-9));
  return interval_of(ratios);
}

std::string with_range(const Interval& interval, int decimals) {
  return fmt::format("{:.{}f} ± {:.{}f}", interval.mean, decimals, half_width(interval), decimals);
}

std::string signed_with_range(const Interval& interval, int decimals) {
  return fmt::format("{:+.{}f} ± {:.{}f}", interval.mean, decimals, half_width(interval), decimals);
}

std::string percent_with_range(const Interval& interval) {
  return fmt::format("{:.1f}% ± {:.1f}", interval.mean, half_width(interval));
}

Outcome outcome_of(const Interval& difference) {
  if (difference.low > 0) return Outcome::better;
  return difference.high < 0 ? Outcome::worse : Outcome::unclear;
}

std::string outcome_words(const Interval& difference) {
  switch (outcome_of(difference)) {
    case Outcome::better:
      return "better";
    case Outcome::worse:
      return "worse";
    case Outcome::unclear:
      break;
  }
  return "no difference seen";
}

std::string verdict(const std::string& a, const std::string& b, const Interval& difference) {
  const auto by =
      fmt::format("{:.1f} ± {:.1f} clicks a round", std::abs(difference.mean), half_width(difference));
  switch (outcome_of(difference)) {
    case Outcome::better:
      return fmt::format("{} beats {} by {}", a, b, by);
    case Outcome::worse:
      return fmt::format("{} loses to {} by {}", a, b, by);
    case Outcome::unclear:
      break;
  }
  return fmt::format("between {} and {} no difference is seen ({} clicks a round)", a, b,
                     signed_with_range(difference));
}

const Arm& best_of(const Lab& lab, const std::vector<Arm>& arms) {
  check(!arms.empty(), "the best of something");
  const auto mean = [&](const Arm& arm) { return interval_of(clicks(lab, arm)).mean; };
  return *std::max_element(arms.begin(), arms.end(),
                           [&](const Arm& a, const Arm& b) { return mean(a) < mean(b); });
}

}  // namespace perennial::studies
