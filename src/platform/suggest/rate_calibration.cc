#include "platform/suggest/rate_calibration.h"

#include <algorithm>
#include <bit>

namespace perennial {
namespace {

/// Clicks that a rate taken at its word counts for.
constexpr double smoothing = 10;

/// 0, 1, 2, 3-4, 5-8, ..: one more than the bits of shown - 1.
std::size_t class_of(std::uint32_t shown, std::size_t classes) {
  if (shown == 0) return 0;
  return std::min<std::size_t>(classes - 1, 1 + static_cast<std::size_t>(std::bit_width(shown - 1)));
}

}  // namespace

void RateCalibration::learn(std::uint32_t shown, double rate, bool clicked) {
  const std::size_t at = class_of(shown, classes);
  expected_[at] += rate;
  clicked_[at] += clicked ? 1 : 0;
}

double RateCalibration::factor(std::uint32_t shown) const {
  const std::size_t at = class_of(shown, classes);
  return (clicked_[at] + smoothing) / (expected_[at] + smoothing);
}

}  // namespace perennial
