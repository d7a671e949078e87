#include "respond/statistics/chi_square.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <numeric>

#include "base/check.h"

namespace perennial {
namespace {

constexpr double least_expected = 8;

}  // namespace

double chi_square_tail(double statistic, double degrees) {
  return cdf(complement(boost::math::chi_squared_distribution<double>(degrees), statistic));
}

std::optional<ChiSquare> sample_ratio_test(std::span<const std::uint64_t> counts,
                                           std::span<const double> shares) {
  check(counts.size() == shares.size() && counts.size() > 1, "each of two or more cells has a share");
  const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
  const auto n = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
  ChiSquare test{0, static_cast<double>(counts.size() - 1)};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = n * shares[i] / all;
    check(shares[i] > 0, "a share is positive");
    if (expected < least_expected) return std::nullopt;
    const double off = static_cast<double>(counts[i]) - expected;
    test.statistic += off * off / expected;
  }
  test.p = chi_square_tail(test.statistic, test.degrees);
  return test;
}

}  // namespace perennial
