#pragma once

#include <array>
#include <cstdint>

#include "io/archive.h"

namespace perennial {

/// How far the platform's click rates (click_rates.h) can be taken at their word, by how often the user had been shown the
/// genre. A rate of one who hardly was leans on the genre's rate over all, which its friends have made; the last place of a
/// slate is filled for those who are not. Without this, what an item displaces would look better than it is.
class RateCalibration {
 public:
  /// Takes in one impression: the rate that was expected of a user shown the genre `shown` times before, and the click.
  void learn(std::uint32_t shown, double rate, bool clicked);

  /// What to multiply such a user's rate with; 1 where nothing was seen yet.
  double factor(std::uint32_t shown) const;

  void persist(Archive& archive) { archive(expected_, clicked_); }

 private:
  static constexpr std::size_t classes = 7;  // shown 0, 1, 2, 3-4, 5-8, 9-16 times, more often

  std::array<double, classes> expected_{};
  std::array<double, classes> clicked_{};
};

}  // namespace perennial
