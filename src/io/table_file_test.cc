#include "io/table_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "io/temporary_folder.h"

namespace perennial {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Table sample() {
  Table table;
  table.add("round", std::vector<std::int64_t>{1, 2}).add("clicks", std::vector<double>{0.1, -3e300});
  table.add("policy", std::vector<std::string>{"silent, or so", "é\"quoted\""});
  return table;
}

void expect_sample(const Table& table) {
  EXPECT_EQ(table.integers("round"), sample().integers("round"));
  EXPECT_EQ(table.reals("clicks"), sample().reals("clicks"));
  EXPECT_EQ(table.texts("policy"), sample().texts("policy"));
}

TEST(TableFile, ParquetAndCsvGiveBackWhatWasWritten) {
  const TemporaryFolder folder;
  write_parquet(folder / "t.parquet", sample());
  expect_sample(read_parquet(folder / "t.parquet"));
  write_csv(folder / "t.csv", sample());
  expect_sample(read_csv(folder / "t.csv"));
  EXPECT_FALSE(std::filesystem::exists(folder / ".t.csv.part"));
}

TEST(TableFile, ReadsJsonLinesWithListsAndGaps) {
  const TemporaryFolder folder;
  const auto path = folder.write(
      "r.jsonl", "{\"user\":\"a\",\"tags\":[\"x\",\"y\"],\"stars\":4}\n{\"user\":\"b\",\"tags\":[]}\n");
  const auto table = read_jsonl(path);
  EXPECT_THAT(table.texts("user"), ElementsAre("a", "b"));
  EXPECT_THAT(table.texts("tags"), ElementsAre("[\"x\",\"y\"]", "[]"));
  EXPECT_EQ(table.reals("stars")[0], 4);
  EXPECT_TRUE(std::isnan(table.reals("stars")[1]));
}

TEST(TableFile, SaysWhichFileItCannotRead) {
  const TemporaryFolder folder;
  const auto expect_error = [](const std::filesystem::path& path, ErrorCode code) {
    try {
      read_parquet(path);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      EXPECT_THAT(error.what(), HasSubstr(path.string()));
    }
  };
  expect_error(folder / "nowhere.parquet", ErrorCode::not_found);
  expect_error(folder.path(), ErrorCode::io);
  expect_error(folder.write("broken.parquet", "this is no parquet"), ErrorCode::invalid_data);
}

}  // namespace
}  // namespace perennial
