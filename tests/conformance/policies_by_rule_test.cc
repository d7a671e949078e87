#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/asked_platform.h"

// What single policies promise: those that follow a rule or reason about genres.

namespace perennial {
namespace {

using namespace asked;

TEST(SilentPolicy, NeverSaysAnything) {
  const auto policy = make("silent");
  Platform platform(6);
  platform.play(policy.get());
  EXPECT_THAT(platform.ask(*policy, platform.everybody(), false), testing::Each(no_genre));
}

TEST(RandomPolicy, SuggestsAllGenresAlike) {
  const auto policy = make("random");
  Platform platform(1000);
  std::vector<int> times(genres);
  for (platform.round = 1; platform.round <= 10; ++platform.round) {
    for (const GenreId genre : platform.ask(*policy, platform.everybody(), false)) ++times[genre];
  }
  for (const int n : times) EXPECT_NEAR(n, 2000, 160);  // four binomial standard errors
}

/// Items of the last round and how many clicks each genre drew in it.
void learn_clicks(SuggestionPolicy& policy, Platform& platform, const std::vector<std::uint32_t>& clicks) {
  platform.tables.recent_clicks = clicks;
  Workers workers;
  policy.learn(platform.log, platform.items, platform.tables, workers);
}

TEST(MostClickPolicy, SaysNothingBeforeTheFirstClick) {
  const auto policy = make("most-click");
  Platform platform(4);
  EXPECT_THAT(platform.ask(*policy, platform.everybody(), false), testing::Each(no_genre));
  learn_clicks(*policy, platform, {0, 0, 0, 0, 0});
  EXPECT_THAT(platform.ask(*policy, platform.everybody(), false), testing::Each(no_genre));
}

TEST(MostClickPolicy, SendsEverybodyToTheGenreWithMostClicksAndTheLowestAmongEquals) {
  const auto policy = make("most-click");
  Platform platform(4);
  learn_clicks(*policy, platform, {1, 0, 3, 3, 0});
  EXPECT_THAT(platform.ask(*policy, platform.everybody(), false), testing::Each(2));
  learn_clicks(*policy, platform, {3, 0, 0, 1, 0});  // 4, 0, 3, 4, 0
  EXPECT_THAT(platform.ask(*policy, platform.everybody(), false), testing::Each(0));
}

TEST(MostClickPolicy, ForgetsWhatLiesBeforeItsWindow) {
  const auto all = make("most-click"), window = make("most-click", {{"window", std::int64_t{2}}});
  Platform platform(4);
  for (const auto& clicks :
       std::vector<std::vector<std::uint32_t>>{{9, 0, 0, 0, 0}, {0, 2, 0, 0, 0}, {0, 0, 3, 0, 0}}) {
    learn_clicks(*all, platform, clicks);
    learn_clicks(*window, platform, clicks);
  }
  EXPECT_THAT(platform.ask(*all, platform.everybody(), false), testing::Each(0));
  EXPECT_THAT(platform.ask(*window, platform.everybody(), false), testing::Each(2));
}

TEST(MostHistoryClickPolicy, TellsEachCreatorWhatDrewItMostClicks) {
  const auto policy = make("most-history-click");
  Platform platform(4);
  platform.records.got_clicks(0, 3, 5);
  platform.records.got_clicks(1, 4, 2);
  platform.records.got_clicks(1, 1, 2);
  platform.records.got_clicks(2, 0, 1);
  EXPECT_THAT(platform.ask(*policy, platform.everybody(), false), testing::ElementsAre(3, 1, 0, no_genre));
}

/// The two policies that reason about genres must not care what they are called.
class ReasoningPolicy : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(, ReasoningPolicy, testing::Values("water-filling", "oracle"),
                         [](const auto& which) { return test_name(which.param); });

TEST_P(ReasoningPolicy, SuggestsTheSameGenresUnderOtherNames) {
  for (const auto& names :
       std::vector<std::vector<GenreId>>{{4, 3, 2, 1, 0}, {1, 2, 3, 4, 0}, {0, 3, 1, 4, 2}}) {
    const auto one = make(GetParam()), other = make(GetParam());
    // Few enough that one more item of any genre is worth something: between equals the lowest genre is taken.
    Platform plain(4), renamed(Names{names, own_names<CreatorId>(4)});
    int spoken = 0;
    for (int r = 0; r < 25; ++r) {
      plain.play(one.get());
      renamed.play(other.get());
      auto expected = plain.ask(*one, plain.everybody(), reads_truth(GetParam()));
      for (auto& genre : expected) {
        spoken += genre != no_genre ? 1 : 0;
        genre = genre == no_genre ? no_genre : names[genre];
      }
      EXPECT_EQ(renamed.ask(*other, renamed.everybody(), reads_truth(GetParam())), expected) << "round " << r;
    }
    EXPECT_GT(spoken, 20);
  }
}

TEST_P(ReasoningPolicy, SpreadsACrowdOverWhatUsersWant) {
  const auto policy = make(GetParam());
  Platform platform(15);
  for (int r = 0; r < 10; ++r) platform.play(policy.get());
  for (const CreatorId c : platform.everybody()) platform.records.made_item(c, 0, 0);  // all crowd together
  std::vector<int> sent(genres);
  for (const GenreId genre : platform.ask(*policy, platform.everybody(), reads_truth(GetParam()))) {
    if (genre != no_genre) ++sent[genre];
  }
  EXPECT_GE(std::accumulate(sent.begin() + 1, sent.end(), 0), 8);
  EXPECT_GE(std::count_if(sent.begin() + 1, sent.end(), [](int n) { return n > 0; }), 2);
}

TEST(OraclePolicy, IsTheOnlyOneThatReadsTheTruth) {
  for (const auto& policy : suggestion_policies())
    EXPECT_EQ(policy.uses_truth, policy.name == "oracle") << policy.name;
}

TEST(OraclePolicyDeathTest, WithoutTheTruthStopsTheProgram) {
  const auto policy = make("oracle");
  const Platform platform(3);
  EXPECT_DEATH(platform.ask(*policy, platform.everybody(), false), "truth");
}

}  // namespace
}  // namespace perennial
