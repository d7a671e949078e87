#pragma once

#include <span>
#include <vector>

namespace perennial {

/// p values corrected for being many, in the order given, at most 1.
///
/// Bonferroni and Holm bound the chance of any false alarm (Holm is never weaker); Benjamini and Hochberg bound the
/// expected share of false ones among the alarms.
std::vector<double> bonferroni(std::span<const double> p);
std::vector<double> holm(std::span<const double> p);
std::vector<double> benjamini_hochberg(std::span<const double> p);

}  // namespace perennial
