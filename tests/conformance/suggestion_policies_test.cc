#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/asked_platform.h"

// What every suggestion policy promises (platform/suggest/suggestion_policy.h), held against each of the built-ins.

namespace perennial {
namespace {

using namespace asked;

class EverySuggestionPolicy : public testing::TestWithParam<std::string> {
 protected:
  std::vector<GenreId> ask(const Platform& platform, SuggestionPolicy& policy,
                           const std::vector<CreatorId>& creators, std::size_t threads = 1) {
    return platform.ask(policy, creators, reads_truth(GetParam()), threads);  // all others get none
  }
};

INSTANTIATE_TEST_SUITE_P(, EverySuggestionPolicy, testing::ValuesIn(plugin_names(suggestion_policies())),
                         [](const auto& which) { return test_name(which.param); });

TEST_P(EverySuggestionPolicy, SuggestsAGenreThatExistsOrNothingToEverybody) {
  const auto policy = make(GetParam());
  Platform platform(15);
  for (int r = 0; r < 12; ++r) {
    const auto suggestions = ask(platform, *policy, platform.everybody());
    ASSERT_EQ(suggestions.size(), 15u);
    for (const GenreId genre : suggestions) EXPECT_TRUE(genre < genres || genre == no_genre) << genre;
    platform.play(policy.get());
  }
}

TEST_P(EverySuggestionPolicy, SuggestsTheSameAgainAndAtAnyNumberOfThreads) {
  std::vector<std::vector<GenreId>> expected;
  for (const std::size_t threads : {1, 1, 2, 3, 7}) {
    const auto policy = make(GetParam());
    Platform platform(15);
    std::vector<std::vector<GenreId>> suggestions;
    for (int r = 0; r < 8; ++r) {
      suggestions.push_back(ask(platform, *policy, platform.everybody(), threads));
      platform.play(policy.get());
    }
    if (expected.empty()) expected = suggestions;
    EXPECT_EQ(suggestions, expected) << threads;
  }
}

TEST_P(EverySuggestionPolicy, SpeaksBeforeAnybodyMadeOrClickedAnything) {
  const auto policy = make(GetParam());
  const Platform platform(15);
  for (const GenreId genre : ask(platform, *policy, platform.everybody()))
    EXPECT_TRUE(genre < genres || genre == no_genre) << genre;
}

TEST_P(EverySuggestionPolicy, BearsRoundsInWhichNobodyComes) {
  const auto policy = make(GetParam());
  Platform platform(15);
  for (int r = 0; r < 3; ++r) platform.play(policy.get());
  Workers workers;
  for (int r = 0; r < 3; ++r) {
    EXPECT_TRUE(ask(platform, *policy, {}).empty());
    RoundLog quiet;
    quiet.round = platform.round++;
    quiet.shown.reset(0, slate);
    std::fill(platform.tables.recent_clicks.begin(), platform.tables.recent_clicks.end(), 0);
    policy->learn(quiet, platform.items, platform.tables, workers);
  }
  for (const GenreId genre : ask(platform, *policy, platform.everybody()))
    EXPECT_TRUE(genre < genres || genre == no_genre) << genre;
}

TEST_P(EverySuggestionPolicy, HasDefaultsItAcceptsItselfAndExplainsThem) {
  const auto policy = make(GetParam());
  const auto fields = policy->fields();
  for (const auto& field : fields.all()) {
    EXPECT_NO_THROW(fields.set(GetParam(), field.name, Fields::value(field)));
    EXPECT_FALSE(field.help.empty());
  }
}

TEST_P(EverySuggestionPolicy, AnswersTheCreatorsItIsAskedFor) {
  const auto policy = make(GetParam());
  Platform platform(15);
  for (int r = 0; r < 5; ++r) platform.play(policy.get());
  const std::vector<CreatorId> some = {1, 4, 14};
  const auto suggestions = ask(platform, *policy, some);
  ASSERT_EQ(suggestions.size(), 3u);
  for (const GenreId genre : suggestions) EXPECT_NE(genre, 77);
}

TEST_P(EverySuggestionPolicy, HasNothingToSayToNobody) {
  const auto policy = make(GetParam());
  Platform platform(4);
  EXPECT_TRUE(ask(platform, *policy, {}).empty());
  platform.play(policy.get());
  EXPECT_TRUE(ask(platform, *policy, {}).empty());
}

TEST_P(EverySuggestionPolicy, GoesOnAfterSavingAndLoadingAsIfNothingWere) {
  const auto policy = make(GetParam()), loaded = make(GetParam());
  Platform platform(15);
  for (int r = 0; r < 6; ++r) platform.play(policy.get());
  Archive saved;
  policy->persist(saved);
  Archive opened(saved.bytes());
  loaded->persist(opened);
  EXPECT_TRUE(opened.at_end());
  Platform copy = platform;
  for (int r = 0; r < 4; ++r) {
    EXPECT_EQ(ask(platform, *policy, platform.everybody()), ask(copy, *loaded, copy.everybody()));
    platform.play(policy.get());
    copy.play(loaded.get());
  }
}

TEST_P(EverySuggestionPolicy, ServesMoreCreatorsThanThereWereAtTheStart) {
  const auto policy = make(GetParam());
  Platform platform(40);
  for (int r = 0; r < 12; ++r) {
    const auto suggestions = ask(platform, *policy, platform.everybody());
    for (const GenreId genre : suggestions) EXPECT_TRUE(genre < genres || genre == no_genre) << genre;
    platform.play(policy.get());
  }
}

TEST_P(EverySuggestionPolicy, SuggestsTheSameWithTheTruthLyingByUnlessItSaysThatItReadsIt) {
  if (reads_truth(GetParam())) return;
  const auto policy = make(GetParam()), tempted = make(GetParam());
  Platform platform(15), copy(15);
  for (int r = 0; r < 8; ++r) {
    EXPECT_EQ(platform.ask(*policy, platform.everybody(), false), copy.ask(*tempted, copy.everybody(), true));
    platform.play(policy.get());
    copy.play(tempted.get());
  }
}

}  // namespace
}  // namespace perennial
