#include "io/table_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "io/duckdb.h"
#include "io/table_file.h"
#include "io/temporary_folder.h"

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

double sum_of(TableSource& source, const std::string& query) {
  double sum = 0;
  source.stream(query, [&](const Table& piece) { sum = piece.reals("sum")[0]; });
  return sum;
}

std::string refusal(const std::filesystem::path& path) {
  try {
    open_table_source(path.string());
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr(path.string()));
    return error.what();
  }
  ADD_FAILURE() << "not refused";
  return "";
}

TEST(TableSource, MakesATableOfEachFileAndOfEachSubfolderOfAFolder) {
  const TemporaryFolder folder;
  folder.write("likes.csv", "n\n1\n2\n");
  write_parquet(folder / "posts.parquet", Table().add("n", std::vector<std::int64_t>{5}));
  std::filesystem::create_directory(folder / "seen");
  write_parquet(folder / "seen/a.parquet", Table().add("n", std::vector<std::int64_t>{7}));
  write_parquet(folder / "seen/b.parquet", Table().add("n", std::vector<std::int64_t>{8}));
  folder.write("notes.txt", "nothing");
  const auto source = open_table_source(folder.path().string());
  EXPECT_THAT(source->tables(), ElementsAre("likes", "posts", "seen"));
  EXPECT_EQ(sum_of(*source, "SELECT sum(n) AS sum FROM likes"), 3);
  EXPECT_EQ(sum_of(*source, "SELECT sum(n) AS sum FROM seen"), 15);
}

TEST(TableSource, ReadsADatabaseFileWithoutWriting) {
  const TemporaryFolder folder;
  const auto path = folder / "platform.duckdb";
  {
    Duckdb db;
    db.execute("ATTACH " + sql_string(path.string()) + " AS d");
    db.execute("CREATE TABLE d.creators AS SELECT 4.5 AS sum");
  }
  const auto source = open_table_source(path.string());
  EXPECT_THAT(source->tables(), ElementsAre("creators"));
  EXPECT_EQ(sum_of(*source, "SELECT sum FROM creators;"), 4.5);
  EXPECT_EQ(sum_of(*source, "SELECT * FROM creators -- all"), 4.5);
}

TEST(TableSource, TakesATextFarDownAColumnOfNumbersForWhatItIs) {
  const TemporaryFolder folder;
  std::string csv = "x\n";
  for (int i = 0; i < 50000; ++i) csv += "1\n";
  const auto source = open_table_source(folder.write("t.csv", csv + "many\n").string());
  EXPECT_EQ(source->columns_of("SELECT * FROM t")[0].kind, ColumnKind::text);
}

TEST(TableSource, SaysWhatIsNoTable) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal(folder / "none.parquet"), HasSubstr("cannot be read: No such file"));
  EXPECT_THAT(refusal(folder.path()), HasSubstr("no .parquet or .csv file there"));
  EXPECT_THAT(refusal(folder.write("t.xlsx", "x")),
              HasSubstr("is no table: names end in .csv, .parquet or .duckdb"));
  EXPECT_THAT(refusal(folder.write("t.parquet", "no parquet")), HasSubstr("t.parquet"));
  EXPECT_THAT(refusal(folder.write("t.duckdb", "no database")), HasSubstr("t.duckdb"));
}

TEST(TableSource, LeavesErrorsOfTheTakerAsTheyAre) {
  const TemporaryFolder folder;
  const auto source = open_table_source(folder.write("t.csv", "x\n1\n").string());
  try {
    source->stream("SELECT * FROM t", [](const Table&) { throw Error(ErrorCode::io, "the taker's"); });
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "the taker's");
  }
}

}  // namespace
}  // namespace perennial
