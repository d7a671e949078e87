#include "respond/evaluation/targeting.h"

#include <gtest/gtest.h>

#include "respond/statistics/golden_for_tests.h"

namespace perennial {
namespace {

std::vector<std::uint32_t> golden_clusters() {
  std::vector<std::uint32_t> clusters;
  for (const double cluster : golden_units().at("cl"))
    clusters.push_back(static_cast<std::uint32_t>(cluster));
  return clusters;
}

Targeting golden_targeting(const char* score, Clusters clusters = {}, std::size_t points = 10) {
  return measure_targeting(rank_by(golden_units().at(score)), golden_units().at("dr"), clusters, points);
}

TEST(Targeting, HasTheAreasOfOthersPrograms) {
  EXPECT_NEAR(golden_targeting("s").autoc.mean, 0.663266235591911, 1e-9);
  EXPECT_NEAR(golden_targeting("st").autoc.mean, 0.659133318835910, 1e-9);
  EXPECT_NEAR(golden_targeting("s").qini.mean, 0.1297728994375000, 1e-9);
  EXPECT_NEAR(golden_targeting("st").qini.mean, 0.1280622130625000, 1e-9);
}

TEST(Targeting, HasStandardErrorsLikeTheBootstrapOfOthersPrograms) {
  EXPECT_NEAR(golden_targeting("s").autoc.se / 0.150487411680399, 1, 0.05);
  EXPECT_NEAR(golden_targeting("st").autoc.se / 0.149779995316395, 1, 0.05);
  EXPECT_NEAR(golden_targeting("s").qini.se / 0.0227811025458873, 1, 0.05);
  EXPECT_NEAR(golden_targeting("st").qini.se / 0.0230606679346567, 1, 0.05);
  EXPECT_NEAR(golden_targeting("s", golden_clusters()).autoc.se / 0.149405041754161, 1, 0.05);
}

void expect_curve(const char* score, const std::string& file) {
  const auto golden = golden_columns(file);
  const auto found = golden_targeting(score).curve;
  const auto clusters = golden_clusters();
  const auto clustered = golden_targeting(score, clusters).curve;
  ASSERT_EQ(found.size(), golden.at("estimate").size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(found[i].share, golden.at("q")[i], 1e-12);
    EXPECT_NEAR(found[i].gain.mean, golden.at("estimate")[i], 1e-9) << i;
    EXPECT_NEAR(clustered[i].gain.mean, golden.at("estimate")[i], 1e-9) << i;
    if (i + 1 == found.size()) break;  // the whole has no error
    EXPECT_NEAR(found[i].gain.se / golden.at("std.err")[i], 1, 0.1) << i;
    EXPECT_NEAR(clustered[i].gain.se / golden.at("std.err")[i], 1, 0.2) << i;
  }
}

TEST(Targeting, HasTheCurveOfOthersPrograms) {
  expect_curve("s", "toc_s.csv");
  expect_curve("st", "toc_st.csv");
}

TEST(Targeting, FindsNothingInOneScoreForAll) {
  const std::vector<double> score(100, 0.3);
  std::vector<double> effects(100);
  for (std::size_t i = 0; i < 100; ++i) effects[i] = static_cast<double>(i % 7) - 2;
  const auto found = measure_targeting(rank_by(score), effects, {});
  EXPECT_EQ(found.autoc.mean, 0);
  EXPECT_EQ(found.autoc.p, 1);
  for (const auto& point : found.curve) EXPECT_NEAR(point.gain.mean, 0, 1e-12);
}

TEST(Targeting, IsTheSameForAnyScoreOfTheSameOrder) {
  const auto& scores = golden_units().at("s");
  std::vector<double> stretched;
  for (const double score : scores) stretched.push_back(score * score * score + 5 * score - 100);
  EXPECT_EQ(measure_targeting(rank_by(stretched), golden_units().at("dr"), {}).autoc.mean,
            golden_targeting("s").autoc.mean);
}

TEST(Targeting, ComparesTwoScoresOnTheSameCreatorsMoreSharplyThanApart) {
  const auto a = rank_by(golden_units().at("s")), b = rank_by(golden_units().at("st"));
  const auto& effects = golden_units().at("dr");
  const auto difference = autoc_difference(a, b, effects, {});
  EXPECT_NEAR(difference.mean, 0.663266235591911 - 0.659133318835910, 1e-9);
  EXPECT_LT(difference.se, 0.1 * golden_targeting("s").autoc.se);
  EXPECT_EQ(autoc_difference(a, a, effects, {}).p, 1);
}

}  // namespace
}  // namespace perennial
