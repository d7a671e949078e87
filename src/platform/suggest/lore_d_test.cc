#include "platform/suggest/lore_d.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "platform/suggest/moment_for_tests.h"
#include "platform/suggest/suggestion_platform_for_tests.h"

namespace perennial {
namespace {

using Settings = std::vector<std::pair<std::string, FieldValue>>;

std::unique_ptr<LoreDPolicy> lore_d(const PlatformShape& shape, const Settings& settings = {}) {
  auto policy = std::make_unique<LoreDPolicy>();
  for (const auto& [key, value] : settings) policy->fields().set("lore-d", key, value);
  policy->start(shape);
  return policy;
}

std::vector<std::byte> state_of(LoreDPolicy& policy) {
  Archive archive;
  policy.persist(archive);
  return archive.bytes();
}

std::vector<std::byte> knowledge_of(LoreDPolicy& policy) {
  Archive archive;
  policy.persist_knowledge(archive);
  return archive.bytes();
}

void give_knowledge(LoreDPolicy& policy, const std::vector<std::byte>& knowledge) {
  Archive archive(knowledge);
  policy.persist_knowledge(archive);
  EXPECT_TRUE(archive.at_end());
}

/// Two genres, of which users click the second far more; left alone, creators make the first. Slates show everything.
PlatformPlan toy() {
  return {.users = 30, .creators = 4, .genres = 2, .slate = 8, .trust = 0.8, .taste = {0.1, 0.8}};
}

double probability_of(SuggestionPlatform& platform, LoreDPolicy& policy, GenreId genre) {
  Workers workers;
  double sum = 0;
  const auto all = policy.explain(platform.request(workers));
  for (const auto& one : all) sum += one.probabilities[genre];
  return sum / static_cast<double>(all.size());
}

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

TEST(LoreD, GoesOnToTheSameBytesAfterSavingInAnyRound) {
  for (const int rounds : {1, 4, 5, 8, 11}) {  // with items on their way, just updated, about to update
    const Settings settings = {{"window", std::int64_t{3}}, {"critic", 0.5}};
    SuggestionPlatform platform;
    const auto policy = lore_d(platform.shape(), settings), opened = lore_d(platform.shape(), settings);
    platform.play(*policy, static_cast<std::size_t>(rounds));
    Archive reading(state_of(*policy));
    opened->persist(reading);
    EXPECT_TRUE(reading.at_end());
    SuggestionPlatform copy = platform;
    platform.play(*policy, 9);
    copy.play(*opened, 9);
    EXPECT_EQ(copy.log.suggested, platform.log.suggested);
    EXPECT_TRUE(state_of(*opened) == state_of(*policy)) << rounds;
  }
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

TEST(LoreD, TakesWhatItKnowsToAPlatformWithOtherGenresAndMoreCreators) {
  SuggestionPlatform school(toy());
  const auto teacher = lore_d(school.shape(), {{"prior", 0.0}});
  school.play(*teacher, 200);
  SuggestionPlatform platform(
      {.users = 30, .creators = 9, .genres = 4, .slate = 20, .trust = 0.8, .taste = {0.1, 0.1, 0.8, 0.1}});
  const auto novice = lore_d(platform.shape(), {{"prior", 0.0}});
  const auto pupil = lore_d(platform.shape(), {{"prior", 0.0}});
  EXPECT_FALSE(teacher->tied_to_platform());
  give_knowledge(*pupil, knowledge_of(*teacher));
  EXPECT_EQ(knowledge_of(*pupil), knowledge_of(*teacher));
  pupil->update_alone(false);
  platform.play(*pupil, 10);
  EXPECT_EQ(knowledge_of(*pupil), knowledge_of(*teacher));  // frozen
  EXPECT_GT(probability_of(platform, *pupil, 2), 0.8);
  EXPECT_LT(probability_of(platform, *novice, 2), 0.4);
}

TEST(LoreD, RefusesWhatANetworkOfAnotherWidthKnows) {
  SuggestionPlatform platform;
  const auto wide = lore_d(platform.shape(), {{"hidden", std::int64_t{64}}}),
             narrow = lore_d(platform.shape());
  Archive archive(knowledge_of(*wide));
  EXPECT_THROW(narrow->persist_knowledge(archive), Error);
}

TEST(LoreD, FrozenDoesNotPileUpWhatItWillNeverLearnFrom) {
  SuggestionPlatform platform;
  const auto policy = lore_d(platform.shape(), {{"critic", 0.5}});
  policy->update_alone(false);
  const auto knew = knowledge_of(*policy);
  platform.play(*policy, 9);
  const auto early = state_of(*policy).size();
  platform.play(*policy, 40);
  EXPECT_LE(state_of(*policy).size(),
            early + 12 * 400 + 40 * 12);  // a round's decisions, and a byte per item made
  EXPECT_EQ(knowledge_of(*policy), knew);
}

/// Two copies after seven rounds each on platforms of their own, waiting for an update.
struct Copies {
  Settings settings;
  SuggestionPlatform one, two;
  std::unique_ptr<LoreDPolicy> first, second;
  Workers workers;

  explicit Copies(Settings set = {}, std::uint64_t second_seed = 2200)
      : settings(std::move(set)), two(PlatformPlan{.seed = second_seed}) {
    first = fresh();
    second = fresh();
    for (auto* policy : {first.get(), second.get()}) policy->update_alone(false);
    one.play(*first, 4);
    two.play(*second, 4);
  }
  std::unique_ptr<LoreDPolicy> fresh() const { return lore_d(one.shape(), settings); }
  void update(const std::vector<LearnedPolicy*>& copies) { copies.front()->update(copies, workers); }
};

TEST(LoreD, CopiesKnowTheSameAfterAnUpdate) {
  Copies copies({{"critic", 0.5}});
  const auto before = knowledge_of(*copies.first);
  ASSERT_EQ(knowledge_of(*copies.second), before);
  copies.update({copies.first.get(), copies.second.get()});
  EXPECT_EQ(knowledge_of(*copies.first), knowledge_of(*copies.second));
  EXPECT_NE(knowledge_of(*copies.first), before);
  EXPECT_EQ(copies.first->progress().updates, 1U);
}

/// What a policy has collected, read and written where persist() has it.
Decisions collected(LoreDPolicy& policy, const Decisions* replacement = nullptr) {
  SuggestionNetwork network(32, 0, 0);
  RoundCritic critic(0);
  PracticeModel practice;
  DifferenceReward reward;
  Decisions finished;
  RoundHistory history;
  Convergence convergence;
  std::string section = "lore-d";
  LearningProgress progress;
  std::uint32_t round = 0;
  bool alone = false;
  const auto pass = [&](Archive& archive) {
    archive.section(section);
    network.persist(archive);
    critic.persist(archive);
    practice.persist(archive);
    reward.persist(archive);
    finished.persist(archive);
    history.persist(archive);
    convergence.persist(archive);
    archive(round, alone, progress.updates, progress.policy_loss, progress.entropy_nats, progress.clip_share,
            progress.explained_variance, progress.converged_at);
  };
  Archive reading(state_of(policy));
  pass(reading);
  EXPECT_TRUE(reading.at_end());
  if (replacement == nullptr) return finished;
  finished = *replacement;
  Archive writing;
  pass(writing);
  Archive back(writing.bytes());
  policy.persist(back);
  return finished;
}

TEST(LoreD, LearnsFromCopiesWhatItWouldFromAllTheirRoundsTogether) {
  Copies copies;
  auto joined = collected(*copies.first);
  const auto others = collected(*copies.second);
  ASSERT_GT(joined.size(), 5U);
  ASSERT_GT(others.size(), 5U);
  joined.append(others);
  const auto together = copies.fresh();
  collected(*together, &joined);
  copies.update({together.get()});
  copies.update({copies.first.get(), copies.second.get()});
  EXPECT_EQ(knowledge_of(*copies.first), knowledge_of(*together));
  EXPECT_EQ(collected(*copies.first).size() + collected(*copies.second).size(), 0U);
}

TEST(LoreD, LearnsNothingFromACopyThatSawNothing) {
  Copies copies, same;
  const auto idle = copies.fresh();
  copies.update({copies.first.get(), idle.get()});
  same.update({same.first.get()});
  EXPECT_EQ(knowledge_of(*copies.first), knowledge_of(*same.first));
  EXPECT_EQ(knowledge_of(*idle), knowledge_of(*same.first));
}

TEST(LoreD, HasRatioOneAndNoClippingInTheFirstEpochOfAnUpdate) {
  Copies copies({{"epochs", std::int64_t{1}}, {"clip", 0.001}, {"prior", 1.0}});
  copies.update({copies.first.get(), copies.second.get()});
  EXPECT_EQ(copies.first->progress().clip_share, 0);
  EXPECT_NEAR(copies.first->progress().policy_loss, 0, 1e-5);  // advantages have mean 0
  EXPECT_GT(copies.first->progress().entropy_nats, 0.5);
}

TEST(LoreD, DropsDecisionsThatWereNotFollowed) {
  SuggestionPlatform platform({.trust = 0.5});
  const auto policy = lore_d(platform.shape(), {{"window", std::int64_t{1}}, {"prior", 1.0}});
  policy->update_alone(false);
  std::size_t expected = 0;
  for (int r = 0; r < 4; ++r) {
    platform.play(*policy);
    for (std::size_t i = 0; i < 12; ++i)
      expected += platform.log.suggested[i] == no_genre || platform.log.followed[i] ? 1 : 0;
  }
  const auto decisions = collected(*policy);
  EXPECT_EQ(decisions.size(), expected);
  EXPECT_LT(expected, 48U);
  for (std::size_t i = 0; i < decisions.size(); ++i)
    EXPECT_FLOAT_EQ(decisions.weight[i], decisions.chosen[i] == 4 ? 0.5F : 1.0F);
}

TEST(LoreD, ImitatesAnotherPolicy) {
  SuggestionPlatform platform;
  const auto policy = lore_d(platform.shape(), {{"prior", 0.0}});
  Workers workers;
  const std::vector<GenreId> stay(12, no_genre);
  EXPECT_LT(probability_of(platform, *policy, 4), 0.4);
  for (int r = 0; r < 20; ++r) {
    policy->imitate(platform.request(workers), stay);
    platform.happen(stay);
    policy->learn(platform.log, platform.items, platform.tables, workers);
    ++platform.round;
  }
  EXPECT_GT(probability_of(platform, *policy, 4), 0.9);
}

TEST(LoreD, MakesNoUpdateFromChoicesThatWereNotItsOwn) {
  for (const double critic : {0.0, 0.5}) {
    SuggestionPlatform platform;
    const auto policy = lore_d(platform.shape(), {{"critic", critic}});
    Workers workers;
    platform.play(*policy, 3);
    for (int r = 0; r < 17; ++r) {
      const std::vector<GenreId> choices(12, static_cast<GenreId>(r % 4));
      policy->imitate(platform.request(workers), choices);
      platform.happen(choices);
      policy->learn(platform.log, platform.items, platform.tables, workers);
      ++platform.round;
      const auto own = r == 0 ? std::size_t{12} : 0;  // of the round before, which paid until now
      EXPECT_LE(collected(*policy).size(), own) << r;
    }
    EXPECT_EQ(policy->progress().updates, 0U);
    platform.play(*policy, 4);
    for (const auto round : collected(*policy).round) EXPECT_GT(round, 20U);
    platform.play(*policy, 1);
    EXPECT_EQ(policy->progress().updates, 1U);
  }
}

TEST(LoreD, ImitatesOneMomentOverAndOverAndThenPlays) {
  for (const double critic : {0.0, 0.5}) {
    SuggestionPlatform platform;
    const auto policy = lore_d(platform.shape(), {{"critic", critic}});
    Workers workers;
    platform.play(*policy, 3);
    for (int i = 0; i < 40; ++i) policy->imitate(platform.request(workers), std::vector<GenreId>(12, 3));
    EXPECT_GT(probability_of(platform, *policy, 3), 0.9);
    platform.play(*policy, 10);
    EXPECT_EQ(policy->progress().updates, 2U);
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
