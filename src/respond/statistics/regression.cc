#include "respond/statistics/regression.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/check.h"

namespace perennial {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Columns that are no combination of those before them. Gram-Schmidt on the cross products, in the columns' own scales.
std::vector<Index> independent_columns(const MatrixXd& gram) {
  constexpr double smallest_rest = 1e-12;  // of a column's own length, squared
  MatrixXd rest = gram;
  std::vector<Index> kept;
  for (Index j = 0; j < gram.cols(); ++j) {
    if (!(rest(j, j) > smallest_rest * gram(j, j))) continue;
    kept.push_back(j);
    const VectorXd along = rest.col(j) / rest(j, j);
    rest -= along * rest.row(j).eval();
  }
  return kept;
}

bool by_cluster(RobustErrors errors) {
  return errors == RobustErrors::cr0 || errors == RobustErrors::cr1;
}

/// Sum over clusters of score score', score = sum of x w e over the cluster's rows.
MatrixXd cluster_meat(const MatrixXd& scores, std::span<const std::uint32_t> clusters, double& count) {
  const auto most = *std::max_element(clusters.begin(), clusters.end());
  MatrixXd sums = MatrixXd::Zero(static_cast<Index>(most) + 1, scores.cols());
  std::vector<bool> seen(most + std::size_t{1}, false);
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    sums.row(clusters[i]) += scores.row(static_cast<Index>(i));
    seen[clusters[i]] = true;
  }
  count = static_cast<double>(std::count(seen.begin(), seen.end(), true));
  return sums.transpose() * sums;
}

/// Error and leverage of each row; both in units of the weighted regression (rows times the root of the weight).
struct Rows {
  MatrixXd x;
  VectorXd error;
  VectorXd leverage;
};

MatrixXd meat(const Rows& rows, RobustErrors errors, std::span<const std::uint32_t> clusters) {
  const double n = static_cast<double>(rows.x.rows()), k = static_cast<double>(rows.x.cols());
  VectorXd error = rows.error;
  if (errors == RobustErrors::hc2) error.array() /= (1 - rows.leverage.array()).max(1e-12).sqrt();
  if (errors == RobustErrors::hc3) error.array() /= (1 - rows.leverage.array()).max(1e-12);
  const MatrixXd scores = rows.x.array().colwise() * error.array();
  if (!by_cluster(errors) || clusters.empty()) {
    const bool adjusted = errors == RobustErrors::hc1 || errors == RobustErrors::cr1;
    return (adjusted ? n / (n - k) : 1) * (scores.transpose() * scores);
  }
  double count = 0;
  const MatrixXd sum = cluster_meat(scores, clusters, count);
  check(count > 1, "errors by cluster need two clusters");
  return errors == RobustErrors::cr1 ? (count / (count - 1) * (n - 1) / (n - k) * sum).eval() : sum;
}

}  // namespace

Estimate Regression::estimate(Index coefficient) const {
  return normal_estimate(coefficients(coefficient),
                         std::sqrt(std::max(0.0, covariance(coefficient, coefficient))));
}

Regression least_squares(const MatrixXd& design, std::span<const double> outcome,
                         std::span<const double> weights, RobustErrors errors,
                         std::span<const std::uint32_t> clusters) {
  const Index n = design.rows(), k = design.cols();
  check(n > k && static_cast<Index>(outcome.size()) == n, "a regression has more rows than columns");
  check(weights.empty() || weights.size() == outcome.size(), "one weight for each row");
  check(clusters.empty() || clusters.size() == outcome.size(), "one cluster for each row");
  VectorXd y = Eigen::Map<const VectorXd>(outcome.data(), n);
  Rows rows{.x = design, .error = {}, .leverage = {}};
  if (!weights.empty()) {
    const Eigen::ArrayXd root = Eigen::Map<const Eigen::ArrayXd>(weights.data(), n).sqrt();
    rows.x.array().colwise() *= root;
    y.array() *= root;
  }
  const auto kept = independent_columns(rows.x.transpose() * rows.x);
  Regression result{.coefficients = VectorXd::Zero(k), .covariance = MatrixXd::Zero(k, k)};
  if (kept.empty()) return result;
  if (static_cast<Index>(kept.size()) < k) rows.x = MatrixXd(rows.x(Eigen::all, kept));
  const auto size = rows.x.cols();
  const MatrixXd gram = rows.x.transpose() * rows.x;
  const MatrixXd bread = gram.ldlt().solve(MatrixXd::Identity(size, size));
  // One step of refinement: the normal equations lose digits where columns are nearly alike.
  VectorXd coefficients = bread * (rows.x.transpose() * y);
  coefficients += bread * (rows.x.transpose() * (y - rows.x * coefficients));
  rows.error = y - rows.x * coefficients;
  if (errors == RobustErrors::hc2 || errors == RobustErrors::hc3)
    rows.leverage = ((rows.x * bread).array() * rows.x.array()).rowwise().sum();
  const MatrixXd covariance = bread * meat(rows, errors, clusters) * bread;
  for (Index a = 0; a < size; ++a) {
    result.coefficients(kept[static_cast<std::size_t>(a)]) = coefficients(a);
    for (Index b = 0; b < size; ++b)
      result.covariance(kept[static_cast<std::size_t>(a)], kept[static_cast<std::size_t>(b)]) =
          covariance(a, b);
  }
  return result;
}

}  // namespace perennial
