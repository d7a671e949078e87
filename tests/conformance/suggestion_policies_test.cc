#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "conformance/asked_platform.h"
#include "conformance/limits.h"

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

TEST_P(EverySuggestionPolicy, KeepsItsPromisesAtTheLimitsOfEverySetting) {
  const auto plain = find_plugin(suggestion_policies(), "policy", GetParam()).make();
  for (const auto& setting : settings_at_limits(*plain)) {
    SCOPED_TRACE(setting.text);
    const auto one = find_plugin(suggestion_policies(), "policy", GetParam()).make(),
               other = find_plugin(suggestion_policies(), "policy", GetParam()).make();
    for (auto* policy : {one.get(), other.get()}) {
      setting.apply(*policy);
      start(*policy);
    }
    Platform platform(15), copy(15);
    for (int r = 0; r < 25; ++r) {
      const auto suggestions = ask(platform, *one, platform.everybody());
      for (const GenreId genre : suggestions) ASSERT_TRUE(genre < genres || genre == no_genre) << genre;
      ASSERT_EQ(ask(copy, *other, copy.everybody(), 3), suggestions) << "round " << r + 1;
      platform.play(one.get());
      copy.play(other.get());
    }
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

/// Suggest for all who create at once, since supply adds up: what one is told depends on who else is asked.
const std::set<std::string> plans_for_all = {"water-filling", "lore-d", "oracle"};

TEST_P(EverySuggestionPolicy, TellsACreatorTheSameAloneAndInCompanyUnlessItPlansForAll) {
  const auto policy = make(GetParam());
  Platform platform(15);
  std::size_t different = 0;
  for (int r = 0; r < 30; ++r) {
    const auto together = ask(platform, *policy, platform.everybody());
    if (r % 10 == 9) {
      Archive saved;
      policy->persist(saved);
      for (const CreatorId creator : platform.everybody()) {
        const auto copy = make(GetParam());
        Archive opened(saved.bytes());
        copy->persist(opened);
        different += ask(platform, *copy, {creator})[0] != together[creator] ? 1 : 0;
      }
    }
    platform.play(policy.get());
  }
  EXPECT_EQ(different > 0, plans_for_all.contains(GetParam()));
}

TEST_P(EverySuggestionPolicy, HasTheSameToSayWhenAskedAgain) {
  const auto policy = make(GetParam());
  Platform platform(15);
  for (int r = 0; r < 25; ++r) {
    const auto suggestions = ask(platform, *policy, platform.everybody());
    EXPECT_EQ(ask(platform, *policy, platform.everybody()), suggestions) << "round " << r + 1;
    platform.play(policy.get());
  }
}

TEST_P(EverySuggestionPolicy, ServesAPlatformWithoutUsers) {
  const auto policy = find_plugin(suggestion_policies(), "policy", GetParam()).make();
  start(*policy, seed, 0);
  Platform platform(15, 0);
  for (int r = 0; r < 45; ++r) {
    for (const GenreId genre : ask(platform, *policy, platform.everybody()))
      ASSERT_TRUE(genre < genres || genre == no_genre) << genre;
    platform.play(policy.get());
  }
  if (policy->learned() == nullptr) return;
  EXPECT_TRUE(std::isfinite(policy->learned()->progress().policy_loss));
  for (const auto& told : platform.explain(*policy->learned(), platform.everybody())) {
    for (const double p : told.probabilities) ASSERT_TRUE(p >= 0 && p <= 1) << p;
  }
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

/// So few that one more item of any genre is worth something: where none is, genres are equals.
constexpr std::size_t few_creators = 4;

/// What a policy suggested in each round, 1 where it did: rounds x creators x (genres, nothing), by what they are.
Deed suggestions_under(const Names& names, const std::string& name, std::uint64_t policy_seed) {
  constexpr std::size_t rounds = 45;  // those that learn have learned
  const std::size_t creators = names.creators.size();
  const auto policy = make(name, {}, policy_seed);
  Platform platform(names);
  platform.coins = policy_seed;
  platform.have_no_ties();
  const auto genre_called = things_called(names.genres);
  Deed deed(rounds * creators * (genres + 1));
  for (std::size_t r = 0; r < rounds; ++r) {
    const auto suggestions = platform.ask(*policy, platform.everybody(), reads_truth(name));
    for (CreatorId c = 0; c < creators; ++c) {
      const std::size_t option = suggestions[c] == no_genre ? genres : genre_called[suggestions[c]];
      deed[(r * creators + platform.creator_called[c]) * (genres + 1) + option] = 1;
    }
    platform.play(policy.get());
  }
  return deed;
}

TEST_P(EverySuggestionPolicy, SuggestsTheSameUnderOtherNamesUpToWhatItDraws) {
  const Names plain{own_names<GenreId>(genres), own_names<CreatorId>(few_creators)};
  const Names renamed{other_names<GenreId>(genres, 0), other_names<CreatorId>(few_creators, 1)};
  const auto runs = NamedRuns::of(20, plain, renamed, [](const Names& names, std::uint64_t policy_seed) {
    return suggestions_under(names, GetParam(), policy_seed);
  });
  expect_names_to_say_nothing(runs, {few_creators * (genres + 1), genres + 1});
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
