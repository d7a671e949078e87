#include <gmock/gmock.h>

#include <cmath>

#include "base/error.h"
#include "io/postgres_address.h"
#include "io/postgres_for_tests.h"
#include "io/table_source.h"

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

using PostgresSource = PostgresSuite;

/// The whole result.
Table all_of(TableSource& source, const std::string& query) {
  Table whole;
  source.stream(query, [&](const Table& piece) {
    if (whole.columns.empty()) {
      whole = piece;
      return;
    }
    for (std::size_t c = 0; c < piece.columns.size(); ++c) {
      std::visit(
          [&](auto& to) {
            const auto& from = std::get<std::decay_t<decltype(to)>>(piece.columns[c].values);
            to.insert(to.end(), from.begin(), from.end());
          },
          whole.columns[c].values);
    }
  });
  return whole;
}

std::string sentence_of(const std::function<void()>& work, ErrorCode code) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_THAT(error.what(), Not(HasSubstr("geheim")));
    EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
    return error.what();
  }
  ADD_FAILURE() << "not refused";
  return "";
}

void expect_equal(const Table& a, const Table& b) {
  ASSERT_EQ(a.columns.size(), b.columns.size());
  for (std::size_t c = 0; c < a.columns.size(); ++c) {
    EXPECT_EQ(a.columns[c].name, b.columns[c].name);
    EXPECT_EQ(a.columns[c].values, b.columns[c].values) << a.columns[c].name;
  }
}

TEST_F(PostgresSource, MeansTheSameAsDuckdbByTheSameSelect) {
  TemporaryFolder folder;
  const auto path = folder.write("one.csv", "x\n1\n");
  const auto duckdb = open_table_source(path.string());
  const auto postgres = open_table_source(postgres_->address());
  for (const std::string query : {
           "SELECT 7 / 2 AS whole, CAST(7 AS DOUBLE PRECISION) / 2 AS half, true AS yes, 'a' AS word",
           "SELECT CAST('2026-03-01 10:00:00.5' AS TIMESTAMP) AS t, CAST('2026-03-01' AS DATE) AS d",
           "SELECT CAST('2026-03-01 10:00:00+02' AS TIMESTAMP WITH TIME ZONE) AS t",
           "SELECT CAST(0.1 AS REAL) AS x, CAST(0.1 AS DECIMAL(4, 2)) AS y, 1e300 AS z",
           "SELECT x FROM (VALUES (2), (NULL), (1)) AS v (x) WHERE x IS NOT NULL ORDER BY x DESC;",
           "SELECT CAST(coalesce(x, -1) AS INTEGER) AS x FROM (VALUES (2), (NULL), (1)) AS v (x) ORDER BY "
           "v.x "
           "DESC -- the missing first",
           "SELECT CAST(NULL AS VARCHAR) AS nothing, CAST(5 AS SMALLINT) AS small",
       }) {
    expect_equal(all_of(*duckdb, query), all_of(*postgres, query));
  }
  const auto missing = all_of(*postgres, "SELECT CAST(NULL AS DOUBLE PRECISION) AS x");
  EXPECT_TRUE(std::isnan(missing.reals("x")[0]));
  const auto kinds = [](TableSource& source) {
    std::string text;
    for (const auto& column : source.columns_of("SELECT 1 AS a, 1.5 AS b, true AS c, 'x' AS d, "
                                                "CAST('2026-01-01' AS DATE) AS e, count(*) AS f")) {
      text += column.name + std::to_string(static_cast<int>(column.kind));
    }
    return text;
  };
  EXPECT_EQ(kinds(*duckdb), "a0b1c3d2e2f0");
  EXPECT_EQ(kinds(*postgres), "a0b1c3d2e2f0");
}

TEST_F(PostgresSource, StreamsManyRowsInOrderInPieces) {
  const auto source = open_table_source(postgres_->address());
  std::int64_t next = 0, pieces = 0;
  source->stream("SELECT i FROM generate_series(0, 99999) AS s (i) ORDER BY i", [&](const Table& piece) {
    for (const auto i : piece.integers("i")) ASSERT_EQ(i, next++);
    ++pieces;
  });
  EXPECT_EQ(next, 100000);
  EXPECT_GT(pieces, 5);
}

TEST_F(PostgresSource, SaysInOneSentenceThatTheConnectionWasLostInMidQuery) {
  const auto source = open_table_source(postgres_->address());
  bool killed = false;
  const auto sentence = sentence_of(
      [&] {
        source->stream("SELECT i FROM generate_series(0, 999999) AS s (i)", [&](const Table&) {
          if (!std::exchange(killed, true)) {
            postgres_->execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
                "query LIKE 'FETCH%'");
          }
        });
      },
      ErrorCode::io);
  EXPECT_EQ(sentence,
            "postgresql://tester@/postgres: the connection was lost in mid-query; nothing was kept of "
            "what had come: run the command again");
}

TEST_F(PostgresSource, WritesNothingAndSaysWhyAQueryIsRefused) {
  postgres_->execute("CREATE TABLE keep (x INTEGER); INSERT INTO keep VALUES (1)");
  const auto source = open_table_source(postgres_->address());
  EXPECT_THAT(sentence_of([&] { source->columns_of("SELECT y FROM keep"); }, ErrorCode::invalid_data),
              HasSubstr("column \"y\" does not exist"));
  EXPECT_THAT(sentence_of([&] { source->columns_of("SELECT 1 AS a, 2 AS a"); }, ErrorCode::invalid_data),
              HasSubstr("two columns of the query are named 'a'"));
  sentence_of([&] { all_of(*source, "SELECT 1) AS a; DROP TABLE keep; SELECT * FROM (SELECT 1"); },
              ErrorCode::invalid_data);
  EXPECT_THAT(all_of(*source, "SELECT x FROM keep").integers("x"), ElementsAre(1));
  EXPECT_THAT(source->tables(), ElementsAre("keep"));
  postgres_->execute("DROP TABLE keep");
}

TEST_F(PostgresSource, RefusesWholeNumbersWithGapsLikeDuckdb) {
  const auto source = open_table_source(postgres_->address());
  EXPECT_THAT(
      sentence_of([&] { all_of(*source, "SELECT CAST(NULL AS INTEGER) AS n"); }, ErrorCode::invalid_data),
      HasSubstr("column 'n' has no value in some row"));
}

TEST(PostgresAddress, NeverShowsAPassword) {
  EXPECT_EQ(shown_postgres_address("postgresql://me:p@ss@host:5433/db?password=x"),
            "postgresql://me@host:5433/db");
  EXPECT_EQ(shown_postgres_address("postgres://host/db"), "postgresql://host/db");
  EXPECT_EQ(shown_postgres_reason("postgresql://me:p@ss/w@host/db", "could not translate host name \"ss\""),
            "");
  EXPECT_EQ(shown_postgres_reason("postgresql://host/db?password=abc&x=1", "bad password abc"), "");
  EXPECT_EQ(shown_postgres_reason("postgresql://me:secret@host/db", "FATAL:  no such role\nmore"),
            "no such role");
}

TEST(PostgresAddress, SaysThatAServerIsNotThere) {
  EXPECT_THAT(
      sentence_of([] { open_table_source("postgresql://me:geheim77@/db?host=/nowhere"); }, ErrorCode::io),
      HasSubstr("postgresql://me@/db: cannot be opened: connection to server on socket"));
  EXPECT_THAT(sentence_of([] { open_table_source("postgresql://me:gehe@im/77@host/db"); }, ErrorCode::io),
              HasSubstr("cannot be opened: the reason is not shown"));
}

}  // namespace
}  // namespace perennial
