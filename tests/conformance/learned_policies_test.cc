#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "conformance/asked_platform.h"

// What every policy that learns promises on top (platform/suggest/learned_policy.h), held against each of the built-ins.

namespace perennial {
namespace {

using namespace asked;

/// Those that learn, asked and told for a while.
class EveryLearnedPolicy : public testing::TestWithParam<std::string> {
 protected:
  void play(Platform& platform, SuggestionPolicy& policy, int rounds) const {
    for (int r = 0; r < rounds; ++r) {
      platform.ask(policy, platform.everybody(), false);
      platform.play(&policy);
    }
  }
  static std::vector<std::byte> knowledge_of(SuggestionPolicy& policy) {
    Archive archive;
    policy.learned()->persist_knowledge(archive);
    return archive.bytes();
  }
};

std::vector<std::string> learned_policies() {
  std::vector<std::string> names;
  for (const auto& policy : suggestion_policies()) {
    if (policy.make()->learned() != nullptr) names.push_back(policy.name);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(, EveryLearnedPolicy, testing::ValuesIn(learned_policies()),
                         [](const auto& which) { return test_name(which.param); });

TEST_P(EveryLearnedPolicy, KnowsNothingNewWhileItIsFrozen) {
  const auto policy = make(GetParam());
  policy->learned()->update_alone(false);
  const auto knew = knowledge_of(*policy);
  Platform platform(15);
  play(platform, *policy, 60);
  EXPECT_EQ(knowledge_of(*policy), knew);
  EXPECT_EQ(policy->learned()->progress().updates, 0U);
}

TEST_P(EveryLearnedPolicy, LearnsAloneUnlessItIsTold) {
  const auto policy = make(GetParam());
  const auto knew = knowledge_of(*policy);
  Platform platform(15);
  play(platform, *policy, 60);
  EXPECT_NE(knowledge_of(*policy), knew);
  EXPECT_GT(policy->learned()->progress().updates, 0U);
}

TEST_P(EveryLearnedPolicy, HandsOverAllThatItKnows) {
  const auto policy = make(GetParam()), heir = make(GetParam());
  Platform platform(15);
  play(platform, *policy, 60);
  Archive archive(knowledge_of(*policy));
  heir->learned()->persist_knowledge(archive);
  EXPECT_TRUE(archive.at_end());
  EXPECT_EQ(knowledge_of(*heir), knowledge_of(*policy));
}

TEST_P(EveryLearnedPolicy, ExplainsEveryCreatorAskedForAndStaysAsItIs) {
  const auto policy = make(GetParam());
  Platform platform(15);
  play(platform, *policy, 30);
  Archive before, after;
  policy->persist(before);
  const std::vector<CreatorId> some = {0, 3, 14};
  const auto told = platform.explain(*policy->learned(), some);
  policy->persist(after);
  EXPECT_EQ(after.bytes(), before.bytes());
  ASSERT_EQ(told.size(), some.size());
  for (std::size_t i = 0; i < told.size(); ++i) {
    EXPECT_EQ(told[i].creator, some[i]);
    const auto& p = told[i].probabilities;
    ASSERT_EQ(p.size(), genres + 1);
    EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-5);
    const auto best = static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
    EXPECT_EQ(told[i].suggestion, best == genres ? no_genre : best);
    for (std::size_t r = 1; r < told[i].reasons.size(); ++r)
      EXPECT_LE(std::abs(told[i].reasons[r].moves_logit), std::abs(told[i].reasons[r - 1].moves_logit));
  }
}

TEST_P(EveryLearnedPolicy, KnowsTheSameAsItsCopiesAfterAnUpdate) {
  const auto one = make(GetParam()), other = make(GetParam());
  Platform platform(15), second(Names{{4, 3, 2, 1, 0}, own_names<CreatorId>(15)});
  const std::vector<LearnedPolicy*> copies = {one->learned(), other->learned()};
  for (LearnedPolicy* copy : copies) copy->update_alone(false);
  int rounds = 0;
  do {
    play(platform, *one, 1);
    play(second, *other, 1);
  } while (++rounds < 100 && (rounds < 4 || !one->learned()->update_due()));
  ASSERT_TRUE(one->learned()->update_due());
  const auto knew = knowledge_of(*one);
  Workers workers;
  one->learned()->update(copies, workers);
  EXPECT_NE(knowledge_of(*one), knew);
  EXPECT_EQ(knowledge_of(*other), knowledge_of(*one));
}

}  // namespace
}  // namespace perennial
