#include "report/tables.h"

#include <gtest/gtest.h>

#include "io/table_file.h"
#include "io/temporary_folder.h"
#include "report/comparison_for_tests.h"

namespace perennial {
namespace {

TEST(RoundsTable, HasOneRowPerPolicySeedAndRound) {
  const Table table = rounds_table(made_up_main_job(3, 4));
  EXPECT_EQ(table.rows(), 6U * 3U * 4U);
  EXPECT_EQ(table.columns.size(), 3 + metric_count);
  EXPECT_EQ(table.texts("policy")[12], "random");
  EXPECT_EQ(table.integers("seed")[5], 2);
  EXPECT_EQ(table.integers("round")[5], 2);
}

TEST(RoundsTable, ComesBackFromParquetAsItWent) {
  const TemporaryFolder folder;
  const Comparison comparison = made_up_main_job(2, 3);
  write_parquet(folder / "rounds.parquet", rounds_table(comparison));
  const Table back = read_parquet(folder / "rounds.parquet");
  const Table went = rounds_table(comparison);
  ASSERT_EQ(back.columns.size(), went.columns.size());
  for (std::size_t i = 0; i < went.columns.size(); ++i) {
    EXPECT_EQ(back.columns[i].name, went.columns[i].name);
    EXPECT_EQ(back.columns[i].values, went.columns[i].values) << went.columns[i].name;
  }
}

TEST(CreatorsTable, HoldsEveryCreatorsOutcome) {
  const TemporaryFolder folder;
  const Comparison comparison = made_up_main_job(2, 10);
  write_parquet(folder / "creators.parquet", creators_table(comparison));
  const Table back = read_parquet(folder / "creators.parquet");
  ASSERT_EQ(back.rows(), 6U * 2U * 50U);
  const CreatorOutcome& outcome = comparison.policies[1].runs[0].creators[7];
  const std::size_t row = 100 + 7;
  EXPECT_EQ(back.texts("policy")[row], "random");
  EXPECT_EQ(back.integers("creator")[row], 7);
  EXPECT_EQ(back.integers("genres")[row], outcome.genres);
  EXPECT_EQ(back.integers("clicks")[row], static_cast<std::int64_t>(outcome.clicks));
  EXPECT_EQ(back.reals("predicted_trust")[row], outcome.predicted_trust);
}

}  // namespace
}  // namespace perennial
