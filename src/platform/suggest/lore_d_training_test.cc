#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "platform/suggest/lore_d_for_tests.h"

// How lore-d is trained: saved, carried over, frozen, on copies, and by examples.

namespace perennial {
namespace {

/// Two copies after four rounds each on platforms of their own, waiting for an update.
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

/// What a policy has collected, read and written where persist() has it.
Decisions collected(LoreDPolicy& policy, const Decisions* replacement = nullptr) {
  SuggestionNetwork network(32, 0, 0);
  RoundCritic critic(0);
  PracticeModel trained_practice, practice;
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
    trained_practice.persist(archive);
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

/// What a policy knows, with another curve of practice: the last of it.
std::vector<std::byte> with_curve(std::vector<std::byte> knowledge, PracticeModel curve) {
  Archive archive;
  curve.persist(archive);
  std::ranges::copy(archive.bytes(), knowledge.end() - static_cast<std::ptrdiff_t>(archive.bytes().size()));
  return knowledge;
}

/// First items elsewhere draw a fifth of what is expected.
PracticeModel steep_curve() {
  PracticeModel curve;
  for (int i = 0; i < 10000; ++i) curve.learn(1, 0.5, i % 10 == 0);
  return curve;
}

TEST(LoreDTraining, ACurveOfPracticeThatCameAlongAdvisesButDoesNotPlay) {
  SuggestionPlatform with, without;
  const auto one = lore_d(with.shape()), other = lore_d(without.shape());
  const auto knowledge = knowledge_of(*one);
  give_knowledge(*one, with_curve(knowledge, steep_curve()));
  give_knowledge(*other, with_curve(knowledge, {}));
  with.round = without.round = 1;
  EXPECT_LT(probability_of(with, *one, 3), probability_of(without, *other, 3)) << "nobody has made genre 3";
  for (int r = 0; r < 12; ++r) {
    with.play(*one);
    without.play(*other);
    EXPECT_EQ(with.log.suggested, without.log.suggested) << r;
    for (const GenreId genre : {GenreId{0}, GenreId{3}})
      EXPECT_EQ(probability_of(with, *one, genre), probability_of(without, *other, genre)) << r;
  }
}

TEST(LoreDTraining, SaysWhatItTakesForGrantedAboutPracticeWhereItOnlyAdvises) {
  SuggestionPlatform platform;
  const auto fresh = lore_d(platform.shape()), taught = lore_d(platform.shape());
  give_knowledge(*taught, with_curve(knowledge_of(*fresh), steep_curve()));
  Workers workers;
  const auto said = [&](LoreDPolicy& policy) { return policy.assumptions(platform.request(workers)); };
  using testing::ElementsAre, testing::HasSubstr, testing::IsEmpty;
  EXPECT_THAT(said(*taught), IsEmpty()) << "before round 1 nothing can have been made";
  EXPECT_THAT(said(*fresh), ElementsAre(HasSubstr("trained too briefly")));
  platform.round = 9;
  EXPECT_THAT(said(*taught), ElementsAre(HasSubstr("since round 1")));
  const double untold = probability_of(platform, *taught, 3);
  EXPECT_EQ(untold, probability_of(platform, *fresh, 3)) << "quality 1 for both";
  platform.round = 1;
  platform.play(*fresh);
  EXPECT_THAT(said(*taught), IsEmpty());
  EXPECT_THAT(said(*fresh), IsEmpty()) << "measures its own";
}

TEST(LoreDTraining, GoesOnToTheSameBytesAfterSavingInAnyRound) {
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

TEST(LoreDTraining, TakesWhatItKnowsToAPlatformWithOtherGenresAndMoreCreators) {
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

TEST(LoreDTraining, RefusesWhatANetworkOfAnotherWidthKnows) {
  SuggestionPlatform platform;
  const auto wide = lore_d(platform.shape(), {{"hidden", std::int64_t{64}}}),
             narrow = lore_d(platform.shape());
  Archive archive(knowledge_of(*wide));
  EXPECT_THROW(narrow->persist_knowledge(archive), Error);
}

TEST(LoreDTraining, FrozenDoesNotPileUpWhatItWillNeverLearnFrom) {
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

TEST(LoreDTraining, CopiesKnowTheSameAfterAnUpdate) {
  Copies copies({{"critic", 0.5}});
  const auto before = knowledge_of(*copies.first);
  ASSERT_EQ(knowledge_of(*copies.second), before);
  copies.update({copies.first.get(), copies.second.get()});
  EXPECT_EQ(knowledge_of(*copies.first), knowledge_of(*copies.second));
  EXPECT_NE(knowledge_of(*copies.first), before);
  EXPECT_EQ(copies.first->progress().updates, 1U);
}

TEST(LoreDTraining, LearnsFromCopiesWhatItWouldFromAllTheirRoundsTogether) {
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

TEST(LoreDTraining, LearnsNothingFromACopyThatSawNothing) {
  Copies copies, same;
  const auto idle = copies.fresh();
  copies.update({copies.first.get(), idle.get()});
  same.update({same.first.get()});
  EXPECT_EQ(knowledge_of(*copies.first), knowledge_of(*same.first));
  EXPECT_EQ(knowledge_of(*idle), knowledge_of(*same.first));
}

TEST(LoreDTraining, HasRatioOneAndNoClippingInTheFirstEpochOfAnUpdate) {
  Copies copies({{"epochs", std::int64_t{1}}, {"clip", 0.001}, {"prior", 1.0}});
  copies.update({copies.first.get(), copies.second.get()});
  EXPECT_EQ(copies.first->progress().clip_share, 0);
  EXPECT_NEAR(copies.first->progress().policy_loss, 0, 1e-5);  // advantages have mean 0
  EXPECT_GT(copies.first->progress().entropy_nats, 0.5);
}

TEST(LoreDTraining, DropsDecisionsThatWereNotFollowed) {
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

TEST(LoreDTraining, ImitatesAnotherPolicy) {
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

TEST(LoreDTraining, MakesNoUpdateFromChoicesThatWereNotItsOwn) {
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

TEST(LoreDTraining, ImitatesOneMomentOverAndOverAndThenPlays) {
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

}  // namespace
}  // namespace perennial
