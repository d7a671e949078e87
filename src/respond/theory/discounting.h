#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "respond/theory/diagnosis.h"
#include "respond/theory/ratio_sums.h"

namespace perennial {

/// Takes users one by one; keeps only sums.
class DiscountingEstimator {
 public:
  /// At least two periods; gamma in [0, 1).
  DiscountingEstimator(std::size_t periods, double gamma);

  /// One user's periods, equally many and in order: was it there, and how much did it engage.
  void add(std::span<const std::uint8_t> active, std::span<const double> engagement);

  /// Nothing where nobody came in a period that is followed by another, or nobody engaged.
  std::optional<Discounting> result() const;

 private:
  std::size_t periods_;
  double gamma_;
  RatioSums returning_, later_, discounted_later_;
  std::size_t users_ = 0;
};

}  // namespace perennial
