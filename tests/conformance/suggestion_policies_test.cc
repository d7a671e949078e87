#include "platform/suggest/suggestion_policies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "world/truth.h"

// What every suggestion policy promises (platform/suggest/suggestion_policy.h), held against each of the built-ins, and
// what one or the other promises on top.

namespace perennial {
namespace {

constexpr std::size_t users = 20, genres = 5, slate = 3;
constexpr std::uint64_t seed = 2000;

std::unique_ptr<SuggestionPolicy> make(const std::string& name,
                                       const std::vector<std::pair<std::string, FieldValue>>& settings = {}) {
  auto policy = find_plugin(suggestion_policies(), "policy", name).make();
  for (const auto& [key, value] : settings) policy->fields().set(name, key, value);
  policy->start(
      {.users = users, .creators = 15, .genres = genres, .slate = slate, .recency = 10, .seed = seed});
  return policy;
}

bool reads_truth(const std::string& name) {
  return find_plugin(suggestion_policies(), "policy", name).uses_truth;
}

/// A platform on which items and clicks just happen, by addressed draws; genres can be renamed by a permutation.
struct Platform {
  std::vector<GenreId> name_of;  ///< genre g of the unrenamed platform is called this
  CreatorRecords records{genres, 10};
  Items items;
  PlatformTables tables;
  RoundLog log;
  std::vector<double> predicted_trust, click_probability, user_activity, trust, quality;
  std::uint32_t round = 1;

  explicit Platform(std::size_t creators, std::vector<GenreId> names = {0, 1, 2, 3, 4})
      : name_of(std::move(names)) {
    tables.genres = genres;
    tables.user_genre.resize(users * genres);
    tables.genre.resize(genres);
    tables.recent_clicks.resize(genres);
    tables.made.resize(genres);
    tables.creator.resize(creators);
    const Draws truth(seed, Purpose::world);
    click_probability.resize(users * genres);
    quality.resize(creators * genres);
    for (std::uint32_t u = 0; u < users; ++u) {
      user_activity.push_back(0.3 + 0.7 * truth.uniform(u, 0, 1));
      for (std::uint32_t g = 0; g < genres; ++g)
        click_probability[u * genres + name_of[g]] = truth.uniform(u, g, 2);
    }
    for (std::uint32_t c = 0; c < creators; ++c) {
      records.add_creator(std::vector<GenreCount>{{name_of[0], c % 2 + 1}});
      predicted_trust.push_back(0.1 + 0.8 * truth.uniform(c, 0, 3));
      trust.push_back(truth.uniform(c, 0, 4));
      for (std::uint32_t g = 0; g < genres; ++g)
        quality[c * genres + name_of[g]] = 0.5 + 0.5 * truth.uniform(c, g, 5);
    }
  }

  std::vector<CreatorId> everybody() const {
    std::vector<CreatorId> all(records.size());
    std::iota(all.begin(), all.end(), CreatorId{0});
    return all;
  }

