#include "study/training.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "io/hash.h"
#include "io/temporary_folder.h"
#include "platform/suggest/platform_state.h"
#include "platform/suggest/practice_model.h"
#include "study/compare.h"

namespace perennial {
namespace {

using testing::HasSubstr;

constexpr std::uint32_t rounds = 24;

const WorldSource& world() {
  static const WorldSource source = open_world("youtube");
  return source;
}

/// Three copies with few people.
Plan small_plan(const std::string& policy = "lore-d") {
  Plan plan = make_plan("lockin", {}, {{"test", "policy.lore-d.rounds_per_update", std::int64_t{5}}});
  plan.policies = policy;
  plan.simulation.users = 30;
  plan.simulation.creators = 15;
  plan.rounds = rounds;
  plan.seeds = 3;
  plan.first_seed = 1000;
  return plan;
}

bool go_on() {
  return true;
}

/// Hash of every byte that a training leaves: what the policy knows and how it went.
std::string left_by(Training& training) {
  const auto knowledge = hash_bytes(training.policy().knowledge);
  const auto rounds_hash = hash_bytes(std::as_bytes(std::span(training.rounds())), knowledge);
  return hash_text(rounds_hash) + training.comparison().result_hash;
}

std::string refusal(const Plan& plan) {
  Workers workers;
  try {
    Training training(plan, world(), workers);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Training, GivesTheSameBytesAtAnyNumberOfThreads) {
  Workers alone(1), together(3);
  Training one(small_plan(), world(), alone), other(small_plan(), world(), together);
  one.play(rounds, go_on);
  other.play(rounds, go_on);
  EXPECT_EQ(left_by(one), left_by(other));
}

TEST(Training, TakenUpAgainAfterAnyRoundLeavesTheSameBytes) {
  Workers workers(2);
  Training whole(small_plan(), world(), workers);
  EXPECT_TRUE(whole.play(rounds, go_on));
  for (const std::uint32_t stop : {1U, 7U, 10U}) {  // 10: right after an update
    Training first(small_plan(), world(), workers);
    EXPECT_FALSE(first.play(rounds, [&] { return first.round() < stop; }));
    Archive saved;
    first.persist(saved);
    Archive opened(saved.bytes());
    Training second(small_plan(), world(), workers);
    second.persist(opened);
    EXPECT_TRUE(opened.at_end());
    EXPECT_EQ(second.round(), stop);
    second.play(rounds, go_on);
    EXPECT_EQ(left_by(second), left_by(whole)) << "stopped after round " << stop;
  }
}

TEST(Training, LearnsFromAllCopies) {
  Workers workers;
  auto plan = small_plan();
  Training three(plan, world(), workers);
  plan.seeds = 2;
  Training two(plan, world(), workers);
  const auto before = three.policy().knowledge;
  EXPECT_EQ(two.policy().knowledge, before) << "both begin with the first copy's weights";
  three.play(5, go_on);
  two.play(5, go_on);
  EXPECT_EQ(three.progress().updates, 1);
  EXPECT_NE(three.policy().knowledge, before);
  EXPECT_NE(three.policy().knowledge, two.policy().knowledge) << "the third copy's rounds count";
}

TEST(Training, PlaysSilentAndRandomAsACompareOfTheSameSeedsDoes) {
  Workers workers;
  Training training(small_plan(), world(), workers);
  training.play(rounds, go_on);
  const auto trained = training.comparison();
  ASSERT_EQ(trained.policies.size(), 3);
  const auto compared = compare(small_plan("silent,random"), world(), {});
  for (std::size_t policy = 0; policy < 2; ++policy) {
    for (std::size_t copy = 0; copy < 3; ++copy) {
      EXPECT_EQ(trained.policies[policy + 1].runs[copy].rounds, compared->policies[policy].runs[copy].rounds);
    }
  }
  double silent = 0;
  for (const auto& run : compared->policies[0].runs) silent += at(run.rounds[rounds - 1], Metric::clicks) / 3;
  EXPECT_DOUBLE_EQ(training.rounds().back().silent, silent);
}

TEST(Training, WarmStartedBeginsWithWhatWasLearnedElsewhere) {
  const TemporaryFolder folder;
  Workers workers;
  Training training(small_plan(), world(), workers);
  training.play(rounds, go_on);
  save_policy(folder.path(), training.policy());
  auto plan = small_plan("lore-d@" + folder.path().string());
  plan.simulation.world = "amazon-video-games";
  plan.first_seed = 5;
  Training again(plan, open_world(plan.simulation.world), workers);
  EXPECT_EQ(again.policy().knowledge, training.policy().knowledge);
  EXPECT_EQ(again.policy().genres, open_world(plan.simulation.world).genres());
  again.play(5, go_on);
  EXPECT_NE(again.policy().knowledge, training.policy().knowledge);
}

TEST(Training, AFrozenPolicyPlaysTheSameKnowledgeToTheEnd) {
  const TemporaryFolder folder;
  Workers workers;
  Training training(small_plan(), world(), workers);
  training.play(5, go_on);
  save_policy(folder.path(), training.policy());
  const auto plan = small_plan();
  for (const bool frozen : {true, false}) {
    const auto name = "lore-d@" + folder.path().string() + (frozen ? ":frozen" : "");
    RecordedRun run(plan.simulation, first_world(plan, world(), 1), name, 1, workers);
    run.play(rounds, go_on);
    Archive knowledge;
    run.policy().learned()->persist_knowledge(knowledge);
    EXPECT_EQ(knowledge.bytes() == training.policy().knowledge, frozen);
  }
}

/// Two genres are as much in demand; the one creator has practised the latter.
constexpr const char* practised_the_latter = R"({
  "round": 30, "slate": 5, "genres": ["home", "new", "practised"],
  "users": [{"count": 30, "genres": {"home": {"shown": 60, "clicked": 6}, "new": {"shown": 40, "clicked": 20},
                                     "practised": {"shown": 40, "clicked": 20}}}],
  "creators": [{"name": "c", "history": {"home": 5}, "last_genre": "home", "trust": 0.9,
                "made": {"home": {"items": 1, "shown": 20, "clicks": 1},
                         "practised": {"items": 14, "shown": 100, "clicks": 50}}}]})";

/// What a trained policy tells that creator.
std::string advice(const SavedPolicy& trained) {
  const TemporaryFolder folder;
  save_policy(folder.path(), trained);
  const auto state = parse_platform_state(practised_the_latter, "state.json");
  const auto policy = make_policy({trained.policy, folder.path(), true}, {}, state.shape, state.genres);
  Workers workers;
  const auto request = state.request(workers);
  const auto told = policy->learned()->explain(request).front().suggestion;
  return told == no_genre ? "nothing" : state.genres[told];
}

TEST(Training, InCraftTeachesToAdviseWhatIsPractisedWhereAllElseIsEqual) {
  auto plan = small_plan();
  use_setting(plan.simulation, "craft");
  plan.simulation.users = 60;
  Workers workers;
  Training training(plan, world(), workers);
  training.play(80, go_on);
  auto trained = training.policy();
  EXPECT_EQ(advice(trained), "practised");
  Archive no_curve;
  PracticeModel unmeasured;
  unmeasured.persist(no_curve);  // the last of what is known
  std::ranges::copy(no_curve.bytes(),
                    trained.knowledge.end() - static_cast<std::ptrdiff_t>(no_curve.bytes().size()));
  EXPECT_EQ(advice(trained), "new") << "the first of two alike";
}

TEST(Training, RefusesWhatCannotBeTrained) {
  EXPECT_THAT(refusal(small_plan("water-filling")), HasSubstr("does not learn"));
  EXPECT_THAT(refusal(small_plan("lore-d,lore")), HasSubstr("one policy"));
  EXPECT_THAT(refusal(small_plan("lore-d@somewhere:frozen")), HasSubstr("frozen"));
}

TEST(Training, RefusesASavedOneWithOtherCopies) {
  Workers workers;
  auto plan = small_plan();
  Training three(plan, world(), workers);
  Archive saved;
  three.persist(saved);
  plan.seeds = 2;
  Training two(plan, world(), workers);
  Archive opened(saved.bytes());
  EXPECT_THROW(two.persist(opened), Error);
}

}  // namespace
}  // namespace perennial
