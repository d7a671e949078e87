#include "respond/theory/discounting.h"

#include <algorithm>

#include "base/check.h"

namespace perennial {

DiscountingEstimator::DiscountingEstimator(std::size_t periods, double gamma)
    : periods_(periods), gamma_(gamma) {
  check(periods >= 2, "returning takes two periods");
}

void DiscountingEstimator::add(std::span<const std::uint8_t> active, std::span<const double> engagement) {
  const auto first = static_cast<std::size_t>(std::find(active.begin(), active.end(), 1) - active.begin());
  if (first == periods_) return;
  ++users_;
  double came = 0, came_back = 0;
  for (std::size_t t = first; t + 1 < periods_; ++t) {
    came += active[t];
    came_back += active[t] & active[t + 1];
  }
  if (came > 0) returning_.add(came_back, came);

  // Users first seen in the first half, all followed for equally many periods.
  const std::size_t half = (periods_ + 1) / 2;
  if (first >= half) return;
  const double now = engagement[first];
  double later = 0, discounted = 0, weight = 1;
  for (std::size_t k = 1; k <= periods_ - half; ++k) {
    weight *= gamma_;
    later += engagement[first + k];
    discounted += weight * engagement[first + k];
  }
  later_.add(later, now + later);
  discounted_later_.add(discounted, now + discounted);
}

std::optional<Discounting> DiscountingEstimator::result() const {
  if (!returning_.defined() || !later_.defined() || !discounted_later_.defined()) return std::nullopt;
  return Discounting{returning_.share(), later_.share(), discounted_later_.share(), users_};
}

}  // namespace perennial