  /// One round: every creator makes something, every user sees what is new and clicks by the truth.
  void play(SuggestionPolicy* policy) {
    log = {};
    log.round = round;
    log.active_creators = everybody();
    log.suggested.assign(log.active_creators.size(), no_genre);
    log.followed.assign(log.active_creators.size(), 0);
    const Draws makes(seed, Purpose::creation, round), clicks(seed, Purpose::click, round);
    const auto first = static_cast<ItemId>(items.size());
    for (const CreatorId c : log.active_creators) {
      const GenreId genre =
          name_of[makes.below(genres, c) * makes.below(2, c, 1)];  // the first genre is made most
      log.made.push_back(static_cast<ItemId>(items.size()));
      records.made_item(c, static_cast<ItemId>(items.size()), genre);
      items.add(c, genre, round);
    }
    log.shown.reset(users, slate);
    for (UserId u = 0; u < users; ++u) {
      log.active_users.push_back(u);
      for (std::uint32_t place = 0; place < std::min(slate, records.size()); ++place) {
        const ItemId item = first + (u + place) % static_cast<ItemId>(records.size());
        log.shown.row(u)[place] = item;
        const bool click = clicks.coin(click_probability[u * genres + items.genre[item]], u, place);
        log.clicked.push_back(click ? 1 : 0);
        ++items.shown[item];
        items.clicked[item] += click ? 1 : 0;
        if (click) records.got_clicks(items.creator[item], items.genre[item], 1);
      }
      log.clicked.resize((u + 1) * slate);
      const auto next = first + (u + static_cast<ItemId>(slate)) % static_cast<ItemId>(records.size());
      log.next_best.push_back(records.size() > slate ? next : no_item);
      log.next_best_score.push_back(0);
    }
    tables.account(log, items);
    if (policy) {
      Workers workers;
      policy->learn(log, items, tables, workers);
    }
    ++round;
  }

  std::vector<GenreId> ask(SuggestionPolicy& policy, const std::vector<CreatorId>& creators, bool with_truth,
                           std::size_t threads = 1) const {
    const Truth truth{.genres = genres,
                      .click_probability = click_probability,
                      .user_activity = user_activity,
                      .trust = trust,
                      .quality = quality};
    Workers workers(threads);
    std::vector<GenreId> suggestions(creators.size(), 77);
    policy.suggest({.round = round,
                    .creators = creators,
                    .records = records,
                    .items = items,
                    .tables = tables,
                    .predicted_trust = predicted_trust,
                    .truth = with_truth ? &truth : nullptr,
                    .draws = Draws(seed, Purpose::suggestion, round),
                    .workers = workers},
                   suggestions);
    return suggestions;
  }
};

class EverySuggestionPolicy : public testing::TestWithParam<std::string> {
 protected:
  std::vector<GenreId> ask(const Platform& platform, SuggestionPolicy& policy,
                           const std::vector<CreatorId>& creators, std::size_t threads = 1) {
    return platform.ask(policy, creators, reads_truth(GetParam()), threads);  // all others get none
  }
};

INSTANTIATE_TEST_SUITE_P(, EverySuggestionPolicy, testing::ValuesIn(plugin_names(suggestion_policies())),
                         [](const auto& which) {
                           std::string name = which.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

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
  const auto one = make(GetParam()), other = make(GetParam());
  Platform first(15), second(15);
  for (int r = 0; r < 8; ++r) {
    EXPECT_EQ(ask(first, *one, first.everybody()), ask(second, *other, second.everybody(), 3));
    first.play(one.get());
    second.play(other.get());
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

INSTANTIATE_TEST_SUITE_P(, EveryLearnedPolicy, testing::ValuesIn(learned_policies()), [](const auto& which) {
  std::string name = which.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

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
  Workers workers;
  const auto told = policy->learned()->explain({.round = platform.round,
                                                .creators = some,
                                                .records = platform.records,
                                                .items = platform.items,
                                                .tables = platform.tables,
                                                .predicted_trust = platform.predicted_trust,
                                                .truth = nullptr,
                                                .draws = Draws(seed, Purpose::suggestion, platform.round),
                                                .workers = workers});
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
  Platform platform(15), second(15, {4, 3, 2, 1, 0});
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
                         [](const auto& which) {
                           return which.param == "oracle" ? "oracle" : "water_filling";
                         });

TEST_P(ReasoningPolicy, SuggestsTheSameGenresUnderOtherNames) {
  for (const auto& names :
       std::vector<std::vector<GenreId>>{{4, 3, 2, 1, 0}, {1, 2, 3, 4, 0}, {0, 3, 1, 4, 2}}) {
    const auto one = make(GetParam()), other = make(GetParam());
    // Few enough that one more item of any genre is worth something: between equals the lowest genre is taken.
    Platform plain(4), renamed(4, names);
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
