// A real experiment, end to end: e-mails to 64,000 customers (Hillstrom's MineThatData), from the table to the verdict.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "io/table_source.h"
#include "paths_for_tests.h"
#include "respond/response/evaluate.h"
#include "respond/table/read_creator_table.h"

namespace perennial {
namespace {

std::filesystem::path hillstrom_file() {
  const char* named = std::getenv("PERENNIAL_SHARED");
  const std::filesystem::path shared = named ? named : PERENNIAL_SOURCE_DIR "/../shared";
  return shared / "data/hillstrom/hillstrom.csv";
}

/// Womens e-mail against none, who visited; `arm` is an SQL expression for the arm.
CreatorTable read_hillstrom(const std::string& arm) {
  const auto source = open_table_source(hillstrom_file().string());
  CreatorColumns columns;
  columns.query =
      "SELECT row_number() OVER () AS creator_id, " + arm +
      " AS arm, visit, recency, history, mens, womens, newbie, zip_code, channel, history_segment FROM "
      "hillstrom WHERE segment <> 'Mens E-Mail'";
  columns.arm = "arm";
  columns.outcomes = {"visit"};
  return read_creator_table(*source, columns, std::filesystem::temp_directory_path());
}

ResponseEvaluation fit_and_evaluate(const CreatorTable& table, const std::string& salt) {
  FitOptions options;
  options.outcome = "visit";
  options.propensity = 0.5;
  options.salt = salt;
  const auto fit = fit_response(table, options);
  return evaluate_response(fit, table, {.placebos = 0, .half_samples = 200, .seed = 1, .threads = 2});
}

void print(const char* what, const ResponseEvaluation& found) {
  const auto& judged = found.judged;
  const auto& p50 = judged.primary().split;
  std::printf(
      "%s: n %zu, ATE %.4f, AUTOC %.4f (se %.4f, halves %.4f, z %.1f), slope %.2f (%.2f), p50 high %+.4f low "
      "%+.4f "
      "z %.1f, score sd %.4f, %s\n",
      what, judged.creators, judged.ate.mean, judged.targeting.autoc.mean, judged.targeting.autoc.se,
      judged.half_samples.autoc_se, judged.targeting.autoc.z, judged.blp.slope.mean, judged.blp.slope.se,
      p50.high.effect.mean, p50.low.effect.mean, p50.difference.z, judged.score_sd,
      found.decision().reason.c_str());
}

class Hillstrom : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(hillstrom_file()))
      GTEST_SKIP() << "no " << hillstrom_file() << ": PERENNIAL_SHARED names another folder";
  }
};

constexpr const char* real_arm = "CASE segment WHEN 'Womens E-Mail' THEN 'treatment' ELSE 'control' END";

TEST_F(Hillstrom, LaunchesTheScoreOfWhoVisitsAfterAWomensEMail) {
  const auto table = read_hillstrom(real_arm);
  ASSERT_EQ(table.size(), 42693U);
  for (const char* salt : {"perennial", "another", "third"}) {
    const auto found = fit_and_evaluate(table, salt);
    print(salt, found);
    EXPECT_NEAR(found.judged.ate.mean, 0.0452, 0.012);
    EXPECT_NEAR(found.judged.targeting.autoc.mean, 0.0185, 0.010);
    EXPECT_NEAR(found.judged.targeting.autoc.se, 0.005, 0.001);
    EXPECT_EQ(found.decision().verdict, ResponseVerdict::launch) << found.decision().reason;
  }
}

TEST_F(Hillstrom, DoesNotLaunchWhatWasLearnedOfAShuffledTreatment) {
  for (int seed = 1; seed <= 6; ++seed) {
    const auto arm = "CASE WHEN hash(row_number() OVER () * 7919 + " + std::to_string(seed) +
                     ") % 2 = 0 THEN 'treatment' ELSE 'control' END";
    const auto found = fit_and_evaluate(read_hillstrom(arm), "perennial");
    print("shuffled", found);
    EXPECT_EQ(found.decision().verdict, ResponseVerdict::do_not_launch) << found.decision().reason;
  }
}

}  // namespace
}  // namespace perennial
