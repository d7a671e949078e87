#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "base/error.h"
#include "base/plugins.h"
#include "platform/recommend/recommenders.h"
#include "platform/rerank/rerankers.h"
#include "platform/suggest/suggestion_policies.h"
#include "simulate/small_run_for_tests.h"

namespace perennial {
namespace {

constexpr std::uint64_t seed = 2000;

/// State and metrics after `before` + `after` rounds, with or without saving and loading in between.
std::pair<std::uint64_t, std::uint64_t> outcome(const SimulationOptions& options, const std::string& policy,
                                                int before, int after, bool interrupted,
                                                std::size_t threads = 1) {
  Workers workers(threads);
  Simulation first(options, small_world(), policy, seed, workers);
  const auto halfway = play_rounds(first, before);
  if (!interrupted) {
    const auto metrics = play_rounds(first, after, halfway);
    return {state_hash(first), metrics};
  }
  Archive saved;
  first.persist(saved);
  Archive opened(saved.bytes());
  Simulation second(options, small_world(), policy, seed, workers);
  second.persist(opened);
  EXPECT_TRUE(opened.at_end());
  EXPECT_EQ(second.round(), static_cast<std::uint32_t>(before));
  const auto metrics = play_rounds(second, after, halfway);
  return {state_hash(second), metrics};
}

TEST(Snapshot, ResumedGivesTheSameBytesAsUninterruptedUnderEveryPolicy) {
  for (const auto& policy : plugin_names(suggestion_policies())) {
    for (const auto* recommender : {"content", "popularity", "random"}) {
      for (const auto* setting : {"lockin", "craft"}) {
        SCOPED_TRACE(fmt::format("{} {} {}", policy, recommender, setting));
        const auto options = lively(setting, recommender);
        EXPECT_EQ(outcome(options, policy, 11, 12, true), outcome(options, policy, 11, 12, false));
      }
    }
  }
}

TEST(Snapshot, ResumedGivesTheSameBytesUnderEveryRecommender) {
  for (const auto& recommender : plugin_names(recommenders())) {
    SCOPED_TRACE(recommender);
    const auto options = lively("lockin", recommender);
    EXPECT_EQ(outcome(options, "water-filling", 7, 6, true), outcome(options, "water-filling", 7, 6, false));
  }
}

TEST(Snapshot, ResumedGivesTheSameBytesUnderEveryReRankerAtAnyNumberOfThreads) {
  for (const auto& reranker : plugin_names(rerankers())) {
    SCOPED_TRACE(reranker);
    auto options = lively("lockin");
    set_options(options,
                {{"test", "reranker.name", reranker}, {"test", "platform.rerank_from", std::int64_t{4}}});
    const auto expected = outcome(options, "water-filling", 7, 6, false);
    EXPECT_EQ(outcome(options, "water-filling", 7, 6, true), expected);
    EXPECT_EQ(outcome(options, "water-filling", 7, 6, false, 3), expected);
  }
}

TEST(Snapshot, ResumedGivesTheSameBytesUnderEveryCreatorModel) {
  for (const auto* model : {"bounded", "cfd", "lbr", "simuline", "history", "random", "mixed"}) {
    SCOPED_TRACE(model);
    auto options = lively("open");
    set_options(options, {{"test", "creator_model.name", std::string(model)}});
    EXPECT_EQ(outcome(options, "random", 11, 12, true), outcome(options, "random", 11, 12, false));
  }
}

TEST(Snapshot, TakenBeforeTheFirstRoundIsTheBeginning) {
  const auto options = lively("lockin");
  EXPECT_EQ(outcome(options, "most-click", 0, 8, true), outcome(options, "most-click", 0, 8, false));
}

TEST(Round, InTwoHalvesIsTheSameRound) {
  Workers workers(1);
  Simulation whole(lively("lockin"), small_world(), "lore-d", seed, workers),
      halves(lively("lockin"), small_world(), "lore-d", seed, workers);
  for (int r = 0; r < 6; ++r) {
    const auto suggested = halves.begin_round();
    EXPECT_EQ(suggested.size(), halves.ecosystem().log.active_creators.size());
    EXPECT_EQ(whole.play_round(), halves.finish_round());
  }
  EXPECT_EQ(state_hash(whole), state_hash(halves));
}

TEST(Round, ReseededHalfwayKeepsWhoCreatesAndBringsOtherUsers) {
  Workers workers(1);
  Simulation one(lively("lockin"), small_world(), "random", seed, workers),
      other(lively("lockin"), small_world(), "random", seed, workers);
  one.begin_round();
  other.begin_round();
  other.reseed(seed + 1);
  EXPECT_EQ(one.ecosystem().log.active_creators, other.ecosystem().log.active_creators);
  EXPECT_EQ(one.ecosystem().log.suggested, other.ecosystem().log.suggested);
  EXPECT_NE(one.ecosystem().log.active_users, other.ecosystem().log.active_users);
}

TEST(Snapshot, CutShortIsRefused) {
  Workers workers(1);
  Simulation simulation(lively("lockin"), small_world(), "silent", seed, workers);
  play_rounds(simulation, 3);
  Archive saved;
  simulation.persist(saved);
  auto bytes = saved.bytes();
  bytes.resize(bytes.size() / 2);
  Archive opened(bytes);
  Simulation other(lively("lockin"), small_world(), "silent", seed, workers);
  EXPECT_THROW(other.persist(opened), Error);
}

TEST(Threads, OneTwoThreeAndSevenGiveTheSameBytes) {
  for (const auto& recommender : plugin_names(recommenders())) {
    const auto options = lively("lockin", recommender);
    const auto alone = outcome(options, "oracle", 6, 6, false, 1);
    for (const std::size_t threads : {2, 3, 7}) {
      EXPECT_EQ(outcome(options, "oracle", 6, 6, false, threads), alone) << recommender << " " << threads;
    }
  }
}

// More users than one block of work holds, so that the threads have something to share out.
TEST(Threads, SharingOutManyUsersGiveTheSameBytes) {
  const auto options = lively("craft");
  std::uint64_t alone = 0;
  for (const std::size_t threads : {1, 2, 3, 7}) {
    Workers workers(threads);
    Simulation simulation(options, small_world(3000, 40), "water-filling", seed, workers);
    const auto metrics = play_rounds(simulation, 4);
    const auto both = state_hash(simulation) ^ metrics;
    if (threads == 1) alone = both;
    EXPECT_EQ(both, alone) << threads;
  }
}

TEST(Seeds, DecideTheRun) {
  Workers workers(1);
  Simulation one(lively("lockin"), small_world(), "silent", 2001, workers),
      again(lively("lockin"), small_world(), "silent", 2001, workers),
      other(lively("lockin"), small_world(), "silent", 2002, workers);
  const auto first = play_rounds(one, 5);
  EXPECT_EQ(play_rounds(again, 5), first);
  EXPECT_NE(play_rounds(other, 5), first);
}

/// Two forks of one run, under two policies, in a world where people differ only by what the policies do.
struct Forks {
  Workers workers{1};
  SimulationOptions options;
  Simulation parent, a, b;

