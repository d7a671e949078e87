#include "world/fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/error.h"
#include "paths_for_tests.h"
#include "world/catalogue.h"
#include "world/generator.h"
#include "world/shares.h"

namespace perennial {
namespace {

using ::testing::HasSubstr;

TEST(Fit, AFittedGeneratorMakesWorldsLikeTheOneItWasFittedTo) {
  for (const auto& name : builtin_world_names()) {
    const auto wanted = statistics_of(open_world(name).make(2'000, 1'000, 21));
    const auto fitted = fit(wanted, name);
    const auto got = statistics_of(generate(fitted, 50'000, 20'000, 4));
    EXPECT_FALSE(fitted.activity_from_frequency) << "all are as active";
    EXPECT_EQ(got.genres, wanted.genres);
    EXPECT_NEAR(mean_count(got.interests_per_user), mean_count(wanted.interests_per_user), 0.03) << name;
    EXPECT_NEAR(got.shared_interest, wanted.shared_interest, 0.02) << name;
    EXPECT_NEAR(got.three_genres_reach, wanted.three_genres_reach, 0.02) << name;
    EXPECT_NEAR(got.genre_entropy_nats, wanted.genre_entropy_nats, 0.03) << name;
    EXPECT_NEAR(got.genres_per_creator[0], wanted.genres_per_creator[0], 0.015) << name;
    EXPECT_NEAR(got.top_genre_share, wanted.top_genre_share, 0.02) << name;
    EXPECT_NEAR(got.items_per_creator, wanted.items_per_creator, 0.02 * wanted.items_per_creator) << name;
    for (std::size_t g = 0; g < got.genres.size(); ++g) {
      EXPECT_NEAR(got.user_interest_share[g], wanted.user_interest_share[g], 0.012) << got.genres[g];
      EXPECT_NEAR(got.item_genre_share[g], wanted.item_genre_share[g], 0.015) << got.genres[g];
    }
  }
}

TEST(Fit, TakesActivityFromPeopleWhoDiffer) {
  auto definition = builtin_worlds().back();
  definition.activity_from_frequency = true;
  definition.frequency_log_mean = -3;
  definition.frequency_log_deviation = 0.5;
  const auto fitted = fit(statistics_of(generate(definition, 200, 2'000, 1)), "differ");
  EXPECT_TRUE(fitted.activity_from_frequency);
  EXPECT_NEAR(fitted.frequency_log_mean, -3, 0.05);
  EXPECT_NEAR(fitted.frequency_log_deviation, 0.5, 0.05);
}

std::filesystem::path shares_file() {
  const char* named = std::getenv("PERENNIAL_SHARED");
  return std::filesystem::path(named ? named : PERENNIAL_SOURCE_DIR "/../shared") / "data" / "worlds.json";
}

TEST(BuiltInWorlds, AreWhatTheFitToThePublishedSharesGives) {
  if (!std::filesystem::exists(shares_file()))
    GTEST_SKIP() << "needs the published shares in " << shares_file();
  for (const auto& builtin : builtin_worlds()) {
    const auto fitted = fit(read_shares(shares_file(), builtin.name), builtin.name);
    ASSERT_EQ(fitted.genres.size(), builtin.genres.size());
    for (std::size_t g = 0; g < builtin.genres.size(); ++g) {
      const auto& here = builtin.genres[g];
      EXPECT_EQ(here.name, fitted.genres[g].name);
      EXPECT_NEAR(here.interest_weight, fitted.genres[g].interest_weight, 1e-3) << here.name;
      EXPECT_NEAR(here.primary_share, fitted.genres[g].primary_share, 1e-4) << here.name;
      EXPECT_NEAR(here.side_weight, fitted.genres[g].side_weight, 1e-3) << here.name;
      EXPECT_NEAR(here.items, fitted.genres[g].items, 0.01 * here.items) << here.name;
    }
  }
}

TEST(BuiltInWorlds, MeetThePublishedSharesOfUsersByGenre) {
  if (!std::filesystem::exists(shares_file()))
    GTEST_SKIP() << "needs the published shares in " << shares_file();
  for (const auto& builtin : builtin_worlds()) {
    const auto wanted = read_shares(shares_file(), builtin.name);
    const auto got = statistics_of(generate(builtin, 100'000, 20'000, 17));
    for (std::size_t g = 0; g < wanted.genres.size(); ++g) {
      EXPECT_NEAR(got.user_interest_share[g], wanted.user_interest_share[g], 0.006) << wanted.genres[g];
      EXPECT_NEAR(got.item_genre_share[g], wanted.item_genre_share[g], 0.01) << wanted.genres[g];
    }
    for (const auto& pair : wanted.pairs) {
      const auto same = std::find_if(got.pairs.begin(), got.pairs.end(),
                                     [&](const auto& p) { return p.a == pair.a && p.b == pair.b; });
      ASSERT_NE(same, got.pairs.end());
      EXPECT_NEAR(same->share, pair.share, 0.015) << wanted.genres[pair.a] << " + " << wanted.genres[pair.b];
    }
  }
}

TEST(Shares, SayWhichKeyIsWrong) {
  EXPECT_THROW(read_shares("/nowhere.json", "youtube"), Error);
  if (!std::filesystem::exists(shares_file()))
    GTEST_SKIP() << "needs the published shares in " << shares_file();
  try {
    read_shares(shares_file(), "yuotube");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'youtube'?"));
  }
}

}  // namespace
}  // namespace perennial
