#include "platform/suggest/lore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "base/error.h"
#include "platform/suggest/lore_platform_for_tests.h"

namespace perennial {
namespace {

constexpr std::size_t genres = ObedientPlatform::genres;
using Settings = std::vector<std::pair<std::string, FieldValue>>;

const Settings small = {{"hidden", "32"}, {"warm_up", std::int64_t{0}}};

std::unique_ptr<LorePolicy> make(const Settings& settings = small, std::size_t creators = 4,
                                 std::uint64_t seed = 5) {
  auto policy = std::make_unique<LorePolicy>();
  for (const auto& [name, value] : settings) policy->fields().set("lore", name, value);
  policy->start({.users = 1, .creators = creators, .genres = genres, .slate = 5, .recency = 3, .seed = seed});
  return policy;
}

Settings with(Settings settings, const Settings& more) {
  settings.insert(settings.end(), more.begin(), more.end());
  return settings;
}

std::vector<std::byte> knowledge(LorePolicy& policy) {
  Archive archive;
  policy.persist_knowledge(archive);
  return archive.bytes();
}

std::vector<std::byte> everything(LorePolicy& policy) {
  Archive archive;
  policy.persist(archive);
  return archive.bytes();
}

TEST(LorePolicy, LearnsTheGenreThatPays) {
  const auto policy = make(with(small, {{"actor_rate", 3e-3}, {"gamma", 0.5}}));
  ObedientPlatform platform(4);
  std::size_t first = 0, last = 0;
  for (int r = 0; r < 1500; ++r) {
    for (const GenreId genre : platform.play(*policy)) {
      first += r < 20 && genre == 1 ? 1 : 0;
      last += r >= 1400 && genre == 1 ? 1 : 0;
    }
  }
  EXPECT_LT(first, 60u);  // of 80
  EXPECT_GT(last, 380u);  // of 400
  EXPECT_EQ(policy->progress().updates, 75u);
  EXPECT_GT(policy->progress().explained_variance, -10);
}

TEST(LorePolicy, SaysNothingWhileItWarmsUp) {
  const auto policy = make({{"hidden", "32"}});
  ObedientPlatform platform(4);
  for (int r = 1; r <= 20; ++r) EXPECT_THAT(platform.play(*policy), testing::Each(no_genre)) << r;
  std::size_t spoken = 0;
  for (int r = 21; r <= 30; ++r) {
    for (const GenreId genre : platform.play(*policy)) spoken += genre != no_genre ? 1 : 0;
  }
  EXPECT_GT(spoken, 10u);
}

TEST(LorePolicy, UpdatesAfterEveryNRoundsSpokenIn) {
  const auto policy =
      make({{"hidden", "8"}, {"warm_up", std::int64_t{3}}, {"rounds_per_update", std::int64_t{5}}});
  ObedientPlatform platform(4);
  for (int r = 1; r <= 7; ++r) platform.play(*policy);
  EXPECT_EQ(policy->progress().updates, 0u);
  platform.play(*policy);
  EXPECT_EQ(policy->progress().updates, 1u);
  for (int r = 9; r <= 13; ++r) platform.play(*policy);
  EXPECT_EQ(policy->progress().updates, 2u);
}

TEST(LorePolicy, WithItsReleasedLayersRefusesMoreThanTwoHundredCreators) {
  try {
    make({}, 201);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_THAT(error.what(), testing::HasSubstr("set hidden = \"256,256\""));
  }
  EXPECT_NO_THROW(make({{"preset", "compact"}}, 1000));
  EXPECT_NO_THROW(make({{"hidden", "64"}}, 1000));
}

TEST(LorePolicy, GoesOnAfterSavingAndLoadingToTheSameBytes) {
  const auto settings = with(small, {{"rounds_per_update", std::int64_t{6}}});
  const auto policy = make(settings);
  ObedientPlatform platform(4);
  for (int r = 0; r < 9; ++r) platform.play(*policy);  // one update, half a batch
  platform.ask(*policy);                               // and a round begun
  const auto loaded = make(settings, 4, 99);
  Archive opened(everything(*policy));
  loaded->persist(opened);
  EXPECT_TRUE(opened.at_end());
  EXPECT_EQ(everything(*loaded), everything(*policy));
  ObedientPlatform copy(4);
  copy.items = platform.items;
  copy.round = platform.round;
  for (int r = 0; r < 9; ++r) EXPECT_EQ(copy.play(*loaded), platform.play(*policy)) << r;
  EXPECT_EQ(loaded->progress().updates, 3u);
  EXPECT_EQ(everything(*loaded), everything(*policy));
}

TEST(LorePolicy, LearnsTheSameAtAnyNumberOfThreads) {
  const auto one = make(), other = make();
  ObedientPlatform platform(4);
  Workers three(3);
  for (int r = 0; r < 40; ++r) {
    platform.ask(*other);
    platform.play(*one);
    other->learn(platform.log, platform.items, platform.tables, three);
  }
  EXPECT_EQ(one->progress().updates, 2u);
  EXPECT_EQ(everything(*one), everything(*other));
}

TEST(LorePolicy, CopiesKnowTheSameAfterOneUpdateFromAll) {
  const auto first = make(), second = make(), alone = make();
  LearnedPolicy* const copies[] = {first.get(), second.get()};
  ObedientPlatform one(4, 5), two(4, 6), third(4, 5);
  for (LearnedPolicy* copy : copies) copy->update_alone(false);
  for (int r = 0; r < 20; ++r) {
    EXPECT_FALSE(first->update_due());
    one.play(*first);
    two.play(*second);
    third.play(*alone);
  }
  EXPECT_TRUE(first->update_due());
  const auto before = knowledge(*first);
  EXPECT_EQ(before, knowledge(*second));
  first->update(copies, one.workers);
  EXPECT_NE(knowledge(*first), before);
  EXPECT_EQ(knowledge(*first), knowledge(*second));
  EXPECT_NE(knowledge(*first), knowledge(*alone));  // the second copy's rounds counted
  EXPECT_FALSE(first->update_due());
  EXPECT_FALSE(second->update_due());
  EXPECT_EQ(second->progress().updates, 1u);
}

TEST(LorePolicy, FrozenNeverChangesAndKeepsNoMoreThanABatch) {
  const auto policy = make();
  policy->update_alone(false);
  ObedientPlatform platform(4);
  for (int r = 0; r < 20; ++r) platform.play(*policy);
  const auto before = knowledge(*policy);
  const auto size = everything(*policy).size();
  for (int r = 0; r < 30; ++r) platform.play(*policy);
  EXPECT_EQ(knowledge(*policy), before);
  EXPECT_EQ(everything(*policy).size(), size);
}

TEST(LorePolicy, HasNothingToSayToCreatorsWhoJoinedLater) {
  const auto policy = make();
  ObedientPlatform platform(6);
  for (int r = 0; r < 45; ++r) {
    const auto suggestions = platform.play(*policy);
    EXPECT_EQ(suggestions[4], no_genre);
    EXPECT_EQ(suggestions[5], no_genre);
  }
  EXPECT_EQ(policy->progress().updates, 2u);
}

TEST(LorePolicy, LearnsOnWhenCreatorsStayAwayOrAllDo) {
  const auto policy = make();
  ObedientPlatform platform(4);
  for (int r = 0; r < 45; ++r) {
    platform.active = r % 3 == 0   ? std::vector<CreatorId>{}
                      : r % 3 == 1 ? std::vector<CreatorId>{1, 3}
                                   : std::vector<CreatorId>{0};
    EXPECT_EQ(platform.play(*policy).size(), platform.active.size());
  }
  EXPECT_EQ(policy->progress().updates, 2u);
}

TEST(LorePolicy, IsRewardedWithAllClicksOrThoseOnNewItemsOnly) {
  const auto trained = [](const std::string& reward, std::size_t old_clicks) {
    const auto policy = make(with(small, {{"reward", reward}}));
    ObedientPlatform platform(4);
    for (int r = 0; r < 40; ++r) platform.play(*policy, r % 7 > 3 ? old_clicks : 0);
    return knowledge(*policy);
  };
  EXPECT_EQ(trained("newest", 0), trained("newest", 9));
  EXPECT_EQ(trained("all", 0), trained("newest", 0));
  EXPECT_NE(trained("all", 0), trained("all", 9));
}

TEST(LorePolicy, ImitatesAndThenSpeaksWithoutWarmingUp) {
  const auto policy = make({{"hidden", "32"}, {"actor_rate", 1e-2}});
  ObedientPlatform platform(4);
  const std::vector<GenreId> shown = {1, 0, no_genre, 1};
  for (int r = 0; r < 200; ++r) {
    policy->imitate(platform.request(), shown);
    platform.make_and_click(shown);
    policy->learn(platform.log, platform.items, platform.tables, platform.workers);
  }
  ObedientPlatform fresh(4);
  fresh.items.add(0, 1, 0);
  std::size_t same = 0;
  for (int r = 0; r < 20; ++r) {
    const auto suggestions = fresh.play(*policy);
    for (std::size_t c = 0; c < 4; ++c) same += suggestions[c] == shown[c] ? 1 : 0;
  }
  EXPECT_GT(same, 70u);  // of 80
}

TEST(LorePolicy, ExplainsWithoutChanging) {
  const auto policy = make();
  ObedientPlatform platform(4);
  for (int r = 0; r < 25; ++r) platform.play(*policy);
  const auto before = everything(*policy);
  const auto explained = policy->explain(platform.request());
  EXPECT_EQ(everything(*policy), before);
  ASSERT_EQ(explained.size(), 4u);
  EXPECT_EQ(explained[2].creator, 2u);
  EXPECT_EQ(explained[2].probabilities.size(), genres + 1);
}

TEST(LorePolicy, RefusesKnowledgeOfOtherCreatorsNamingBothSides) {
  const auto policy = make(small, 4), other = make(small, 5);
  Archive saved(knowledge(*policy));
  try {
    other->persist_knowledge(saved);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    EXPECT_THAT(error.what(), testing::HasSubstr("4 creators and 2 genres, here are 5 and 2"));
  }
  EXPECT_TRUE(policy->tied_to_platform());
}

TEST(LorePolicy, OnAPlatformWithoutCreatorsIsSilent) {
  const auto policy = make({}, 0);
  ObedientPlatform platform(2);
  for (int r = 0; r < 45; ++r) EXPECT_THAT(platform.play(*policy), testing::Each(no_genre));
}

}  // namespace
}  // namespace perennial
