#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "respond/learners/known_truth_for_tests.h"
#include "respond/learners/learners.h"
#include "respond/learners/row_blocks.h"

namespace perennial {
namespace {

TEST(StoppingSplit, NeverPartsAUnit) {
  std::vector<std::uint32_t> units;
  for (std::uint32_t i = 0; i < 3000; ++i) units.push_back(i % 300);
  const auto split = split_for_stopping(units, 0.15, 1, 2);
  std::map<std::uint32_t, int> sides;  // 1 fit, 2 stop, 3 both
  for (const auto i : split.fit) sides[units[i]] |= 1;
  for (const auto i : split.stop) sides[units[i]] |= 2;
  int stopping = 0;
  for (const auto& [unit, side] : sides) {
    EXPECT_NE(side, 3) << unit;
    stopping += side == 2;
  }
  EXPECT_NEAR(stopping, 45, 20);  // 15% of 300, three deviations
}

/// Studios of 30 creators, each with a secret of its own (in x0, which nothing else explains), that decides all posts.
struct Studios {
  KnownTruth truth = make_known_truth({.creators = 6000, .numbers = 2, .relative_effect = 0, .seed = 1});
  std::vector<std::uint32_t> studio;
  std::vector<double> outcome;

  Studios() {
    FeatureStore features(std::filesystem::temp_directory_path(), truth.table.schema.size());
    const Draws draws(1, Purpose::world);
    std::vector<float> row(truth.table.schema.size());
    for (std::uint32_t i = 0; i < truth.table.size(); ++i) {
      truth.table.features->read(i, row);
      studio.push_back(i / 30);
      row[0] = static_cast<float>(draws.uniform(studio.back(), 1));
      outcome.push_back(draws.normal(studio.back(), 2) + 0.5 * draws.normal(i, 3));
      features.append(row);
    }
    truth.table.features.emplace(std::move(features));
  }

  std::size_t trees(const std::string& learner, bool by_studio) const {
    LearnerOptions options;
    options.learner = learner;
    options.threads = 1;
    options.trees.leaf_weight_least = 10;
    options.trees.rounds = 200;
    const auto rows = truth.all_rows();
    const auto model = fit_response_model(
        {.schema = truth.table.schema,
         .features = *truth.table.features,
         .rows = rows,
         .treated = truth.treated,
         .outcome = outcome,
         .propensity = 0.5,
         .clusters = by_studio ? std::span<const std::uint32_t>(studio) : std::span<const std::uint32_t>()},
        options);
    std::size_t all = 0;
    for (const auto& [name, size] : model->sizes()) all += name == "control" || name == "outcome" ? size : 0;
    return all;
  }
};

// What is learned of a studio says nothing of another: judged by whole studios an outcome model stops at once, judged by
// creators of the studios it has learned from it goes on and on.
TEST(ClusteredFit, StopsByStudiosItHasNotSeen) {
  const Studios studios;
  EXPECT_LT(studios.trees("three-model", true), 10U);
  EXPECT_GT(studios.trees("three-model", false), 30U);
}

TEST(ClusteredFit, CrossFitsByWholeStudios) {
  const Studios studios;
  EXPECT_LT(studios.trees("r", true), 20U);
  EXPECT_GT(studios.trees("r", false), 30U);
}

}  // namespace
}  // namespace perennial