  explicit Forks(const SimulationOptions& chosen, const std::string& first = "silent",
                 const std::string& second = "random", int rounds = 5)
      : options(chosen),
        parent(options, small_world(), "silent", seed, workers),
        a(options, small_world(), first, seed, workers),
        b(options, small_world(), second, seed, workers) {
    play_rounds(parent, rounds);
    a.fork_from(parent);
    b.fork_from(parent);
  }
};

TEST(Fork, UnderTheParentsPolicyGoesOnAsTheParent) {
  Forks forks(lively("lockin"), "silent", "random");
  EXPECT_EQ(forks.a.round(), 5u);
  EXPECT_EQ(play_rounds(forks.a, 6), play_rounds(forks.parent, 6));
  EXPECT_EQ(state_hash(forks.a), state_hash(forks.parent));
}

TEST(Fork, UnderAnotherPolicyDiffersButLeavesTheParentAlone) {
  Forks forks(lively("lockin"));
  const auto before = state_hash(forks.parent);
  const auto other = play_rounds(forks.b, 6);
  EXPECT_EQ(state_hash(forks.parent), before);
  EXPECT_NE(other, play_rounds(forks.parent, 6));
}

TEST(Fork, MayStartFromTheSamePlatformAgainAndAgain) {
  Forks forks(lively("lockin"));
  const auto platform = forks.parent.platform();
  const auto first = play_rounds(forks.a, 6);
  forks.a.fork_from(platform);
  EXPECT_EQ(play_rounds(forks.a, 6), first);
}

TEST(Fork, OfAnotherSeedHasOtherCoinsButTheSamePast) {
  Forks forks(lively("lockin"), "silent", "silent");
  forks.b.reseed(seed + 1);
  EXPECT_EQ(forks.a.ecosystem().creators.trust, forks.b.ecosystem().creators.trust);
  EXPECT_NE(play_rounds(forks.a, 6), play_rounds(forks.b, 6));
}

TEST(Fork, TakesOverWhomThePlatformBoosts) {
  auto options = lively("lockin");
  options.reranker = {"boost", {}};
  options.platform.rerank_from = 0;
  Workers workers(1);
  Simulation parent(options, small_world(), "silent", seed, workers),
      fork(options, small_world(), "silent", seed, workers);
  CreatorBoosts boosts;
  boosts.factors = {{1, 4, 1, 4}};
  parent.set_boosts(boosts);
  play_rounds(parent, 4);
  fork.fork_from(parent);
  EXPECT_EQ(play_rounds(fork, 6), play_rounds(parent, 6));
}

TEST(Fork, SharesTheArrivalsOfUsersAndTheTrustOfNewcomers) {
  auto options = options_with({{"joining.per_round", 1.0}});
  Forks forks(options);
  for (int round = 0; round < 20; ++round) {
    forks.a.play_round();
    forks.b.play_round();
    const auto &a = forks.a.ecosystem(), &b = forks.b.ecosystem();
    EXPECT_EQ(a.log.active_users, b.log.active_users);
    EXPECT_EQ(a.creators.trust, b.creators.trust);
    EXPECT_EQ(a.creators.joined, b.creators.joined);
    EXPECT_EQ(a.creators.sensitivity, b.creators.sensitivity);
  }
  EXPECT_GT(forks.a.ecosystem().creators.size(), 15u);
}

TEST(Fork, SharesTheFollowCoinOfACreatorThatIsAskedInBoth) {
  Forks forks(options_with({{"leaving.after", std::int64_t{0}}}), "random", "oracle");
  int asked_in_both = 0;
  for (int round = 0; round < 20; ++round) {
    forks.a.play_round();
    forks.b.play_round();
    const auto &a = forks.a.ecosystem().log, &b = forks.b.ecosystem().log;
    ASSERT_EQ(a.active_creators, b.active_creators);
    for (std::size_t i = 0; i < a.suggested.size(); ++i) {
      if (a.suggested[i] == no_genre || b.suggested[i] == no_genre) continue;
      ++asked_in_both;
      EXPECT_EQ(a.followed[i], b.followed[i]);
    }
  }
  EXPECT_GT(asked_in_both, 20);
}

// The same item - same creator, same round, same genre - shown to the same user gets the same answer in every arm.
TEST(Fork, SharesAUsersAnswerToTheSameItem) {
  Forks forks(options_with({{"leaving.after", std::int64_t{0}}}), "silent", "random", 0);
  using Key = std::tuple<UserId, CreatorId, std::uint32_t, GenreId>;
  std::map<Key, bool> answers;
  int compared = 0;
  for (int round = 0; round < 25; ++round) {
    forks.a.play_round();
    forks.b.play_round();
    for (const auto* simulation : {&forks.a, &forks.b}) {
      const auto& e = simulation->ecosystem();
      for (std::size_t row = 0; row < e.log.shown.rows(); ++row) {
        const auto slate = e.log.shown.row(row);
        for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place) {
          const ItemId item = slate[place];
          const Key key{e.log.active_users[row], e.items.creator[item], e.items.born[item],
                        e.items.genre[item]};
          const bool click = e.log.clicked[row * slate.size() + place] != 0;
          const auto [seen, is_new] = answers.emplace(key, click);
          compared += is_new ? 0 : 1;
          EXPECT_EQ(seen->second, click);
        }
      }
    }
  }
  EXPECT_GT(compared, 200);
}

}  // namespace
}  // namespace perennial
