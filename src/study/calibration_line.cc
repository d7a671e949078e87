#include "study/calibration_line.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "respond/statistics/rank_correlation.h"

namespace perennial {
namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Mean value of each thing over the futures that `taken` takes.
template <class Taken>
std::vector<double> means_over(const std::vector<std::vector<double>>& measured, Taken taken) {
  std::vector<double> means;
  for (const auto& values : measured) {
    double sum = 0, count = 0;
    for (std::size_t f = 0; f < values.size(); ++f) {
      if (!taken(f)) continue;
      sum += values[f];
      count += 1;
    }
    means.push_back(sum / count);
  }
  return means;
}

double slope_of(std::span<const double> x, std::span<const double> y) {
  const double x_mean = mean_of(x), y_mean = mean_of(y);
  double products = 0, squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    products += (x[i] - x_mean) * (y[i] - y_mean);
    squares += (x[i] - x_mean) * (x[i] - x_mean);
  }
  return squares > 0 ? products / squares : 0;
}

/// Pseudo-values, whose mean and spread are the jackknife's.
Interval jackknife_rank(std::span<const double> expected, const std::vector<std::vector<double>>& measured) {
  const std::size_t futures = measured.front().size();
  const double all = spearman_correlation(expected, means_over(measured, [](std::size_t) { return true; }));
  if (futures < 2) return {all, all, all};
  std::vector<double> pseudo;
  for (std::size_t out = 0; out < futures; ++out) {
    const auto without = means_over(measured, [&](std::size_t f) { return f != out; });
    pseudo.push_back(static_cast<double>(futures) * all -
                     static_cast<double>(futures - 1) * spearman_correlation(expected, without));
  }
  const Interval spread = interval_of(pseudo);
  const double half = (spread.high - spread.low) / 2;
  return {all, std::max(-1.0, all - half), std::min(1.0, all + half)};
}

double reliability_of(const std::vector<std::vector<double>>& measured) {
  if (measured.front().size() < 2) return 0;
  const double halves = pearson_correlation(means_over(measured, [](std::size_t f) { return f % 2 == 0; }),
                                            means_over(measured, [](std::size_t f) { return f % 2 == 1; }));
  return halves > 0 ? 2 * halves / (1 + halves) : 0;  // Spearman and Brown
}

}  // namespace

CalibrationLine calibration_line(std::span<const double> expected,
                                 const std::vector<std::vector<double>>& measured) {
  std::vector<double> slopes, means;
  for (std::size_t f = 0; f < measured.front().size(); ++f) {
    const auto values = means_over(measured, [&](std::size_t other) { return other == f; });
    slopes.push_back(slope_of(expected, values));
    means.push_back(mean_of(values));
  }
  const double known = mean_of(expected);
  return {.expected = {known, known, known},
          .measured = interval_of(means),
          .slope = interval_of(slopes),
          .rank = jackknife_rank(expected, measured),
          .reliability = reliability_of(measured)};
}

}  // namespace perennial
