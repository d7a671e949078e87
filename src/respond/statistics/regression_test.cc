#include "respond/statistics/regression.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "base/random.h"
#include "respond/statistics/golden_for_tests.h"

namespace perennial {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// y on 1, pre, w - 1/2 and (w - 1/2)(s - mean s).
struct Units {
  MatrixXd design;
  std::vector<std::uint32_t> clusters;

  Units() {
    const auto& units = golden_units();
    const auto &w = units.at("w"), &s = units.at("s"), &pre = units.at("pre");
    const double mean = mean_of(s);
    design.resize(static_cast<Index>(w.size()), 4);
    for (std::size_t i = 0; i < w.size(); ++i)
      design.row(static_cast<Index>(i)) << 1, pre[i], w[i] - 0.5, (w[i] - 0.5) * (s[i] - mean);
    for (const double cluster : units.at("cl")) clusters.push_back(static_cast<std::uint32_t>(cluster));
  }
};

void expect_errors(RobustErrors errors, double effect_se, double slope_se) {
  const Units units;
  const auto fit = least_squares(units.design, golden_units().at("y"), {}, errors, units.clusters);
  EXPECT_NEAR(fit.estimate(2).mean, 0.385826967208792, 1e-9);
  EXPECT_NEAR(fit.estimate(3).mean, 0.931971188669251, 1e-9);
  EXPECT_NEAR(fit.estimate(2).se, effect_se, 1e-9);
  EXPECT_NEAR(fit.estimate(3).se, slope_se, 1e-9);
}

TEST(Regression, HasTheStandardErrorsOfOthersPrograms) {
  expect_errors(RobustErrors::hc0, 0.0524357829604305, 0.1400996635125741);
  expect_errors(RobustErrors::hc1, 0.0524620205317299, 0.1401697659255237);
  expect_errors(RobustErrors::hc2, 0.0524867412867881, 0.1404227965466078);
  expect_errors(RobustErrors::hc3, 0.0525378859827247, 0.1407476300838188);
  expect_errors(RobustErrors::cr0, 0.054056152588376, 0.136329526432542);
  expect_errors(RobustErrors::cr1, 0.0542121403185332, 0.1367229272271476);
}

TEST(Regression, FindsAPlaneExactly) {
  MatrixXd design(5, 3);
  design << 1, 0, 2, 1, 1, 0, 1, 2, 1, 1, 3, 5, 1, 4, 4;
  const Eigen::VectorXd truth = Eigen::Vector3d(1, -2, 0.5), outcome = design * truth;
  const auto fit = least_squares(design, {outcome.data(), 5}, {}, RobustErrors::hc1);
  EXPECT_LT((fit.coefficients - truth).norm(), 1e-12);
  EXPECT_NEAR(fit.estimate(1).se, 0, 1e-12);
}

TEST(Regression, CountsARowOfWeightTwoLikeTwoRows) {
  MatrixXd once(4, 2), twice(5, 2);
  once << 1, 0, 1, 1, 1, 2, 1, 4;
  twice << 1, 0, 1, 1, 1, 2, 1, 4, 1, 4;
  const std::vector<double> y = {1, 3, 2, 5}, yy = {1, 3, 2, 5, 5}, weights = {1, 1, 1, 2};
  const auto a = least_squares(once, y, weights, RobustErrors::hc0);
  const auto b = least_squares(twice, yy, {}, RobustErrors::hc0);
  EXPECT_LT((a.coefficients - b.coefficients).norm(), 1e-12);
}

TEST(Regression, GivesAColumnThatFollowsFromOthersNothing) {
  MatrixXd design(4, 3);
  design << 1, 2, 0, 1, 2, 1, 1, 2, 2, 1, 2, 3;
  const std::vector<double> outcome = {1, 2, 2, 5};
  const auto fit = least_squares(design, outcome, {}, RobustErrors::hc3);
  EXPECT_EQ(fit.coefficients(1), 0);
  EXPECT_EQ(fit.estimate(1).p, 1);
  EXPECT_NEAR(fit.coefficients(2), 1.2, 1e-12);
}

RC_GTEST_PROP(Regression, TakesEveryRowForAClusterWhenTheyAllDiffer, (std::uint32_t seed)) {
  const Draws draws(seed, Purpose::world);
  MatrixXd design(20, 2);
  std::vector<double> outcome;
  std::vector<std::uint32_t> clusters;
  for (std::uint32_t i = 0; i < 20; ++i) {
    design.row(i) << 1, draws.normal(i);
    outcome.push_back(draws.normal(i, 1));
    clusters.push_back(19 - i);
  }
  const auto alone = least_squares(design, outcome, {}, RobustErrors::hc0);
  const auto clustered = least_squares(design, outcome, {}, RobustErrors::cr0, clusters);
  RC_ASSERT((alone.covariance - clustered.covariance).norm() < 1e-12);
}

}  // namespace
}  // namespace perennial
