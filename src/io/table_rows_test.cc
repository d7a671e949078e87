#include "io/table_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "io/duckdb.h"
#include "io/table_file.h"
#include "io/temporary_folder.h"

namespace perennial {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <class Action>
std::string error_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

class TableRowsTest : public ::testing::Test {
 protected:
  Duckdb db_;
};

std::vector<std::string> texts(const TableRows& rows, std::string_view column) {
  std::vector<std::string> found;
  rows.for_each([&](const TableRow& row) { found.emplace_back(row.text(column)); });
  return found;
}

TEST_F(TableRowsTest, ReadsCsvInFileOrderWithQuotesAndBlankLines) {
  const TemporaryFolder folder;
  const auto path =
      folder.write("a.csv", "\xEF\xBB\xBFid,name\r\n2,\"a, \"\"b\"\"\"\r\n\r\n1,\"two\r\nlines\"\r\n3,\r\n");
  const TableRows rows(db_, path, {"id", "name"});
  EXPECT_THAT(texts(rows, "id"), ElementsAre("2", "1", "3"));
  EXPECT_THAT(texts(rows, "name"), ElementsAre("a, \"b\"", "two\r\nlines", ""));
  EXPECT_EQ(rows.place(0), path.string() + ":2");
  EXPECT_EQ(rows.place(1), path.string() + ":4");
  EXPECT_EQ(rows.place(2), path.string() + ":6");
}

TEST_F(TableRowsTest, SetsBrokenRowsAsideAndStillNamesTheLinesOfTheOthers) {
  const TemporaryFolder folder;
  const auto path = folder.write("a.csv", "id,name\n1,a\n2\n3,c,d\n4,\"e\"f\"\n5,\xFF\n6,ok\n");
  const TableRows rows(db_, path, {"id", "name"});
  EXPECT_THAT(texts(rows, "id"), ElementsAre("1", "6"));
  ASSERT_EQ(rows.broken().size(), 4U);
  EXPECT_THAT(rows.broken()[0], HasSubstr("a.csv:3: column 'name'"));
  EXPECT_THAT(rows.broken()[3], HasSubstr("a.csv:6: "));
  EXPECT_EQ(rows.place(1), path.string() + ":7");
}

TEST_F(TableRowsTest, NamesTheNearestColumnWhenOneIsMissing) {
  const TemporaryFolder folder;
  const auto path = folder.write("a.csv", "user,interest\n1,a\n");
  EXPECT_THAT(error_of([&] {
                TableRows(db_, path, {"user", "interests"});
              }),
              HasSubstr("a.csv: no column 'interests'; did you mean 'interest'?"));
  EXPECT_THAT(error_of([&] { TableRows(db_, folder.write("b.csv", ""), {"user"}); }), HasSubstr("b.csv:1: "));
  EXPECT_FALSE(TableRows(db_, path, {"user"}, {"activity"}).has("activity"));
}

TEST_F(TableRowsTest, NumbersThatBreakTheirRuleNameFileLineAndColumn) {
  const TemporaryFolder folder;
  const TableRows rows(db_, folder.write("a.csv", "n\n7\n-1\nnan\n2.5\n1e3\n\"\"\nx\n99999999999999999999\n"),
                       {"n"});
  std::vector<std::string> said;
  rows.for_each([&](const TableRow& row) { said.push_back(error_of([&] { row.whole("n", 0, 1000); })); });
  ASSERT_GE(said.size(), 7U);
  EXPECT_EQ(said[0], "no error");
  EXPECT_THAT(said[1], HasSubstr("a.csv:3: column 'n' = '-1': must be at least 0"));
  EXPECT_THAT(said[2], HasSubstr("a.csv:4: column 'n' = 'nan': must be a finite number"));
  EXPECT_THAT(said[3], HasSubstr("'2.5': must be a whole number"));
  EXPECT_EQ(said[4], "no error");
  EXPECT_THAT(said.back(), HasSubstr("must be at most 1000"));
}

TEST_F(TableRowsTest, ReadsParquetListsAndNumbersAsText) {
  const TemporaryFolder folder;
  db_.execute("COPY (SELECT 7 AS id, ['a', 'b'] AS tags UNION ALL SELECT 8, NULL) TO " +
              sql_string((folder / "a.parquet").string()));
  const TableRows rows(db_, folder / "a.parquet", {"id", "tags"});
  EXPECT_THAT(texts(rows, "tags"), ElementsAre("a|b", ""));
  EXPECT_THAT(error_of([&] { rows.for_each([](const TableRow& row) { row.some_text("tags"); }); }),
              HasSubstr("a.parquet: row 2: column 'tags' = '': must not be empty"));
}

TEST_F(TableRowsTest, KeepsTheOrderOfManyRows) {
  const TemporaryFolder folder;
  std::string text = "n\n";
  for (int i = 0; i < 300'000; ++i) text += std::to_string(i) + "\n";
  const TableRows rows(db_, folder.write("a.csv", text), {"n"});
  std::int64_t next = 0;
  rows.for_each([&](const TableRow& row) { EXPECT_EQ(row.whole("n", 0, 300'000), next++); });
  EXPECT_EQ(next, 300'000);
}

}  // namespace
}  // namespace perennial
