#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "base/random.h"
#include "io/table_source.h"
#include "respond/theory/diagnose.h"
#include "respond/theory/logs_for_tests.h"
#include "respond/theory/panel_response.h"

namespace perennial {
namespace {

constexpr std::uint32_t clusters = 100, cluster_size = 10;
constexpr int experiments = 400;

/// Studios of ten creators who share an arm and a good or bad month, and respond by `effect`.
struct StudioPanel {
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> studio;
  std::vector<double> posts, posts_before;

  StudioPanel(std::uint64_t seed, double effect) {
    const Draws draws(seed, Purpose::sensitivity);
    for (std::uint32_t c = 0; c < clusters * cluster_size; ++c) {
      const std::uint32_t s = c / cluster_size;
      studio.push_back(s);
      treated.push_back(draws.coin(.5, s, 1));
      posts_before.push_back(draws.uniform(c, 2));
      posts.push_back(5 + draws.normal(s, 3) + draws.normal(c, 4) + (treated.back() ? effect : 0));
    }
  }

  PanelColumns columns(bool by_cluster) const {
    return {
        .treated = treated,
        .clusters = by_cluster ? std::span<const std::uint32_t>(studio) : std::span<const std::uint32_t>(),
        .outcome = posts,
        .engagement = {},
        .outcome_before = posts_before,
        .engagement_before = {},
        .outcome_name = "posts",
        .engagement_name = "likes"};
  }
};

TEST(ClusteredExperiment, AlarmsInOneOfTwentyByClusterAndInManyMoreByCreator) {
  int by_cluster = 0, by_creator = 0, different = 0;
  for (int s = 0; s < experiments; ++s) {
    const StudioPanel panel(static_cast<std::uint64_t>(s) + 1, 0);
    const auto found = experiment_response(panel.columns(true));
    by_cluster += found.effect.p < .05;
    by_creator += experiment_response(panel.columns(false)).effect.p < .05;
    different += found.difference_p.value_or(1) < .05;
  }
  // 5% of 400 +- 2.6 binomial deviations; a test by CR1 with 100 clusters alarms a little more often than its level.
  EXPECT_NEAR(by_cluster / double(experiments), .05, .03);
  EXPECT_GT(by_creator / double(experiments), .3);
  EXPECT_NEAR(different / double(experiments), .055, .035);
}

TEST(ClusteredExperiment, CoversTheEffect) {
  int covered = 0;
  for (int s = 0; s < experiments; ++s) {
    const auto effect =
        experiment_response(StudioPanel(static_cast<std::uint64_t>(s), .7).columns(true)).effect;
    covered += effect.low <= .7 && .7 <= effect.high;
  }
  EXPECT_NEAR(covered / double(experiments), .95, .03);
}

TEST(ClusteredExperiment, OfOneCreatorToACluster_IsThatOfCreators) {
  StudioPanel panel(1, .5);
  for (std::uint32_t c = 0; c < panel.studio.size(); ++c) panel.studio[c] = c;
  const auto alone = experiment_response(panel.columns(false));
  const auto single = experiment_response(panel.columns(true));
  EXPECT_NEAR(single.effect.se, alone.effect.se, .01 * alone.effect.se);
  EXPECT_NEAR(*single.difference_p, *alone.difference_p, .02);
}

/// What `diagnose` says of a table, told that `studio` was randomised as a whole.
Diagnosis diagnose_by_studio(const std::string& csv) {
  TemporaryFolder folder;
  folder.write("panel.csv", csv);
  const auto source = open_table_source((folder.path() / "panel.csv").string());
  Diagnosis diagnosis;
  DiagnosedPanel columns;
  columns.cluster = "studio";
  diagnose_panel(diagnosis, *source, columns);
  return diagnosis;
}

TEST(DiagnosePanel, TakesErrorsByClusterWhereItIsTold) {
  // Two creators of a studio are one another's copy: by cluster they count once.
  std::string csv = "creator_id,arm,studio,posts\n";
  for (int i = 0; i < 80; ++i) {
    csv += "c" + std::to_string(i) + (i % 4 < 2 ? ",control,s" : ",treatment,s") + std::to_string(i / 2) +
           "," + std::to_string(i / 2 * 7 % 5) + "\n";
  }
  const auto d = diagnose_by_studio(csv);
  TemporaryFolder folder;
  folder.write("panel.csv", csv);
  const auto source = open_table_source((folder.path() / "panel.csv").string());
  Diagnosis by_creator;
  diagnose_panel(by_creator, *source, {});
  EXPECT_DOUBLE_EQ(d.response->effect.mean, by_creator.response->effect.mean);
  EXPECT_NEAR(d.response->effect.se / by_creator.response->effect.se, std::sqrt(2.0), .03);
}

TEST(DiagnosePanel, WarnsOfFewClustersAndRefusesOnePerArm) {
  const auto table_of = [](int studios) {
    std::string csv = "creator_id,arm,studio,posts\n";
    for (int i = 0; i < 60; ++i)
      csv += "c" + std::to_string(i) + (i % studios % 2 == 0 ? ",control,s" : ",treatment,s") +
             std::to_string(i % studios) + "," + std::to_string(i % 7) + "\n";
    return csv;
  };
  EXPECT_THAT(diagnose_by_studio(table_of(6)).warnings,
              testing::Contains(testing::HasSubstr("only 6 clusters: intervals by cluster are too narrow")));
  try {
    diagnose_by_studio(table_of(2));
    FAIL() << "one cluster per arm has no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("--cluster studio: an arm has 1 of them"));
  }
}

}  // namespace
}  // namespace perennial
