#include "respond/statistics/multiple_testing.h"

#include <algorithm>
#include <numeric>

namespace perennial {
namespace {

/// Positions of the p values, smallest first; equals in the order given.
std::vector<std::size_t> ascending(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p[a] < p[b]; });
  return order;
}

}  // namespace

std::vector<double> bonferroni(std::span<const double> p) {
  std::vector<double> corrected;
  for (const double value : p) corrected.push_back(std::min(1.0, value * static_cast<double>(p.size())));
  return corrected;
}

std::vector<double> holm(std::span<const double> p) {
  std::vector<double> corrected(p.size());
  double largest = 0;
  double left = static_cast<double>(p.size());
  for (const std::size_t i : ascending(p)) {
    largest = std::max(largest, std::min(1.0, left * p[i]));
    corrected[i] = largest;
    left -= 1;
  }
  return corrected;
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
  std::vector<double> corrected(p.size());
  const auto order = ascending(p);
  double smallest = 1;
  for (std::size_t rank = p.size(); rank > 0; --rank) {
    const std::size_t i = order[rank - 1];
    smallest = std::min(smallest, p[i] * static_cast<double>(p.size()) / static_cast<double>(rank));
    corrected[i] = smallest;
  }
  return corrected;
}

}  // namespace perennial
