#include "respond/theory/diagnose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "io/postgres_for_tests.h"
#include "io/table_source.h"
#include "respond/theory/event_logs.h"
#include "respond/theory/logs_for_tests.h"

namespace perennial {
namespace {

using testing::HasSubstr;

Diagnosis diagnose_folder(const TemporaryFolder& folder, double period = 10) {
  Diagnosis diagnosis;
  const auto source = open_table_source(folder.path().string());
  diagnose_logs(diagnosis, *source, period);
  judge(diagnosis);
  return diagnosis;
}

std::string refusal(const TemporaryFolder& folder, double period = 10) {
  try {
    diagnose_folder(folder, period);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(DiagnoseLogs, FindsWhatWasPutIn) {
  TemporaryFolder folder;
  simulate_logs(1, .1, .3).write(folder);
  const auto d = diagnose_folder(folder);
  EXPECT_EQ(d.periods, 8U);
  ASSERT_TRUE(d.discounting && d.content_gap && d.response && d.spillover);
  EXPECT_NEAR(d.response->effect.mean, .1, 3 * d.response->effect.se);
  EXPECT_GT(d.response->effect.low, 0);
  EXPECT_NEAR(d.spillover->others_share.mean, .3, 3 * d.spillover->others_share.se);
  EXPECT_LT(d.spillover->others_share.se, .02);
  EXPECT_EQ(d.verdict, DiagnosisVerdict::run_an_experiment);
}

TEST(DiagnoseLogs, FindsNoResponseAndNoSpilloverWhereThereIsNone) {
  TemporaryFolder folder;
  simulate_logs(2, 0, 0).write(folder);
  const auto d = diagnose_folder(folder);
  EXPECT_LT(d.response->effect.low, 0);
  EXPECT_GT(d.response->effect.high, 0);
  EXPECT_EQ(d.spillover->others_share.high, 0);
  EXPECT_NE(d.verdict, DiagnosisVerdict::run_an_experiment);
}

TEST(DiagnoseLogs, CoversTheShareOfOthersInManyLogs) {
  int covered = 0;
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    TemporaryFolder folder;
    auto logs = simulate_logs(seed, 0, .3, 40);
    folder.write("posts.csv", logs.posts);
    folder.write("likes.csv", logs.likes);
    const auto source = open_table_source(folder.path().string());
    const auto share = EventLogs(*source, 10).spillover()->others_share;
    covered += share.low <= .3 && .3 <= share.high;
  }
  EXPECT_GE(covered, 21) << "of 25; fewer happen once in 30 times at a true 95%";
}

TEST(DiagnoseLogs, WithoutPostIdsLooksAtPeriodsInsteadOfPosts) {
  TemporaryFolder folder;
  folder.write("posts.csv", "creator_id,created_at\na,1\na,11\nb,1\nb,11\n");
  folder.write("likes.csv", "creator_id,user_id,created_at\na,u,2\na,u,12\na,v,19\nb,w,2\nb,w,12\nb,w,13\n");
  const auto d = diagnose_folder(folder);
  ASSERT_TRUE(d.spillover.has_value());
  EXPECT_DOUBLE_EQ(d.spillover->others_share.mean, .25) << "v, of four likes in the second period";
  EXPECT_DOUBLE_EQ(d.discounting->returning_share.mean, 1) << "u and w";
  EXPECT_EQ(d.why_not[1], "there is no table impressions");
  EXPECT_THAT(d.why_not[2], HasSubstr("30 creators with four periods each"));
  EXPECT_EQ(d.verdict, DiagnosisVerdict::insufficient_data);
}

TEST(DiagnoseLogs, ReadsTimestampsAndTakesAWeekForAPeriod) {
  TemporaryFolder folder;
  folder.write("likes.csv",
               "creator_id,user_id,created_at\na,u,2024-01-01 00:00:00\na,u,2024-01-09 12:00:00\n"
               "a,v,2024-01-03 00:00:00\na,v,2024-01-14 18:00:00\nb,w,2024-01-02 00:00:00\n");
  const auto d = diagnose_folder(folder, 0);
  EXPECT_EQ(d.periods, 2U);
  EXPECT_TRUE(d.period_in_seconds);
  EXPECT_NEAR(d.discounting->returning_share.mean, 2 / 3.0, 1e-12);
  EXPECT_EQ(d.why_not[3], "there is no table posts");
}

TEST(DiagnoseLogs, NameLackingColumnsAndAnswerWhatCanStillBeAnswered) {
  TemporaryFolder folder;
  auto logs = simulate_logs(3, 0, .2, 40);
  logs.posts.replace(0, logs.posts.find('\n'), "post_id,author,created_at");
  logs.write(folder);
  folder.write("clicks.csv", "creator_id,created_at\nc1,5\n");
  folder.write("comments.csv", "creator_id,user_id,created_at\nc1,u,5\nc1,u,25\nc2,v,5\n");
  const auto d = diagnose_folder(folder);
  EXPECT_TRUE(d.discounting.has_value());
  EXPECT_FALSE(d.content_gap || d.response || d.spillover);
  for (std::size_t condition = 1; condition < 4; ++condition)
    EXPECT_EQ(d.why_not[condition], "table posts lacks creator_id");
  EXPECT_THAT(d.warnings, testing::UnorderedElementsAre("table likes lacks creator_id and is left out",
                                                        "table clicks lacks user_id and is left out"));
}

TEST(DiagnoseLogs, RefuseInOneSentenceWhatHoldsNothingToCompare) {
  TemporaryFolder folder;
  folder.write("likes.csv", "creator_id,user_id,created_at\na,u,1\na,v,7\n");
  EXPECT_THAT(refusal(folder),
              HasSubstr("the events cover 0.7 periods; every condition compares a period with a "
                        "later one"));
  EXPECT_THAT(refusal(folder, 0), HasSubstr("times are numbers; say with --period"));
  folder.write("posts.csv", "creator_id,created_at\na,2024-01-01 00:00:00\n");
  EXPECT_THAT(refusal(folder), HasSubstr("time is a number in one of the tables posts and likes"));
  TemporaryFolder empty;
  empty.write("likes.csv", "creator_id,user_id,created_at\n");
  EXPECT_THAT(refusal(empty, 0), HasSubstr("the logs hold no events"));
  TemporaryFolder other;
  other.write("customers.csv", "name\nx\n");
  EXPECT_THAT(refusal(other), HasSubstr("no event logs there"));
}

/// What PostgreSQL holds of the same logs.
void fill(const PostgresForTests& postgres, const LogsForTests& logs) {
  const auto load = [&](const std::string& table, const std::string& columns, const std::string& csv) {
    postgres.execute("CREATE TABLE " + table + " (" + columns + ")");
    std::string values;
    for (std::size_t at = csv.find('\n') + 1; at < csv.size();) {
      const auto end = csv.find('\n', at);
      std::string row = csv.substr(at, end - at);
      for (std::size_t comma = 0; (comma = row.find(',', comma)) != std::string::npos; comma += 3)
        row.replace(comma, 1, "','");
      values += (values.empty() ? "('" : ",('") + row + "')";
      at = end + 1;
    }
    postgres.execute("INSERT INTO " + table + " VALUES " + values);
  };
  load("posts", "post_id BIGINT, creator_id TEXT, created_at INTEGER", logs.posts);
  load("impressions", "creator_id TEXT, user_id TEXT, created_at INTEGER", logs.impressions);
  load("likes", "post_id BIGINT, user_id TEXT, created_at INTEGER", logs.likes);
}

TEST(DiagnoseLogs, SayTheSameFromPostgresqlAndOneSentenceWhenItGoesAway) {
  auto postgres = std::make_unique<PostgresForTests>();
  if (!postgres->absent().empty()) GTEST_SKIP() << postgres->absent();
  const auto logs = simulate_logs(5, .1, .3, 60);
  TemporaryFolder folder;
  logs.write(folder);
  fill(*postgres, logs);
  const auto source = open_table_source(postgres->address());
  Diagnosis d;
  diagnose_logs(d, *source, 10);
  const auto same = diagnose_folder(folder);
  ASSERT_TRUE(d.discounting && d.content_gap && d.response && d.spillover);
  const auto expect_equal = [](const Estimate& a, const Estimate& b) {
    EXPECT_NEAR(a.mean, b.mean, 1e-12);
    EXPECT_NEAR(a.se, b.se, 1e-12);
  };
  expect_equal(d.discounting->discounted_later_share, same.discounting->discounted_later_share);
  expect_equal(d.content_gap->gap, same.content_gap->gap);
  expect_equal(d.response->effect, same.response->effect);
  expect_equal(d.spillover->others_share, same.spillover->others_share);

  postgres.reset();
  try {
    diagnose_logs(d, *source, 10);
    FAIL() << "nobody is there";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::io);
    EXPECT_THAT(error.what(), HasSubstr("connection"));
  }
}

// Panels.

std::string panel_with(bool arm, bool before) {
  std::string text = "creator_id,posts,likes";
  if (arm) text += ",arm";
  if (before) text += ",posts_before,likes_before";
  text += "\n";
  const Draws draws(6, Purpose::sensitivity);
  for (std::uint32_t c = 0; c < 2000; ++c) {
    const bool treated = draws.coin(.5, c, 1);
    const double likes_before = poisson(draws, 4, c, 5), posts_before = poisson(draws, 2, c, 6);
    const double likes = poisson(draws, treated ? 8 : 4, c, 2);
    const double posts = poisson(draws, 1 + .25 * likes + (arm ? 0 : .2 * likes_before), c, 3);
    text += fmt::format("c{},{},{}", c, posts, likes);
    if (arm) text += treated ? ",treatment" : ",control";
    if (before) text += fmt::format(",{},{}", posts_before, likes_before);
    text += "\n";
  }
  return text;
}

Diagnosis diagnose_panel_text(const std::string& text, const DiagnosedPanel& columns = {}) {
  TemporaryFolder folder;
  const auto source = open_table_source(folder.write("panel.csv", text).string());
  Diagnosis d;
  diagnose_panel(d, *source, columns);
  judge(d);
  return d;
}

TEST(DiagnosePanel, WithArmsMeasuresTheResponseByExperiment) {
  const auto d = diagnose_panel_text(panel_with(true, true));
  ASSERT_TRUE(d.response.has_value());
  EXPECT_EQ(d.response->evidence, ResponseEvidence::experiment);
  EXPECT_NEAR(d.response->effect.mean, 1, 3 * d.response->effect.se);
  EXPECT_NEAR(d.response->relative.mean, .5, 3 * d.response->relative.se);
  EXPECT_NEAR(d.response->posts_per_engagement->mean, .25, 3 * d.response->posts_per_engagement->se);
  EXPECT_GE(d.response->groups.size(), 4U);
  EXPECT_EQ(d.verdict, DiagnosisVerdict::worth_it);
  EXPECT_EQ(d.why_not[0], "needs event logs with users (--logs)");
}

TEST(DiagnosePanel, WithoutArmsSaysThatItOnlyComparesCreators) {
  const auto d = diagnose_panel_text(panel_with(false, true));
  EXPECT_EQ(d.response->evidence, ResponseEvidence::between_creators);
  EXPECT_NEAR(d.response->effect.mean, .2, 3 * d.response->effect.se);
  EXPECT_EQ(d.verdict, DiagnosisVerdict::run_an_experiment);
}

TEST(DiagnosePanel, WithNeitherArmsNorValuesBeforeNamesWhatItLacks) {
  const auto d = diagnose_panel_text(panel_with(false, false));
  EXPECT_FALSE(d.any());
  EXPECT_EQ(d.why_not[2], "the panel lacks an arm column, or else posts_before and likes_before");
}

TEST(DiagnosePanel, NamesAColumnThatIsNotThereAndWhatThatCosts) {
  DiagnosedPanel mistyped;
  mistyped.outcome = "post";
  try {
    diagnose_panel_text(panel_with(true, true), mistyped);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("no column 'post'; did you mean 'posts'?; without it the creators' response"));
  }
  EXPECT_THROW(diagnose_panel_text("creator_id,arm,posts\n"), Error) << "no rows";
}

TEST(DiagnosePanel, TakesThePlaceOfWhatLogsSayOnlyWithAnExperiment) {
  TemporaryFolder folder;
  simulate_logs(1, .1, .3, 60).write(folder);
  for (const bool arm : {true, false}) {
    Diagnosis d = diagnose_folder(folder);
    TemporaryFolder other;
    const auto source = open_table_source(other.write("panel.csv", panel_with(arm, true)).string());
    diagnose_panel(d, *source, {});
    EXPECT_EQ(d.response->evidence, arm ? ResponseEvidence::experiment : ResponseEvidence::within_creators);
    EXPECT_TRUE(d.spillover.has_value());
  }
}

}  // namespace
}  // namespace perennial
