#include "respond/statistics/rank_correlation.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "base/check.h"

namespace perennial {
namespace {

std::vector<std::uint32_t> indices(std::size_t count) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  return order;
}

double mean_rank(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double pairs(double count) {
  return count * (count - 1) / 2;
}

/// Pairs within runs of equals, `same(i)` saying whether element i continues the run of i - 1.
template <class Same>
double tied_pairs(std::size_t count, Same same) {
  double sum = 0, run = 1;
  for (std::size_t i = 1; i <= count; ++i) {
    if (i < count && same(i)) {
      ++run;
    } else {
      sum += pairs(run);
      run = 1;
    }
  }
  return sum;
}

/// Sorts `values` and returns how many pairs stood in the wrong order: merge sort.
double sort_counting(std::vector<double>& values) {
  double swaps = 0;
  std::vector<double> merged(values.size());
  for (std::size_t width = 1; width < values.size(); width *= 2) {
    for (std::size_t begin = 0; begin < values.size(); begin += 2 * width) {
      const std::size_t middle = std::min(begin + width, values.size());
      const std::size_t end = std::min(begin + 2 * width, values.size());
      std::size_t left = begin, right = middle, to = begin;
      while (left < middle || right < end) {
        const bool from_right = left == middle || (right < end && values[right] < values[left]);
        if (from_right) swaps += static_cast<double>(middle - left);
        merged[to++] = from_right ? values[right++] : values[left++];
      }
    }
    values.swap(merged);
  }
  return swaps;
}

}  // namespace

std::vector<double> average_ranks(std::span<const double> values) {
  auto order = indices(values.size());
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double rank = (static_cast<double>(begin) + static_cast<double>(end) + 1) / 2;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = rank;
  }
  return ranks;
}

double pearson_correlation(std::span<const double> a, std::span<const double> b) {
  check(a.size() == b.size(), "a correlation is of pairs");
  if (a.empty()) return 0;
  const double mean_a = mean_rank(a), mean_b = mean_rank(b);
  double aa = 0, bb = 0, ab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
    ab += (a[i] - mean_a) * (b[i] - mean_b);
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

double spearman_correlation(std::span<const double> a, std::span<const double> b) {
  return pearson_correlation(average_ranks(a), average_ranks(b));
}

double kendall_correlation(std::span<const double> a, std::span<const double> b) {
  check(a.size() == b.size(), "a correlation is of pairs");
  const std::size_t n = a.size();
  auto order = indices(n);
  std::sort(order.begin(), order.end(),
            [&](auto i, auto j) { return a[i] != a[j] ? a[i] < a[j] : b[i] < b[j]; });
  const auto same_a = [&](std::size_t i) { return a[order[i]] == a[order[i - 1]]; };
  const double tied_a = tied_pairs(n, same_a);
  const double tied_both =
      tied_pairs(n, [&](std::size_t i) { return same_a(i) && b[order[i]] == b[order[i - 1]]; });
  std::vector<double> sorted;
  sorted.reserve(n);
  for (const auto i : order) sorted.push_back(b[i]);
  const double swaps = sort_counting(sorted);
  const double tied_b = tied_pairs(n, [&](std::size_t i) { return sorted[i] == sorted[i - 1]; });
  const double all = pairs(static_cast<double>(n));
  const double apart = std::sqrt(all - tied_a) * std::sqrt(all - tied_b);
  return apart > 0 ? (all - tied_a - tied_b + tied_both - 2 * swaps) / apart : 0;
}

}  // namespace perennial
