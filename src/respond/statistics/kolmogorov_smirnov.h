#pragma once

#include <span>

namespace perennial {

/// The largest distance between two samples' distribution functions.
struct KolmogorovSmirnov {
  double distance = 0;
  double p = 1;  ///< by the asymptotic law; of continuous values (ties make it too large)
};

/// Neither sample is empty.
KolmogorovSmirnov kolmogorov_smirnov(std::span<const double> a, std::span<const double> b);

}  // namespace perennial
