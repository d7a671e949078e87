#include "respond/statistics/two_sample.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/check.h"

namespace perennial {
namespace {

struct ArmSums {
  double count[2] = {0, 0};
  double mean[2] = {0, 0};
};

ArmSums sums(std::span<const double> values, std::span<const std::uint8_t> treated) {
  check(values.size() == treated.size(), "every value has an arm");
  ArmSums sums;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sums.count[treated[i]] += 1;
    sums.mean[treated[i]] += values[i];
  }
  check(sums.count[0] > 1 && sums.count[1] > 1, "each arm has two creators or more");
  for (const int arm : {0, 1}) sums.mean[arm] /= sums.count[arm];
  return sums;
}

/// Welch's variances from residuals with mean 0 in each arm.
void independent_variances(ArmMeans& means, const ArmSums& sums, std::span<const double> residuals,
                           std::span<const std::uint8_t> treated) {
  double squares[2] = {0, 0};
  for (std::size_t i = 0; i < residuals.size(); ++i) squares[treated[i]] += residuals[i] * residuals[i];
  double variance[2] = {0, 0}, parts = 0;
  for (const int arm : {0, 1}) {
    variance[arm] = squares[arm] / (sums.count[arm] - 1) / sums.count[arm];
    parts += variance[arm] * variance[arm] / (sums.count[arm] - 1);
  }
  means.control_variance = variance[0];
  means.treatment_variance = variance[1];
  const double total = variance[0] + variance[1];
  means.degrees = parts > 0 ? total * total / parts : sums.count[0] + sums.count[1] - 2;
}

void clustered_variances(ArmMeans& means, const ArmSums& sums, std::span<const double> residuals,
                         const TwoArms& arms) {
  check(arms.clusters.size() == residuals.size(), "every value has a cluster");
  const std::size_t codes = *std::max_element(arms.clusters.begin(), arms.clusters.end()) + std::size_t{1};
  std::vector<double> totals[2] = {std::vector<double>(codes), std::vector<double>(codes)};
  std::vector<std::uint8_t> present(codes);
  for (std::size_t i = 0; i < residuals.size(); ++i) {
    const auto arm = arms.treated[i];
    totals[arm][arms.clusters[i]] += residuals[i] / sums.count[arm];
    present[arms.clusters[i]] = 1;
  }
  const auto clusters = static_cast<double>(std::count(present.begin(), present.end(), std::uint8_t{1}));
  check(clusters > 1, "there are two clusters or more");
  const auto n = static_cast<double>(residuals.size());
  const double correction = clusters / (clusters - 1) * (n - 1) / (n - 2);
  for (std::size_t g = 0; g < codes; ++g) {
    means.control_variance += correction * totals[0][g] * totals[0][g];
    means.treatment_variance += correction * totals[1][g] * totals[1][g];
    means.covariance += correction * totals[0][g] * totals[1][g];
  }
  means.degrees = clusters - 1;
}

ArmMeans with_variances(double treatment, double control, std::span<const double> residuals,
                        const ArmSums& sums, const TwoArms& arms) {
  ArmMeans means;
  means.treatment = treatment;
  means.control = control;
  if (arms.clusters.empty()) {
    independent_variances(means, sums, residuals, arms.treated);
  } else {
    clustered_variances(means, sums, residuals, arms);
  }
  return means;
}

double variance_of_difference(const ArmMeans& means) {
  return std::max(0.0, means.treatment_variance + means.control_variance - 2 * means.covariance);
}

}  // namespace

ArmMeans arm_means(std::span<const double> values, const TwoArms& arms) {
  const ArmSums found = sums(values, arms.treated);
  std::vector<double> residuals(values.begin(), values.end());
  for (std::size_t i = 0; i < residuals.size(); ++i) residuals[i] -= found.mean[arms.treated[i]];
  return with_variances(found.mean[1], found.mean[0], residuals, found, arms);
}

ArmMeans arm_ratios(std::span<const double> numerator, std::span<const double> denominator,
                    const TwoArms& arms) {
  const ArmSums above = sums(numerator, arms.treated);
  const ArmSums below = sums(denominator, arms.treated);
  check(below.mean[0] != 0 && below.mean[1] != 0, "a ratio's denominator does not sum to 0");
  const double ratio[2] = {above.mean[0] / below.mean[0], above.mean[1] / below.mean[1]};
  std::vector<double> residuals(numerator.size());
  for (std::size_t i = 0; i < residuals.size(); ++i) {
    const auto arm = arms.treated[i];
    residuals[i] = (numerator[i] - ratio[arm] * denominator[i]) / below.mean[arm];
  }
  return with_variances(ratio[1], ratio[0], residuals, above, arms);
}

Estimate difference(const ArmMeans& means) {
  return student_estimate(means.treatment - means.control, std::sqrt(variance_of_difference(means)),
                          means.degrees);
}

PairedDifferences paired_differences(std::span<const double> first, std::span<const double> second,
                                     const TwoArms& arms) {
  const ArmMeans a = arm_means(first, arms);
  const ArmMeans b = arm_means(second, arms);
  PairedDifferences pair{a.treatment - a.control,
                         b.treatment - b.control,
                         variance_of_difference(a),
                         variance_of_difference(b),
                         0,
                         std::min(a.degrees, b.degrees)};
  if (pair.first_variance == 0 || pair.second_variance == 0) return pair;
  // Cov(a, k b) = (Var(a + k b) - Var(a - k b)) / 4, with k bringing both to one size.
  const double k = std::sqrt(pair.first_variance / pair.second_variance);
  std::vector<double> sum(first.size()), minus(first.size());
  for (std::size_t i = 0; i < sum.size(); ++i) {
    sum[i] = first[i] + k * second[i];
    minus[i] = first[i] - k * second[i];
  }
  pair.covariance =
      (variance_of_difference(arm_means(sum, arms)) - variance_of_difference(arm_means(minus, arms))) /
      (4 * k);
  return pair;
}

}  // namespace perennial
