#include "platform/suggest/lore_d.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "platform/suggest/lore_d_for_tests.h"
#include "platform/suggest/moment_for_tests.h"

namespace perennial {
namespace {

TEST(LoreD, ReachesTheKnownBestAnswerOfTwoGenres) {
  for (const double prior : {5.0, 0.0}) {
    SuggestionPlatform platform(toy());
    const auto policy = lore_d(platform.shape(), {{"prior", prior}});
    platform.play(*policy, 200);
    EXPECT_GT(probability_of(platform, *policy, 1), 0.95) << "prior " << prior;
    EXPECT_EQ(policy->progress().updates, 40U);
  }
}

TEST(LoreD, StartsWithThePlanOrAtRandomAsItsPriorSays) {
  SuggestionPlatform platform(toy());
  const auto planning = lore_d(platform.shape()), open = lore_d(platform.shape(), {{"prior", 0.0}});
  platform.play(*planning, 8);
  EXPECT_GT(probability_of(platform, *planning, 1), 0.9);
  EXPECT_NEAR(probability_of(platform, *open, 1), 1.0 / 3, 0.1);
}

TEST(LoreD, SuggestsTheSameUnderOtherNames) {
  constexpr std::size_t creators = 13, genres = 5;
  SuggestionPlatform school({.genres = 3});
  const auto teacher = lore_d(school.shape(), {{"prior", 2.0}});
  school.play(*teacher, 30);
  const std::vector<std::size_t> genre_name = {4, 2, 0, 1, 3};
  std::vector<std::size_t> creator_name(creators);
  for (std::size_t c = 0; c < creators; ++c) creator_name[c] = (5 * c + 2) % creators;
  Moment plain(40, creators, genres), renamed(40, creators, genres, genre_name, creator_name);
  const auto one = lore_d(plain.shape(), {{"prior", 2.0}}), other = lore_d(renamed.shape(), {{"prior", 2.0}});
  for (auto* policy : {one.get(), other.get()}) give_knowledge(*policy, knowledge_of(*teacher));
  const auto told = one->explain(plain.request()), retold = other->explain(renamed.request());
  for (std::size_t c = 0; c < creators; ++c) {
    const auto& same = retold[creator_name[c]];
    EXPECT_EQ(same.suggestion, told[c].suggestion == no_genre ? no_genre : genre_name[told[c].suggestion]);
    for (std::size_t g = 0; g <= genres; ++g) {
      EXPECT_NEAR(same.probabilities[g == genres ? genres : genre_name[g]], told[c].probabilities[g], 1e-5);
    }
    ASSERT_EQ(same.reasons.size(), told[c].reasons.size());
    EXPECT_EQ(same.reasons[0].feature, told[c].reasons[0].feature);
    EXPECT_NEAR(same.reasons[0].moves_logit, told[c].reasons[0].moves_logit, 1e-4);
  }
}

TEST(LoreD, ExplainsWithoutChangingAnything) {
  SuggestionPlatform platform;
  const auto policy = lore_d(platform.shape());
  platform.play(*policy, 12);
  Workers workers;
  const auto before = state_of(*policy);
  const auto told = policy->explain(platform.request(workers));
  EXPECT_EQ(state_of(*policy), before);
  ASSERT_EQ(told.size(), 12U);
  for (std::size_t i = 0; i < told.size(); ++i) {
    const auto& p = told[i].probabilities;
    EXPECT_EQ(told[i].creator, platform.active[i]);
    ASSERT_EQ(p.size(), 5U);
    EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-5);
    const auto best = static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
    EXPECT_EQ(told[i].suggestion, best == 4 ? no_genre : best);
    const auto further = [](const SuggestionReason& a, const SuggestionReason& b) {
      return std::abs(a.moves_logit) > std::abs(b.moves_logit);
    };
    EXPECT_TRUE(std::is_sorted(told[i].reasons.begin(), told[i].reasons.end(), further));
  }
}

TEST(LoreD, SuggestsAsOftenAsItSaysItWould) {
  SuggestionPlatform platform({.creators = 1000});
  const auto policy = lore_d(platform.shape(), {{"prior", 1.0}});
  Workers workers;
  std::vector<double> expected(5), found(5);
  for (const auto& one : policy->explain(platform.request(workers))) {
    for (std::size_t o = 0; o < 5; ++o) expected[o] += one.probabilities[o];
  }
  for (const GenreId genre : platform.ask(*policy, workers)) found[genre == no_genre ? 4 : genre] += 1;
  for (std::size_t o = 0; o < 5; ++o) EXPECT_NEAR(found[o], expected[o], 4 * std::sqrt(expected[o]));
}

TEST(LoreD, LearnsTheSameBitsAtAnyNumberOfThreads) {
  std::vector<std::vector<std::byte>> states;
  for (const std::size_t threads : {1, 2, 3}) {
    SuggestionPlatform platform({.creators = 300});
    const auto policy = lore_d(platform.shape(), {{"critic", 0.5}});
    Workers workers(threads);
    for (int r = 0; r < 12; ++r) platform.play(*policy, workers);
    states.push_back(state_of(*policy));
  }
  EXPECT_EQ(states[0], states[1]);
  EXPECT_EQ(states[0], states[2]);
}

TEST(LoreD, ServesCreatorsWhoJoinAndThoseWhoStayAway) {
  SuggestionPlatform platform({.creators = 3});
  const auto policy = lore_d(platform.shape(), {{"critic", 0.5}});
  platform.play(*policy, 7);
  platform.join(20);
  platform.play(*policy, 7);
  const auto all = platform.active;
  for (std::size_t r = 0; r < 12; ++r) {
    platform.active.assign(all.begin() + static_cast<std::ptrdiff_t>(r), all.end());
    platform.play(*policy);
  }
  EXPECT_EQ(platform.log.suggested.size(), 12U);
  EXPECT_EQ(policy->progress().updates, 5U);
}

TEST(LoreD, GoesThroughRoundsInWhichNobodyCreates) {
  for (const double critic : {0.0, 1.0}) {
    SuggestionPlatform platform;
    const auto policy = lore_d(platform.shape(), {{"critic", critic}});
    const auto all = platform.active;
    platform.active.clear();
    platform.play(*policy, 11);
    EXPECT_EQ(policy->progress().updates, 0U);
    for (std::size_t r = 0; r < 20; ++r) {
      platform.active = r % 3 == 0 ? all : std::vector<CreatorId>{};
      platform.play(*policy);
    }
    EXPECT_GT(policy->progress().updates, 0U);
    EXPECT_TRUE(std::isfinite(policy->progress().policy_loss));
    Workers workers;
    platform.active.clear();
    EXPECT_TRUE(policy->explain(platform.request(workers)).empty());
  }
}

TEST(LoreD, WithOneGenreHasLittleToSayAndSaysIt) {
  SuggestionPlatform platform({.genres = 1});
  const auto policy = lore_d(platform.shape(), {{"critic", 0.5}});
  platform.play(*policy, 20);
  for (const GenreId genre : platform.log.suggested) EXPECT_TRUE(genre == 0 || genre == no_genre);
  EXPECT_TRUE(std::isfinite(policy->progress().policy_loss));
}

TEST(LoreD, StaysFiniteWhereNobodyIsEverFollowedOrClicked) {
  for (const double trust : {0.0, 1.0}) {
    PlatformPlan plan = {.trust = trust, .taste = {0, 0, 0, 0}};
    SuggestionPlatform platform(plan);
    const auto policy = lore_d(platform.shape(), {{"critic", 1.0}});
    platform.play(*policy, 20);
    for (const double p : {probability_of(platform, *policy, 0), probability_of(platform, *policy, 3)})
      EXPECT_TRUE(p >= 0 && p <= 1);
  }
}

TEST(LoreD, TakesARoundItWasNotAskedAboutForNobodysAndGoesOn) {
  for (const double critic : {0.0, 0.5}) {
    SuggestionPlatform platform;
    const auto policy = lore_d(platform.shape(), {{"critic", critic}});
    Workers workers;
    for (int r = 0; r < 15; ++r) {
      platform.happen(std::vector<GenreId>(12, no_genre));
      policy->learn(platform.log, platform.items, platform.tables, workers);
      ++platform.round;
      platform.play(*policy);
    }
    EXPECT_GT(policy->progress().updates, 3U);
  }
}

TEST(LoreD, WithACriticOfNoWeightIsWithoutOne) {
  const Settings one = {{"critic", 0.0}}, other = {{"critic", 0.0}, {"gamma", 0.3}, {"lambda", 0.1}};
  std::vector<std::vector<std::byte>> states;
  for (const auto& settings : {one, other}) {
    SuggestionPlatform platform;
    const auto policy = lore_d(platform.shape(), settings);
    platform.play(*policy, 30);
    EXPECT_EQ(policy->progress().explained_variance, 0);
    states.push_back(state_of(*policy));
  }
  EXPECT_EQ(states[0], states[1]);
}

TEST(LoreD, WithACriticLearnsOtherwiseAndSaysHowMuchTheCriticExplains) {
  SuggestionPlatform with, without;
  const auto one = lore_d(with.shape(), {{"critic", 1.0}}), other = lore_d(without.shape());
  with.play(*one, 30);
  without.play(*other, 30);
  EXPECT_NE(knowledge_of(*one), knowledge_of(*other));
  EXPECT_NE(one->progress().explained_variance, 0);
  EXPECT_LE(one->progress().explained_variance, 1);
}

TEST(LoreD, UpdatesWhenItsRoundsAreFull) {
  SuggestionPlatform platform;
  const auto policy = lore_d(platform.shape(), {{"rounds_per_update", std::int64_t{7}}});
  for (std::uint32_t round = 1; round <= 28; ++round) {
    platform.play(*policy);
    EXPECT_EQ(policy->update_due(), round % 7 == 0) << round;
    EXPECT_EQ(policy->progress().updates, round / 7) << round;
  }
}

}  // namespace
}  // namespace perennial
