#include "io/duckdb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"

namespace perennial {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Duckdb, AnswersAQueryInTypedColumns) {
  Duckdb db;
  const auto table = db.query(
      "SELECT 1::INTEGER AS a, 0.5::DOUBLE AS b, 'x''y' AS c UNION ALL SELECT 2, NULL, NULL ORDER BY a");
  EXPECT_THAT(table.integers("a"), ElementsAre(1, 2));
  EXPECT_EQ(table.reals("b")[0], 0.5);
  EXPECT_TRUE(std::isnan(table.reals("b")[1]));
  EXPECT_THAT(table.texts("c"), ElementsAre("x'y", ""));
}

TEST(Duckdb, RefusesAMissingWholeNumberRatherThanInventingOne) {
  Duckdb db;
  EXPECT_THROW(db.query("SELECT NULL::BIGINT AS a"), Error);
}

TEST(Duckdb, LoadedRowsComeBackInTheirOrderAcrossManyChunks) {
  Table table;
  std::vector<std::int64_t> numbers(10'000);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = static_cast<std::int64_t>(i * i);
    texts.push_back(std::string(i % 40, 'a'));
  }
  table.add("n", numbers).add("odd \" name", texts);
  Duckdb db;
  db.load("rows", table);
  std::vector<std::int64_t> back;
  std::size_t pieces = 0;
  db.stream("SELECT * FROM rows", [&](const Table& piece) {
    ++pieces;
    back.insert(back.end(), piece.integers("n").begin(), piece.integers("n").end());
  });
  EXPECT_EQ(back, numbers);
  EXPECT_GT(pieces, 1U);
  EXPECT_EQ(db.query("SELECT * FROM rows").texts("odd \" name"), texts);
}

TEST(Duckdb, SaysInOneSentenceWhatItRefuses) {
  Duckdb db;
  try {
    db.execute("SELECT * FROM nowhere");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    EXPECT_THAT(error.what(), HasSubstr("nowhere"));
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
}

TEST(Duckdb, FetchesAndLoadsNoExtensions) {
  Duckdb db;
  EXPECT_THROW(db.query("SELECT * FROM read_parquet('https://example.invalid/a.parquet')"), Error);
}

TEST(Table, NamesTheNearestColumn) {
  Table table;
  table.add("user_id", std::vector<std::int64_t>{1});
  try {
    table.integers("user_ID");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'user_id'?"));
  }
  EXPECT_THROW(table.texts("user_id"), Error);
}

}  // namespace
}  // namespace perennial
