#include "respond/experiment/covariate_balance.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "respond/experiment/covariate_columns.h"

namespace perennial {
namespace {

constexpr double large_difference = 0.1;
constexpr double units_per_covariate = 5;  // fewer, and the chi-square law does not hold
constexpr double least_eigenvalue = 1e-9;  // of a correlation matrix: below, columns say the same

/// Sums over the creators of both arms, of columns that have mean 0.
struct Sums {
  Eigen::VectorXd mean[2];     // per arm; sums at first
  Eigen::VectorXd squares[2];  // per arm
  Eigen::MatrixXd products;    // of both arms; or of clusters' shares in the differences
  double count[2] = {0, 0};
};

Sums sums_of(const CovariateColumns& columns, const TwoArms& arms) {
  const auto k = static_cast<Eigen::Index>(columns.size());
  Sums sums;
  for (const int arm : {0, 1}) sums.mean[arm] = sums.squares[arm] = Eigen::VectorXd::Zero(k);
  sums.products = Eigen::MatrixXd::Zero(k, k);
  columns.for_each_block([&](const Eigen::MatrixXd& values, std::size_t first) {
    for (Eigen::Index r = 0; r < values.rows(); ++r) {
      const auto arm = arms.treated[first + static_cast<std::size_t>(r)];
      sums.count[arm] += 1;
      sums.mean[arm] += values.row(r).transpose();
      sums.squares[arm] += values.row(r).cwiseAbs2().transpose();
    }
    if (arms.clusters.empty()) sums.products.selfadjointView<Eigen::Lower>().rankUpdate(values.transpose());
  });
  for (const int arm : {0, 1}) sums.mean[arm] /= sums.count[arm];
  return sums;
}

/// Covariance of the differences in means when both arms are drawn from the same creators.
Eigen::MatrixXd covariance_of_differences(const Sums& sums) {
  const double n = sums.count[0] + sums.count[1];
  const Eigen::MatrixXd products = sums.products.selfadjointView<Eigen::Lower>();
  return products / (n - 1) * (1 / sums.count[0] + 1 / sums.count[1]);
}

/// The same where clusters are drawn; `clusters` becomes their number.
Eigen::MatrixXd clustered_covariance(const CovariateColumns& columns, const TwoArms& arms, const Sums& sums,
                                     double& clusters) {
  const auto codes = *std::max_element(arms.clusters.begin(), arms.clusters.end()) + Eigen::Index{1};
  Eigen::MatrixXd totals = Eigen::MatrixXd::Zero(codes, static_cast<Eigen::Index>(columns.size()));
  std::vector<std::uint8_t> present(static_cast<std::size_t>(codes));
  columns.for_each_block([&](const Eigen::MatrixXd& values, std::size_t first) {
    for (Eigen::Index r = 0; r < values.rows(); ++r) {
      const std::size_t i = first + static_cast<std::size_t>(r);
      const double weight = arms.treated[i] != 0 ? 1 / sums.count[1] : -1 / sums.count[0];
      totals.row(arms.clusters[i]) += weight * values.row(r);
      present[arms.clusters[i]] = 1;
    }
  });
  clusters = static_cast<double>(std::count(present.begin(), present.end(), std::uint8_t{1}));
  return clusters / (clusters - 1) * (totals.transpose() * totals);
}

/// d' V^-1 d over the directions in which V is not 0.
std::optional<ChiSquare> omnibus_test(const Eigen::VectorXd& difference, const Eigen::MatrixXd& covariance,
                                      double units) {
  std::vector<Eigen::Index> kept;
  for (Eigen::Index c = 0; c < difference.size(); ++c)
    if (covariance(c, c) > 0) kept.push_back(c);
  if (kept.empty()) return std::nullopt;
  const Eigen::VectorXd scale = covariance.diagonal()(kept).cwiseSqrt().cwiseInverse();
  const Eigen::VectorXd scaled = difference(kept).cwiseProduct(scale);
  const Eigen::MatrixXd correlation = scale.asDiagonal() * covariance(kept, kept) * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlation);
  const Eigen::VectorXd along = solver.eigenvectors().transpose() * scaled;
  ChiSquare test;
  for (Eigen::Index c = 0; c < along.size(); ++c) {
    if (solver.eigenvalues()[c] < least_eigenvalue * static_cast<double>(along.size())) continue;
    test.statistic += along[c] * along[c] / solver.eigenvalues()[c];
    test.degrees += 1;
  }
  if (test.degrees == 0 || units < units_per_covariate * test.degrees) return std::nullopt;
  test.p = chi_square_tail(test.statistic, test.degrees);
  return test;
}

std::vector<CovariateDifference> differences_of(const CovariateColumns& columns, const Sums& sums) {
  std::vector<CovariateDifference> found;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const auto at = static_cast<Eigen::Index>(c);
    double variances = 0;
    for (const int arm : {0, 1}) {
      const double mean = sums.mean[arm][at];
      variances += (sums.squares[arm][at] - sums.count[arm] * mean * mean) / (sums.count[arm] - 1);
    }
    const double off = sums.mean[1][at] - sums.mean[0][at];
    found.push_back({columns.name(c), columns.mean(c) + sums.mean[1][at], columns.mean(c) + sums.mean[0][at],
                     variances > 0 ? off / std::sqrt(variances / 2) : 0});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::abs(a.standardised) > std::abs(b.standardised);
  });
  return found;
}

}  // namespace

CovariateBalance covariate_balance(const CreatorTable& table, const std::vector<std::uint32_t>& rows,
                                   const TwoArms& arms) {
  const CovariateColumns columns(table, rows);
  CovariateBalance balance;
  if (columns.size() == 0) return balance;
  const Sums sums = sums_of(columns, arms);
  double units = sums.count[0] + sums.count[1];
  const Eigen::MatrixXd covariance = arms.clusters.empty() ? covariance_of_differences(sums)
                                                           : clustered_covariance(columns, arms, sums, units);
  balance.omnibus = omnibus_test(sums.mean[1] - sums.mean[0], covariance, units);
  balance.covariates = differences_of(columns, sums);
  for (const auto& covariate : balance.covariates)
    balance.beyond_a_tenth += std::abs(covariate.standardised) > large_difference ? 1 : 0;
  return balance;
}

}  // namespace perennial
