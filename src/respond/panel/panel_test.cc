#include "respond/panel/panel.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>

#include "base/error.h"
#include "io/postgres_for_tests.h"
#include "io/table_source.h"
#include "respond/panel/panel_spec_file.h"

namespace perennial {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::NanSensitiveDoubleEq;

using PanelOnPostgres = PostgresSuite;

// The experiment runs from March 1 to March 8, so that its outcomes' week before is February 22 to 28.
constexpr const char* posts =
    "creator_id,created_at,seconds\n"
    "1,2026-01-10 00:00:00,10\n"  // 50 days before the start
    "1,2026-02-20 12:00:00,20\n"  // 8.5 days
    "1,2026-02-28 00:00:00,30\n"  // 1 day
    "1,2026-02-28 23:59:59,\n"
    "1,2026-03-01 00:00:00,40\n"  // the first moment of the experiment
    "1,2026-03-07 23:59:59,50\n"
    "1,2026-03-08 00:00:00,60\n"  // too late
    "2,2026-02-01 00:00:00,5\n"   // 28 days: in
    "10,2026-01-31 23:59:59,6\n"  // in the 28 days before those
    "3,2026-03-02 00:00:00,7\n";  // came only after the start

constexpr const char* likes =
    "creator_id,user_id,created_at\n"
    "1,7,2026-02-25 00:00:00\n"
    "1,7,2026-02-26 00:00:00\n"
    "1,8,2026-02-27 00:00:00\n"
    "2,7,2026-03-03 00:00:00\n"
    "4,7,2026-02-03 00:00:00\n";  // never posted, but was liked before

class PanelMaking : public testing::Test {
 protected:
  PanelMaking() {
    folder_.write("posts.csv", posts);
    folder_.write("likes.csv", likes);
  }

  static PanelSpec spec() {
    PanelSpec spec;
    spec.start = "2026-03-01";
    spec.end = "2026-03-08";
    return spec;
  }

  Panel make(PanelSpec made = spec()) {
    const auto source = open_table_source(folder_.path().string());
    return make_panel(*source, std::move(made));
  }

  std::string refusal(PanelSpec made = spec()) {
    try {
      make(std::move(made));
    } catch (const Error& error) {
      return error.what();
    }
    ADD_FAILURE() << "not refused";
    return "";
  }

