#include "respond/statistics/moments.h"

#include <cmath>
#include <numeric>

#include "base/check.h"

namespace perennial {
namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

Moments moments(std::span<const double> values) {
  check(!values.empty(), "moments are of one value or more");
  const double mean = mean_of(values);
  if (values.size() == 1) return {mean, 0};
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, squares / static_cast<double>(values.size() - 1)};
}

double covariance(std::span<const double> a, std::span<const double> b) {
  check(a.size() == b.size() && a.size() > 1, "a covariance is of two pairs or more");
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double products = 0;
  for (std::size_t i = 0; i < a.size(); ++i) products += (a[i] - mean_a) * (b[i] - mean_b);
  return products / static_cast<double>(a.size() - 1);
}

double correlation(std::span<const double> a, std::span<const double> b) {
  const double scale = std::sqrt(moments(a).variance * moments(b).variance);
  return scale > 0 ? covariance(a, b) / scale : 0;
}

}  // namespace perennial
