#include "simulate/round.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "simulate/measure.h"
#include "simulate/population.h"
#include "simulate/small_run_for_tests.h"

namespace perennial {
namespace {

constexpr std::uint64_t seed = 2000;

/// Plays rounds on the small world and calls look(ecosystem, metrics) after each.
template <class Look>
void play_small(const SimulationOptions& options, const std::string& policy, int rounds, Look look,
                const World& world = small_world()) {
  Workers workers(1);
  Simulation simulation(options, world, policy, seed, workers);
  for (int round = 0; round < rounds; ++round) {
    const auto metrics = simulation.play_round();
    look(simulation.ecosystem(), metrics);
  }
}

/// Settings under which everybody comes every round.
std::vector<std::pair<std::string, FieldValue>> everybody(
    std::vector<std::pair<std::string, FieldValue>> more = {}) {
  more.emplace_back("arrival.users", 1.0);
  more.emplace_back("arrival.creators", 1.0);
  return more;
}

TEST(Arrive, CreatorsWhoLeftNeverComeBack) {
  std::set<CreatorId> gone;
  play_small(options_with({{"leaving.after", std::int64_t{2}},
                           {"leaving.warm_up", std::int64_t{3}},
                           {"platform.slate", std::int64_t{1}}}),
             "most-click", 60, [&](const Ecosystem& e, const RoundMetrics& m) {
               for (const CreatorId c : e.log.active_creators) EXPECT_FALSE(gone.contains(c));
               for (CreatorId c = 0; c < e.creators.size(); ++c) {
                 if (gone.contains(c)) {
                   EXPECT_NE(e.creators.left[c], 0u);
                 }
                 if (!e.creators.present(c)) gone.insert(c);
               }
               EXPECT_EQ(at(m, Metric::creators_present),
                         static_cast<double>(e.creators.size() - gone.size()));
             });
  EXPECT_FALSE(gone.empty());
}

// The rule retold from the items table: who passes its coin and whose last `after` items drew nothing, leaves; nobody else.
TEST(Arrive, OnlyCreatorsWhoseLastItemsDrewNoClickLeaveAndOnlyAfterTheWarmUp) {
  constexpr std::size_t after = 3;
  constexpr std::uint32_t warm_up = 8;
  std::map<CreatorId, std::vector<ItemId>> made;
  std::vector<std::uint32_t> clicked;
  int left = 0;
  play_small(options_with(everybody({{"leaving.after", std::int64_t{after}},
                                     {"leaving.warm_up", std::int64_t{warm_up}},
                                     {"platform.slate", std::int64_t{1}},
                                     {"user_model.out_of_interest", 0.0}})),
             "most-click", 40, [&](const Ecosystem& e, const RoundMetrics&) {
               for (CreatorId c = 0; c < e.creators.size(); ++c) {
                 if (e.creators.left[c] != 0 && e.creators.left[c] != e.round) continue;
                 const auto& own = made[c];
                 bool unliked = own.size() >= after;
                 for (std::size_t i = 0; unliked && i < after; ++i)
                   unliked = clicked[own[own.size() - 1 - i]] == 0;
                 EXPECT_EQ(e.creators.left[c] == e.round, unliked && e.round > warm_up)
                     << "creator " << c << " round " << e.round;
                 left += e.creators.left[c] == e.round ? 1 : 0;
               }
               for (std::size_t i = 0; i < e.log.made.size(); ++i)
                 made[e.log.active_creators[i]].push_back(e.log.made[i]);
               clicked = e.items.clicked;
             });
  EXPECT_GT(left, 2);
}

TEST(Arrive, NobodyLeavesWhenTheRuleIsOff) {
  play_small(options_with({{"leaving.after", std::int64_t{0}},
                           {"user_model.in_interest", 0.0},
                           {"user_model.out_of_interest", 0.0}}),
             "silent", 40, [&](const Ecosystem&, const RoundMetrics& m) {
               EXPECT_EQ(at(m, Metric::creators_present), 12);
             });
}

TEST(Arrive, EverybodyOrNobodyComesAtTheEndsOfTheScale) {
  play_small(options_with(everybody()), "silent", 3, [](const Ecosystem& e, const RoundMetrics&) {
    EXPECT_EQ(e.log.active_users.size(), 30u);
    EXPECT_EQ(e.log.active_creators.size(), 12u);
  });
  play_small(options_with({{"arrival.users", 0.0}, {"arrival.creators", 0.0}}), "oracle", 3,
             [](const Ecosystem& e, const RoundMetrics& m) {
               EXPECT_EQ(e.items.size(), 0u);
               for (const double metric : m) EXPECT_TRUE(std::isfinite(metric));
             });
}

// 300 rounds of 30 users: five standard errors of a share of 0.5 in 9,000 coins are 0.026.
TEST(Arrive, UsersComeWithTheirOwnProbabilityWhereTheWorldSaysSo) {
  const World world = small_world();
  std::vector<double> visits(world.users.size());
  play_small(options_with({{"arrival.source", std::string("world")}}), "silent", 300,
             [&](const Ecosystem& e, const RoundMetrics&) {
               for (const UserId u : e.log.active_users) ++visits[u];
             });
  for (std::size_t group = 0; group < 4; ++group) {
    double seen = 0, users = 0;
    for (std::size_t u = group; u < visits.size(); u += 4) seen += visits[u] / 300, ++users;
    EXPECT_NEAR(seen / users, world.users.activity[group], 0.06) << group;
  }
}

TEST(Join, NewcomersAreLikeSomebodyOfTheWorldAndGetTheirOwnTrust) {
  const World world = small_world();
  std::set<double> trust;
  play_small(options_with({{"joining.per_round", 2.0}}), "random", 30,
             [&](const Ecosystem& e, const RoundMetrics&) {
               for (CreatorId c = 12; c < e.creators.size(); ++c) {
                 trust.insert(e.creators.trust[c]);
                 EXPECT_GT(e.creators.joined[c], 0u);
                 bool found = false;
                 for (std::size_t like = 0; like < world.creators.size() && !found; ++like) {
                   found = true;
                   for (GenreId g = 0; g < 5; ++g) {
                     std::uint32_t count = 0;
                     for (const auto& past : world.creators.history[like])
                       count += past.genre == g ? past.count : 0;
                     found = found && count == e.records.history(c, g);
                   }
                 }
                 EXPECT_TRUE(found);
               }
               EXPECT_EQ(trust.size(), e.creators.size() - 12);
               EXPECT_EQ(e.trust_predictor.predicted().size(), e.creators.size());
             });
  EXPECT_GT(trust.size(), 30u);
}

TEST(Feedback, RanksACreatorByTheShareWithFewerClicksOnTheirLatestItem) {
  Ecosystem e;
  e.records = CreatorRecords(1, 2);
  for (CreatorId c = 0; c < 5; ++c) {
    e.records.add_creator(std::vector<GenreCount>{{0, 1}});
    e.creators.left.push_back(c == 3 ? 1 : 0);
    if (c == 4) continue;  // has made nothing yet
    e.records.made_item(c, c, 0);
    e.items.add(c, 0, 1);
  }
  e.creators.trust.resize(5);
  e.items.clicked = {7, 2, 2, 9};
  const auto latest = latest_clicks(e);
  EXPECT_EQ(latest, (std::vector<double>{2, 2, 7}));  // the one who left does not count
  EXPECT_DOUBLE_EQ(feedback_rank(e, latest, 0), 2.0 / 3);
  EXPECT_DOUBLE_EQ(feedback_rank(e, latest, 1), 0.0);
  EXPECT_DOUBLE_EQ(feedback_rank(e, latest, 2), 0.0);
  EXPECT_DOUBLE_EQ(feedback_rank(e, latest, 4), 0.0);
}

TEST(Create, WhoTrustsFullyMakesWhatIsSuggestedAndWhoDoesNotNeverDoes) {
  for (const double trust : {0.0, 1.0}) {
    play_small(
        options_with(
            {{"trust.mean", trust}, {"trust.spread", 0.0}, {"creator_model.name", std::string("history")}}),
        "random", 20, [&](const Ecosystem& e, const RoundMetrics& m) {
          for (std::size_t i = 0; i < e.log.made.size(); ++i) {
            const auto genre = e.items.genre[e.log.made[i]];
            EXPECT_EQ(e.log.followed[i], trust == 1 ? 1 : 0);
            if (trust == 1) {
              EXPECT_EQ(genre, e.log.suggested[i]);
            }
            if (trust == 0) {
              EXPECT_GT(e.records.history(e.log.active_creators[i], genre), 0u);
            }
          }
          if (!e.log.made.empty()) {
            EXPECT_EQ(at(m, Metric::follow_rate), trust);
          }
        });
  }
}

TEST(Create, APlatformThatSeesGenresOnlyTakesAMatchForObedience) {
  int matched = 0, coincidences = 0;
  play_small(options_with({{"platform.observe", std::string("match")}}), "most-history-click", 30,
             [&](const Ecosystem& e, const RoundMetrics&) {
               for (std::size_t i = 0; i < e.log.made.size(); ++i) {
                 EXPECT_EQ(e.log.followed[i] != 0, e.items.genre[e.log.made[i]] == e.log.suggested[i]);
                 matched += e.log.followed[i];
                 coincidences += e.log.followed[i] && !e.followed[i] ? 1 : 0;
               }
             });
  EXPECT_GT(matched, 0);
  EXPECT_GT(coincidences, 0);
}

TEST(Create, EveryActiveCreatorMakesOneItemOfTheRound) {
  play_small(lively("lockin"), "water-filling", 20, [](const Ecosystem& e, const RoundMetrics& m) {
    ASSERT_EQ(e.log.made.size(), e.log.active_creators.size());
    for (std::size_t i = 0; i < e.log.made.size(); ++i) {
      EXPECT_EQ(e.items.creator[e.log.made[i]], e.log.active_creators[i]);
      EXPECT_EQ(e.items.born[e.log.made[i]], e.round);
    }
    EXPECT_EQ(e.quality.size(), e.items.size());
    EXPECT_EQ(at(m, Metric::active_creators), static_cast<double>(e.log.made.size()));
  });
}

TEST(Rank, NothingIsShownTwiceToAUserNorPastItsAge) {
  for (const std::int64_t recency : {0, 1, 4}) {
    std::set<std::pair<UserId, ItemId>> seen;
    play_small(options_with(everybody({{"platform.recency", recency}})), "silent", 25,
               [&](const Ecosystem& e, const RoundMetrics&) {
                 for (std::size_t row = 0; row < e.log.shown.rows(); ++row) {
                   for (const ItemId item : e.log.shown.row(row)) {
                     if (item == no_item) continue;
                     EXPECT_TRUE(seen.emplace(e.log.active_users[row], item).second);
                     EXPECT_LE(e.round - e.items.born[item], recency);
                   }
                   const ItemId next = e.log.next_best[row];
                   EXPECT_FALSE(next != no_item && seen.contains({e.log.active_users[row], next}));
                 }
               });
    EXPECT_GT(seen.size(), 100u);
  }
}

TEST(Rank, ItemsCanBeShownAsLongAsTheirAgeAllows) {
  std::set<std::uint32_t> ages;
  play_small(
      options_with(everybody({{"platform.recency", std::int64_t{3}}, {"platform.slate", std::int64_t{5}}})),
      "silent", 40, [&](const Ecosystem& e, const RoundMetrics&) {
        for (const ItemId item : e.candidates) ages.insert(e.round - e.items.born[item]);
      });
  EXPECT_EQ(ages, (std::set<std::uint32_t>{0, 1, 2, 3}));
}

TEST(Rank, SlatesAreShorterWhenCandidatesRunOut) {
  play_small(
      options_with(everybody({{"platform.slate", std::int64_t{20}}, {"platform.recency", std::int64_t{1}}})),
      "silent", 5, [](const Ecosystem& e, const RoundMetrics& m) {
        EXPECT_EQ(e.log.shown.width, 20u);
        EXPECT_EQ(at(m, Metric::impressions),
                  30.0 * 12);  // everybody sees the round's twelve new items, no old one
        EXPECT_EQ(at(m, Metric::coverage), e.round == 1 ? 1.0 : 0.5);
        for (const ItemId next : e.log.next_best) EXPECT_EQ(next, no_item);
      });
}

TEST(Account, ClicksAddUpEverywhere) {
  std::uint64_t total = 0, impressions = 0;
  double value = 0;
  play_small(lively("craft"), "random", 40, [&](const Ecosystem& e, const RoundMetrics& m) {
    std::uint64_t clicks = 0, shown = 0;
    for (const auto c : e.log.clicked) clicks += c;
    for (const ItemId item : e.log.shown.items) shown += item != no_item ? 1 : 0;
    total += clicks;
    impressions += shown;
    value += std::pow(0.98, e.round - 1.0) * static_cast<double>(clicks);
    EXPECT_EQ(at(m, Metric::clicks), static_cast<double>(clicks));
    EXPECT_EQ(at(m, Metric::impressions), static_cast<double>(shown));
    EXPECT_EQ(at(m, Metric::cumulative_clicks), static_cast<double>(total));
    EXPECT_NEAR(at(m, Metric::discounted_value), value, 1e-9 * (1 + value));
    std::uint64_t of_items = 0, of_records = 0, of_creators = 0, of_genres = 0, items_shown = 0;
    for (std::size_t i = 0; i < e.items.size(); ++i)
      of_items += e.items.clicked[i], items_shown += e.items.shown[i];
    for (CreatorId c = 0; c < e.creators.size(); ++c) {
      of_creators += e.tables.creator[c].clicked;
      for (GenreId g = 0; g < 5; ++g) of_records += e.records.clicks(c, g);
    }
    for (const auto& genre : e.tables.genre) of_genres += genre.clicked;
    EXPECT_EQ(of_items, total);
    EXPECT_EQ(of_records, total);
    EXPECT_EQ(of_creators, total);
    EXPECT_EQ(of_genres, total);
    EXPECT_EQ(e.tables.all.clicked, total);
    EXPECT_EQ(e.tables.all.shown, impressions);
    EXPECT_EQ(items_shown, impressions);
  });
  EXPECT_GT(total, 100u);
}

TEST(Account, TrustStandsStillUnlessItsDynamicsAreOn) {
  std::vector<double> first;
  play_small(options_with(), "random", 20, [&](const Ecosystem& e, const RoundMetrics&) {
    if (first.empty()) first = e.creators.trust;
    EXPECT_EQ(e.creators.trust, first);
  });
}

// The rule retold: who followed moves by its newest item's clicks against those of the one before; nobody else moves.
TEST(Account, TrustMovesForThoseWhoFollowedByWhatFollowingBrought) {
  std::vector<double> before;
  std::map<CreatorId, std::vector<ItemId>> made;
  int moved = 0;
  play_small(options_with({{"trust.dynamics", std::string("additive")}, {"trust.kappa", 0.2}}), "random", 30,
             [&](const Ecosystem& e, const RoundMetrics&) {
               auto expected = before.empty() ? e.creators.trust : before;
               for (std::size_t i = 0; i < e.log.made.size(); ++i) {
                 auto& own = made[e.log.active_creators[i]];
                 own.push_back(e.log.made[i]);
                 if (!e.log.followed[i] || own.size() < 2) continue;
                 const double r = e.items.clicked[own.back()],
                              r_before = e.items.clicked[own[own.size() - 2]];
                 double& d = expected[e.log.active_creators[i]];
                 const double was = d;
                 d = std::clamp(d + 0.2 * (r - r_before) / std::max(r_before, 1.0), 0.02, 1.0);
                 moved += d != was ? 1 : 0;
               }
               for (std::size_t c = 0; c < expected.size(); ++c)
                 EXPECT_NEAR(e.creators.trust[c], expected[c], 1e-12);
               before = e.creators.trust;
             });
  EXPECT_GT(moved, 20);
}

TEST(Account, ReleasedDynamicsMoveOnlyWhoHadNotFollowedTheTimeBefore) {
  std::map<CreatorId, bool> followed_before;
  std::vector<double> before;
  int moved = 0, stood = 0;
  play_small(options_with({{"trust.dynamics", std::string("released")}, {"trust.floor", 0.2}}), "random", 60,
             [&](const Ecosystem& e, const RoundMetrics&) {
               for (std::size_t i = 0; i < e.log.made.size() && !before.empty(); ++i) {
                 const CreatorId c = e.log.active_creators[i];
                 const bool moves =
                     e.creators.trust[c] != std::max(before[c], 0.2) && e.creators.trust[c] != before[c];
                 moved += moves ? 1 : 0;
                 if (!e.log.followed[i] || !followed_before[c]) continue;
                 ++stood;
                 EXPECT_FALSE(moves) << "creator " << c << ", round " << e.round;
               }
               for (std::size_t i = 0; i < e.log.made.size(); ++i)
                 followed_before[e.log.active_creators[i]] = e.log.followed[i] != 0;
               before = e.creators.trust;
             });
  EXPECT_GT(moved, 10);
  EXPECT_GT(stood, 10);
}

TEST(Account, CreatorsActMoreWhenTheyAreSeenAndUsersComeMoreWhenTheyAreServed) {
  play_small(options_with({{"response.sensitivity_mean", 0.4}, {"churn.strength", 1.0}}), "silent", 30,
             [](const Ecosystem& e, const RoundMetrics&) {
               for (std::size_t c = 0; c < e.creators.size(); ++c) {
                 const double engagement = e.creators.engagement[c];
                 EXPECT_NEAR(e.creators.activity[c], std::min(1.0, 0.5 + 0.4 * engagement / (engagement + 5)),
                             1e-12);
               }
               for (std::size_t u = 0; u < e.users.activity.size(); ++u) {
                 EXPECT_NEAR(e.users.activity[u],
                             0.5 * std::clamp(1 + (e.users.satisfaction[u] - 0.5) * 2, 0.2, 1.4), 1e-12);
               }
             });
}

TEST(Account, NothingMovesThatIsNotAskedTo) {
  play_small(options_with(), "silent", 20, [](const Ecosystem& e, const RoundMetrics&) {
    EXPECT_EQ(e.creators.activity, e.creators.base_activity);
    EXPECT_EQ(e.users.activity, e.users.base_activity);
    EXPECT_EQ(e.creators.size(), 12u);
  });
}

TEST(Outcomes, TellEveryCreatorsRun) {
  Workers workers(1);
  Simulation simulation(lively("lockin"), small_world(), "random", seed, workers);
  play_rounds(simulation, 25);
  const auto& e = simulation.ecosystem();
  const auto outcomes = simulation.outcomes();
  ASSERT_EQ(outcomes.size(), e.creators.size());
  std::uint64_t clicks = 0, impressions = 0, items = 0;
  for (const auto& one : outcomes) {
    clicks += one.clicks, impressions += one.impressions, items += one.items;
    EXPECT_LE(one.genres, std::min<std::uint32_t>(one.items, 5));
    EXPECT_TRUE(one.trust >= 0 && one.trust <= 1);
    EXPECT_TRUE(one.predicted_trust > 0 && one.predicted_trust < 1);
  }
  EXPECT_EQ(clicks, e.cumulative_clicks);
  EXPECT_EQ(impressions, e.tables.all.shown);
  EXPECT_EQ(items, e.items.size());
}

}  // namespace
}  // namespace perennial