  TemporaryFolder folder_;
};

void expect_hand_computed(const Table& table) {
  EXPECT_THAT(table.texts("creator_id"), ElementsAre("1", "10", "2", "4"))
      << "by their letters; 3 came later";
  EXPECT_THAT(table.integers("posts"), ElementsAre(2, 0, 0, 0));
  EXPECT_THAT(table.integers("posts_before"), ElementsAre(2, 0, 0, 0));
  EXPECT_THAT(table.integers("likes"), ElementsAre(0, 0, 1, 0));
  EXPECT_THAT(table.integers("likes_before"), ElementsAre(3, 0, 0, 0));
  EXPECT_THAT(table.integers("posts_7d"), ElementsAre(2, 0, 0, 0));
  EXPECT_THAT(table.integers("posts_28d"), ElementsAre(3, 0, 1, 0));
  EXPECT_THAT(table.integers("posts_earlier_28d"), ElementsAre(1, 1, 0, 0));
  EXPECT_THAT(table.integers("posts_days_28d"), ElementsAre(2, 0, 1, 0));
  EXPECT_THAT(table.integers("likes_users_28d"), ElementsAre(2, 0, 0, 1));
  EXPECT_THAT(table.reals("posts_recency_days"),
              ElementsAre(1.0 / 86400, 28 + 1.0 / 86400, 28, NanSensitiveDoubleEq(NAN)));
  EXPECT_THAT(table.reals("posts_age_days"),
              ElementsAre(50, 28 + 1.0 / 86400, 28, NanSensitiveDoubleEq(NAN)));
}

TEST_F(PanelMaking, CountsWhatHandsCountInAFolderOfFiles) {
  const auto panel = make();
  expect_hand_computed(panel.table);
  EXPECT_THAT(panel.warnings,
              Contains("likes end at 2026-03-03 00:00:00, before the experiment's end 2026-03-08 "
                       "00:00:00: outcomes are incomplete"));
  EXPECT_THAT(panel.warnings, Contains("likes begin at 2026-02-03 00:00:00, after the windows of likes_28d, "
                                       "likes_earlier_28d, likes_users_28d do"));
}

TEST_F(PanelMaking, TakesItsCreatorsFromTheAssignment) {
  folder_.write("assignment.csv", "creator_id,arm,city\n2,treatment,a\n1,control,b\n99,control,a\n");
  folder_.write("creators.csv", "creator_id,country,age\n1,FR,30\n99,DE,\n");
  auto given = spec();
  given.assignment.table = "assignment";
  given.assignment.cluster = "city";
  given.creators.features = "country, age";
  const auto table = make(given).table;
  EXPECT_THAT(table.texts("creator_id"), ElementsAre("1", "2", "99"));
  EXPECT_THAT(table.texts("arm"), ElementsAre("control", "treatment", "control"));
  EXPECT_THAT(table.texts("cluster"), ElementsAre("b", "a", "a"));
  EXPECT_THAT(table.integers("posts"), ElementsAre(2, 0, 0));
  EXPECT_THAT(table.texts("country"), ElementsAre("FR", "", "DE"));
  EXPECT_THAT(table.reals("age"), ElementsAre(30, NanSensitiveDoubleEq(NAN), NanSensitiveDoubleEq(NAN)));
}

TEST_F(PanelMaking, LeavesOutWhoJoinedAfterTheStart) {
  folder_.write("creators.csv", "creator_id,joined\n1,2020-01-01\n3,2026-03-02\n5,2026-02-28\n");
  auto given = spec();
  given.creators.joined = "joined";
  EXPECT_THAT(make(given).table.texts("creator_id"), ElementsAre("1", "5"));
}

TEST_F(PanelMaking, RefusesAFeatureThatLooksPastTheStartByItsName) {
  auto given = parse_panel_spec(
      "start = \"2026-03-01\"\nend = \"2026-03-08\"\n[[feature]]\nname = \"late\"\nevent = \"posts\"\n"
      "from_days = -7\nto_days = 3\n",
      "spec.toml");
  EXPECT_THAT(refusal(given),
              HasSubstr("feature 'late' looks past the experiment's start: its window ends 3 days "
                        "after it"));
}

TEST_F(PanelMaking, SaysWhatIsWrongInASpec) {
  auto given = spec();
  given.end = "2026-02-01";
  EXPECT_THAT(refusal(given), HasSubstr("end 2026-02-01 does not follow its start 2026-03-01"));
  given.end = "tomorrow";
  EXPECT_THAT(refusal(given), HasSubstr("end 'tomorrow': must be a day as 2026-03-01"));
  given = spec();
  given.outcomes.emplace_back().name = "x";
  EXPECT_THAT(refusal(given), HasSubstr("outcome 'x': say of which events"));
  given.outcomes[0].event = "post";
  EXPECT_THAT(refusal(given), HasSubstr("no events 'post'; did you mean 'posts'?"));
  given.outcomes[0].event = "posts";
  given.outcomes[0].measure = "sum";
  EXPECT_THAT(refusal(given), HasSubstr("outcome 'x': the sum needs a column"));
  given.outcomes[0].value = "second";
  EXPECT_THAT(refusal(given), HasSubstr("table 'posts' has no column 'second'; did you mean 'seconds'?"));
  given.outcomes[0].value = "seconds";
  EXPECT_THAT(make(given).table.reals("x"), ElementsAre(90, 0, 0, 0));
  given.outcomes.push_back(given.outcomes[0]);
  EXPECT_THAT(refusal(given), HasSubstr("two columns of the panel are named 'x'"));
}

TEST_F(PanelMaking, SaysWhatIsWrongInTheTables) {
  folder_.write("assignment.csv", "creator_id,arm\n2,t\n1,c\n2,c\n");
  EXPECT_THAT(refusal(), HasSubstr("creator '2' stands twice in table 'assignment'"));
  folder_.write("posts.csv", "creator_id,created_at\n1,17700000\n");
  EXPECT_THAT(refusal(), HasSubstr("table 'posts': column 'created_at' holds numbers, not times"));
  folder_.write("posts.csv", "creator,at\n1,2026-01-01\n");
  EXPECT_THAT(refusal(), HasSubstr("table 'posts' has no column 'creator_id'"));
  EXPECT_THAT(refusal(), HasSubstr("[events.posts] in --spec says what it is called"));
  const TemporaryFolder other;
  const auto source = open_table_source(other.write("clicks.csv", "x\n1\n").string());
  EXPECT_THROW(make_panel(*source, spec()), Error);
}

TEST_F(PanelMaking, ReadsItsOwnSpecBack) {
  folder_.write("assignment.csv", "creator_id,arm\n2,t\n1,c\n");
  const auto panel = make();
  const auto text = to_toml(panel.spec);
  const auto again = parse_panel_spec(text, "config.toml");
  EXPECT_EQ(to_toml(again), text);
  EXPECT_EQ(make(again).sql, panel.sql);
}

TEST(PanelSpecFile, NamesTheLineOfAMistake) {
  const auto sentence = [](const std::string& text) -> std::string {
    try {
      parse_panel_spec(text, "s.toml");
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(sentence("strat = \"2026-01-01\"\n"),
              HasSubstr("s.toml:1: strat: no such key; did you mean 'start'?"));
  EXPECT_THAT(sentence("[[feature]]\nname = \"x\"\nmeasure = \"cout\"\n"), HasSubstr("s.toml:3"));
  EXPECT_THAT(sentence("[events.posts]\ntime = [1, 2]\n"), HasSubstr("must be one value, not a list"));
  EXPECT_THAT(sentence("[events]\nposts = 1\n"), HasSubstr("stands in the wrong place"));
}

TEST_F(PanelOnPostgres, CountsWhatHandsCountByTheSameQuery) {
  postgres_->execute(
      "CREATE TABLE posts (creator_id BIGINT, created_at TIMESTAMPTZ, seconds INTEGER);"
      "CREATE TABLE likes (creator_id BIGINT, user_id INTEGER, created_at TIMESTAMP);"
      "SET TimeZone = 'UTC';");
  const auto load = [&](const std::string& table, std::string csv) {
    std::string sql = "SET TimeZone = 'UTC'; INSERT INTO " + table + " VALUES ";
    csv = csv.substr(csv.find('\n') + 1);
    for (std::size_t at = 0; at < csv.size();) {
      const auto end = csv.find('\n', at);
      std::string row;
      for (std::size_t from = at; from <= end;) {
        const auto to = std::min(csv.find(',', from), end);
        const auto value = csv.substr(from, to - from);
        row += (row.empty() ? "" : ",") + (value.empty() ? "NULL" : fmt::format("'{}'", value));
        from = to + 1;
      }
      sql += fmt::format("{}({})", at == 0 ? "" : ",", row);
      at = end + 1;
    }
    postgres_->execute(sql);
  };
  load("posts", posts);
  load("likes", likes);
  const auto source = open_table_source(postgres_->address());
  PanelSpec spec;
  spec.start = "2026-03-01";
  spec.end = "2026-03-08";
  auto& summed = spec.outcomes.emplace_back();
  summed.name = "seconds";
  summed.event = "posts";
  summed.measure = "sum";
  summed.value = "seconds";
  EXPECT_THAT(make_panel(*source, spec).table.reals("seconds"), ElementsAre(90, 0, 0, 0));
  spec.outcomes.clear();
  const auto panel = make_panel(*source, spec);
  expect_hand_computed(panel.table);

  TemporaryFolder folder;
  folder.write("posts.csv", posts);
  folder.write("likes.csv", likes);
  const auto files = open_table_source(folder.path().string());
  const auto same = make_panel(*files, spec);
  EXPECT_EQ(same.sql, panel.sql);
  ASSERT_EQ(same.table.columns.size(), panel.table.columns.size());
  for (std::size_t c = 0; c < same.table.columns.size(); ++c) {
    EXPECT_EQ(same.table.columns[c].name, panel.table.columns[c].name);
    EXPECT_EQ(same.table.columns[c].values.index(), panel.table.columns[c].values.index());
  }
}

}  // namespace
}  // namespace perennial
