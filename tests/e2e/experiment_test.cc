#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "paths_for_tests.h"
#include "program.h"

namespace perennial {
namespace {

using testing::HasSubstr;

/// 3,000 creators of whom every second one posts, treated by a rule that `arm` gives.
std::filesystem::path write_creators(const Scratch& scratch, const char* name, int treated_of_ten) {
  std::ofstream file(scratch / name);
  file << "creator_id,country,arm,posts,posts_before\n";
  for (int i = 0; i < 3000; ++i) {
    const int before = i % 2 == 0 ? (i * 7) % 13 : 0;
    const int posts = before + (i * 11) % 5;
    file << "c" << i << ',' << (i % 3 == 0 ? "SE" : "PT") << ','
         << ((i * 7919) % 10 < treated_of_ten ? "treatment" : "control") << ',' << posts << ',' << before
         << '\n';
  }
  return scratch / name;
}

TEST(Experiment, GoesFromPlanToAnalysis) {
  const Scratch scratch;
  write_creators(scratch, "creators.csv", 5);
  const auto plan =
      perennial_says(scratch, "experiment plan --table creators.csv --outcome posts --pre posts_before");
  EXPECT_EQ(plan.status, 0) << plan.err;
  EXPECT_THAT(plan.out, HasSubstr("too few for an effect as small as the one published"));
  const auto assign = perennial_says(
      scratch, "experiment assign --table creators.csv --salt e2e --stratify country --out assigned");
  EXPECT_EQ(assign.status, 0) << assign.err;
  EXPECT_TRUE(std::filesystem::exists(scratch / "assigned" / "assignment.parquet"));
  const auto analyze = perennial_says(
      scratch,
      "experiment analyze --table creators.csv --arm arm --outcome posts --pre posts=posts_before --out a");
  EXPECT_EQ(analyze.status, 0) << analyze.err;
  const auto summary = nlohmann::json::parse(slurp(scratch / "a" / "summary.json"));
  EXPECT_EQ(summary.at("sample_ratio").at("verdict"), "fine");
  EXPECT_LT(summary.at("effects").at(0).at("cuped").at("variance_ratio"), 0.5);
  EXPECT_THAT(analyze.out, HasSubstr("say nothing of treating everybody"));
}

TEST(Experiment, WritesNothingWhenTheArmsAreOfTheWrongSize) {
  const Scratch scratch;
  write_creators(scratch, "creators.csv", 6);
  const std::string arguments = "experiment analyze --table creators.csv --arm arm --outcome posts --out a";
  const auto stopped = perennial_says(scratch, arguments);
  EXPECT_NE(stopped.status, 0);
  EXPECT_THAT(sentence_of(stopped), HasSubstr("no effect can be trusted"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "a"));
  const auto forced = perennial_says(scratch, arguments + " --force-sample-ratio");
  EXPECT_EQ(forced.status, 0) << forced.err;
  EXPECT_EQ(forced.out.find("WARNING: forced"), 0U) << forced.out;
}

TEST(Experiment, FindsTheEffectOfARealEmail) {
  const char* shared = std::getenv("PERENNIAL_SHARED");
  const std::filesystem::path root = shared ? shared : PERENNIAL_SOURCE_DIR "/../shared";
  const auto table = root / "data" / "hillstrom" / "hillstrom.csv";
  if (!std::filesystem::exists(table))
    GTEST_SKIP() << table << " is not there: the real experiment is not analyzed";
  const Scratch scratch;
  const auto found = perennial_says(
      scratch,
      "experiment analyze --table '" + table.string() +
          "' --query 'SELECT row_number() OVER () AS creator_id, * FROM hillstrom' --arm segment "
          "--arm-values 'treatment=Womens E-Mail,control=No E-Mail' --outcome visit,conversion,spend --json");
  ASSERT_EQ(found.status, 0) << found.err;
  const auto summary = nlohmann::json::parse(found.out);
  EXPECT_EQ(
      summary.at("creators").at("treatment").get<int>() + summary.at("creators").at("control").get<int>(),
      42693);
  const auto& visit = summary.at("effects").at(0).at("difference");
  EXPECT_NEAR(visit.at("mean"), 0.0452, 0.00005);
  EXPECT_NEAR(visit.at("se"), 0.0032, 0.00005);
  EXPECT_GT(summary.at("balance").at("omnibus").at("p"), 0.01);
}

}  // namespace
}  // namespace perennial
