#include "study/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "io/table_file.h"
#include "io/temporary_folder.h"
#include "platform/suggest/suggestion_policies.h"
#include "simulate/small_run_for_tests.h"
#include "study/platform_recorder.h"
#include "study/training.h"

namespace perennial {
namespace {

using testing::HasSubstr;

template <class T>
std::vector<std::byte> bytes_of(T value) {
  Archive archive;
  value.persist(archive);
  return archive.bytes();
}

PlatformLogs played_logs(const SimulationOptions& options, const World& world, const std::string& policy,
                         int rounds, std::uint64_t seed = 5) {
  Workers workers;
  Simulation simulation(options, world, policy, seed, workers);
  auto logs = begin_logs(simulation.ecosystem(), options);
  for (int r = 0; r < rounds; ++r) {
    simulation.play_round();
    log_round(simulation.ecosystem(), logs);
  }
  return logs;
}

PlatformLogs through_files(const PlatformLogs& logs) {
  const TemporaryFolder scratch;
  RunFolder folder(scratch / "run", "simulate");
  write_platform_logs(folder, logs);
  return read_platform_logs(folder.path());
}

TEST(Replay, KnowsBeforeEveryRoundWhatThePlatformKnew) {
  for (const std::string setting : {"lockin", "open"}) {
    const auto options = lively(setting);
    const int rounds = 40;
    const auto logs = through_files(played_logs(options, small_world(), "random", rounds));
    EXPECT_GT(logs.joined.back(), 0U) << "somebody joined";
    Workers workers;
    Simulation simulation(options, small_world(), "random", 5, workers);
    Replay replay(logs, options.trust_predictor);
    for (int r = 0; r < rounds; ++r) {
      ASSERT_TRUE(replay.next());
      EXPECT_EQ(replay.request(workers).round, static_cast<std::uint32_t>(r + 1));
      simulation.play_round();
      const auto& e = simulation.ecosystem();
      EXPECT_EQ(replay.log().active_creators, e.log.active_creators);
      EXPECT_EQ(replay.log().suggested, e.log.suggested);
      EXPECT_EQ(replay.log().followed, e.log.followed);
      EXPECT_EQ(replay.log().active_users, e.log.active_users);
      EXPECT_EQ(replay.log().shown.items, e.log.shown.items);
      EXPECT_EQ(replay.log().clicked, e.log.clicked);
      EXPECT_EQ(replay.log().next_best, e.log.next_best);
      replay.finish_round();
      EXPECT_EQ(bytes_of(replay.records()), bytes_of(e.records));
      EXPECT_EQ(bytes_of(replay.items()), bytes_of(e.items));
      EXPECT_EQ(bytes_of(replay.tables()), bytes_of(e.tables));
      EXPECT_TRUE(std::ranges::equal(replay.predicted_trust(), e.trust_predictor.predicted()));
    }
    EXPECT_FALSE(replay.next());
  }
}

TEST(PlatformLogs, AreTheSameWhenCutOffAndGoneOnWith) {
  const auto options = lively("lockin");
  Workers workers;
  Simulation simulation(options, small_world(), "random", 5, workers);
  PlatformLogs cut;
  const auto whole = played_logs(options, small_world(), "random", 30);
  for (int r = 0; r < 30; ++r) {
    simulation.play_round();
    if (r == 14) cut = whole, cut.cut(15);
    if (r > 14) log_round(simulation.ecosystem(), cut);
  }
  EXPECT_EQ(cut.joined, whole.joined);
  EXPECT_EQ(cut.item_genre, whole.item_genre);
  EXPECT_TRUE(std::ranges::equal(cut.history.values(), whole.history.values(),
                                 [](auto a, auto b) { return a.genre == b.genre && a.count == b.count; }));
  EXPECT_EQ(cut.rounds.back().made, whole.rounds.back().made);
}

/// Mean probability that a policy gives to what was suggested, over the rounds after `from`.
double probability_of_logged(LearnedPolicy& learned, const PlatformLogs& logs, const TrustPredictor& trust,
                             std::uint32_t from) {
  Workers workers;
  double sum = 0, count = 0;
  for (Replay replay(logs, trust); replay.next();) {
    if (replay.log().round <= from) continue;
    const auto explained = learned.explain(replay.request(workers));
    for (std::size_t i = 0; i < explained.size(); ++i) {
      const auto genre = replay.log().suggested[i];
      const auto& p = explained[i].probabilities;
      sum += genre == no_genre ? p.back() : p[genre];
      count += 1;
    }
  }
  return sum / count;
}

TEST(ImitateLogs, LearnsWhatTheLoggedPolicySuggestsOnRoundsItHasNotSeen) {
  const auto options = lively("lockin");
  const auto seen = played_logs(options, small_world(60, 30), "water-filling", 100, 1);
  const auto held_out = played_logs(options, small_world(60, 30), "water-filling", 40, 2);
  const auto policy = find_plugin(suggestion_policies(), "policy", "lore-d").make();
  policy->fields().set("policy", "prior", 0.0);
  policy->start(shape_of(seen));
  Workers workers;
  const double before = probability_of_logged(*policy->learned(), held_out, options.trust_predictor, 5);
  imitate_logs(seen, options.trust_predictor, *policy, workers);
  const double after = probability_of_logged(*policy->learned(), held_out, options.trust_predictor, 5);
  EXPECT_NEAR(before, 1.0 / 6, 0.06) << "chance: five genres and nothing";
  EXPECT_GT(after, 2 * before);
}

TEST(ImitateLogs, LeavesTheSameKnowledgeAtAnyNumberOfThreads) {
  const auto options = lively("lockin");
  const auto logs = played_logs(options, small_world(), "water-filling", 20);
  std::vector<std::vector<std::byte>> knowledge;
  for (const std::size_t threads : {1, 3}) {
    const auto policy = find_plugin(suggestion_policies(), "policy", "lore-d").make();
    policy->start(shape_of(logs));
    Workers workers(threads);
    imitate_logs(logs, options.trust_predictor, *policy, workers);
    Archive archive;
    policy->learned()->persist_knowledge(archive);
    knowledge.push_back(archive.bytes());
  }
  EXPECT_EQ(knowledge[0], knowledge[1]);
}

/// A training of one round in a small world, begun with these logs.
Plan one_round_of(const std::string& policy) {
  Plan plan = make_plan("lockin", {}, {});
  plan.policies = policy;
  plan.simulation.everyone = true;
  plan.rounds = 1;
  plan.seeds = 2;
  return plan;
}

TEST(TrainingFromLogs, GivesEveryCopyWhatWasImitated) {
  Workers workers;
  const auto logs = played_logs(options_with(), small_world(), "most-click", 30);
  Training plain(one_round_of("lore-d"), WorldSource(small_world()), workers);
  Training warm(one_round_of("lore-d"), WorldSource(small_world()), workers);
  warm.imitate(logs);
  EXPECT_NE(warm.policy().knowledge, plain.policy().knowledge);
  warm.play(1, [] { return true; });
  EXPECT_EQ(warm.round(), 1U);
}

TEST(TrainingFromLogs, RefusesToTieAPolicyToOthersPeople) {
  Workers workers;
  Training training(one_round_of("lore"), WorldSource(small_world()), workers);
  const auto own = played_logs(options_with(), small_world(), "random", 3);
  EXPECT_NO_THROW(training.imitate(own));
  const auto fewer = played_logs(options_with(), small_world(30, 9), "random", 3);
  EXPECT_THROW(training.imitate(fewer), Error);
  const auto other_genres = played_logs(options_with(), small_world(30, 12, 4), "random", 3);
  EXPECT_THROW(training.imitate(other_genres), Error);
}

/// Logs with one thing wrong, and words of the sentence that refuses them.
struct BrokenLogs {
  std::string name;
  std::string file;
  std::function<void(Table&)> change;  ///< empty = the file is taken away
  std::vector<std::string> words;
};

void PrintTo(const BrokenLogs& broken, std::ostream* out) {
  *out << broken.name;
}

class BrokenPlatformLogs : public testing::TestWithParam<BrokenLogs> {};

TEST_P(BrokenPlatformLogs, AreRefusedByFileRowAndRule) {
  const TemporaryFolder scratch;
  RunFolder folder(scratch / "run", "simulate");
  write_platform_logs(folder, played_logs(options_with(), small_world(), "random", 5));
  const auto path = folder.path_of(GetParam().file);
  if (GetParam().change) {
    auto table = read_parquet(path);
    GetParam().change(table);
    write_parquet(path, table);
  } else {
    std::filesystem::remove(path);
  }
  try {
    read_platform_logs(folder.path());
    ADD_FAILURE() << "were taken";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr(GetParam().file));
    for (const auto& word : GetParam().words) EXPECT_THAT(error.what(), HasSubstr(word));
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
  }
}

std::function<void(Table&)> set(const std::string& column, std::size_t row, std::int64_t value) {
  return [=](Table& table) {
    for (auto& c : table.columns) {
      if (c.name == column) std::get<std::vector<std::int64_t>>(c.values).at(row) = value;
    }
  };
}
std::function<void(Table&)> set_text(const std::string& column, std::size_t row, const std::string& value) {
  return [=](Table& table) {
    for (auto& c : table.columns) {
      if (c.name == column) std::get<std::vector<std::string>>(c.values).at(row) = value;
    }
  };
}
std::function<void(Table&)> rename(const std::string& from, const std::string& to) {
  return [=](Table& table) {
    for (auto& c : table.columns) {
      if (c.name == from) c.name = to;
    }
  };
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, BrokenPlatformLogs,
    testing::Values(
        BrokenLogs{"NoHeader", "log.json", {}, {"no platform logs", "--save-logs"}},
        BrokenLogs{"NoTable", "log-visits.parquet", {}, {"cannot be read"}},
        BrokenLogs{"OtherColumn",
                   "log-suggestions.parquet",
                   rename("followed", "folowed"),
                   {"'followed'", "folowed"}},
        BrokenLogs{
            "RoundsDescend", "log-suggestions.parquet", set("round", 0, 3), {"row", "round", "ascend"}},
        BrokenLogs{"RoundTooLate", "log-visits.parquet", set("round", 3, 9), {"row 4", "'round' = '9'"}},
        BrokenLogs{
            "CreatorsDescend", "log-suggestions.parquet", set("creator", 0, 11), {"creator", "ascend"}},
        BrokenLogs{"NoSuchCreator", "log-suggestions.parquet", set("creator", 0, 99), {"'creator' = '99'"}},
        BrokenLogs{"NoSuchGenre",
                   "log-suggestions.parquet",
                   set_text("genre", 2, "gerne 1"),
                   {"row 3", "'genre' = 'gerne 1'", "no such genre", "did you mean 'genre 1'?"}},
        BrokenLogs{"NoSuchSuggestion",
                   "log-suggestions.parquet",
                   set_text("suggested", 1, "x"),
                   {"row 2", "'suggested' = 'x'", "no such genre"}},
        BrokenLogs{
            "ItemOutOfOrder", "log-suggestions.parquet", set("item", 1, 7), {"'item' = '7'", "next is 1"}},
        BrokenLogs{
            "ItemNotYetMade", "log-impressions.parquet", set("item", 0, 999), {"row 1", "'item' = '999'"}},
        BrokenLogs{"ClickTwice", "log-impressions.parquet", set("clicked", 0, 2), {"'clicked' = '2'"}},
        BrokenLogs{
            "PlaceSkipped", "log-impressions.parquet", set("place", 0, 2), {"'place' = '2'", "next is 1"}},
        BrokenLogs{"NoVisit", "log-impressions.parquet", set("user", 0, 29), {"user", "visit"}},
        BrokenLogs{"MoreClicksThanShown",
                   "log-users.parquet",
                   set("clicked", 0, 4000),
                   {"row 1", "'clicked' = '4000'"}},
        BrokenLogs{"CreatorSkipped", "log-creators.parquet", set("creator", 0, 1), {"row 1", "gaps"}},
        BrokenLogs{
            "NothingMade", "log-creators.parquet", set("count", 0, 0), {"'count' = '0'", "at least 1"}}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace perennial
