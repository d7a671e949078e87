#include "platform/suggest/click_rates.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

PlatformTables two_users_two_genres() {
  PlatformTables tables;
  tables.genres = 2;
  tables.user_genre = {{10, 6}, {0, 0}, {6, 1}, {20, 5}};
  return tables;
}

TEST(ClickRates, AreOwnClicksAndTheGenresRateForTheSmoothing) {
  // Genre 0 over all: (7 + 1) / (16 + 4) = 0.4; genre 1: (5 + 1) / (20 + 4) = 0.25.
  const auto rates = click_rates(two_users_two_genres(), 2, 2);
  ASSERT_EQ(rates.size(), 4U);
  EXPECT_DOUBLE_EQ(rates[0], (6 + 2 * 0.4) / 12);
  EXPECT_DOUBLE_EQ(rates[1], 0.25);
  EXPECT_DOUBLE_EQ(rates[2], (1 + 2 * 0.4) / 8);
  EXPECT_DOUBLE_EQ(rates[3], (5 + 2 * 0.25) / 22);
}

TEST(ClickRates, WithMuchSmoothingAreTheGenresAndWithLittleTheUsers) {
  const auto much = click_rates(two_users_two_genres(), 2, 1e6);
  EXPECT_NEAR(much[0], 0.4, 1e-4);
  EXPECT_NEAR(much[2], 0.4, 1e-4);
  const auto little = click_rates(two_users_two_genres(), 2, 0.001);
  EXPECT_NEAR(little[0], 0.6, 1e-3);
  EXPECT_NEAR(little[2], 1.0 / 6, 1e-3);
}

TEST(ClickRates, LeanOnTheMeanOverUsersWhateverTheRankerShows) {
  // Genre 0: weights 1 / 12 and 1 / 8, so (6 / 12 + 1 / 8 + 1) / (10 / 12 + 6 / 8 + 4); genre 1: nobody but user 1.
  const auto rates = click_rates(two_users_two_genres(), 2, 2, GenreRate::of_users);
  const double genre_0 = (6.0 / 12 + 1.0 / 8 + 1) / (10.0 / 12 + 6.0 / 8 + 4);
  const double genre_1 = (5.0 / 22 + 1) / (20.0 / 22 + 4);
  EXPECT_DOUBLE_EQ(rates[0], (6 + 2 * genre_0) / 12);
  EXPECT_DOUBLE_EQ(rates[1], genre_1);
  EXPECT_DOUBLE_EQ(rates[2], (1 + 2 * genre_0) / 8);
  EXPECT_DOUBLE_EQ(rates[3], (5 + 2 * genre_1) / 22);
}

TEST(ClickRates, OfAStrangerAreNotThoseOfTheFewWhoAreShownTheGenreAllTheTime) {
  // Five friends who click 7 of 10, shown it 1,000 times each; forty who click 1 of 10, shown it ten times; a stranger.
  PlatformTables tables;
  tables.genres = 1;
  tables.user_genre.assign(5, {1000, 700});
  tables.user_genre.resize(45, {10, 1});
  tables.user_genre.push_back({0, 0});
  EXPECT_NEAR(click_rates(tables, 46, 2).back(), 0.65, 0.02);
  EXPECT_NEAR(click_rates(tables, 46, 2, GenreRate::of_users).back(), 0.19, 0.02);
}

TEST(ClickRates, BeforeAnythingWasShownAreOneInFour) {
  PlatformTables tables;
  tables.genres = 2;
  tables.user_genre.resize(6);
  for (const auto overall : {GenreRate::of_impressions, GenreRate::of_users}) {
    for (const double rate : click_rates(tables, 3, 2, overall)) EXPECT_EQ(rate, 0.25);
  }
}

TEST(ArrivalRate, IsSlatesShownPerUserAndRound) {
  PlatformTables tables;
  EXPECT_EQ(arrival_rate(tables, 10, 5, 1), 0.5);
  tables.all.shown = 5 * 60;  // sixty slates in the first nine rounds
  EXPECT_DOUBLE_EQ(arrival_rate(tables, 10, 5, 10), 60.0 / (10 * 9));
}

TEST(ArrivalRate, IsAProbabilityWhateverTheLogsSay) {
  PlatformTables tables;
  EXPECT_GT(arrival_rate(tables, 10, 5, 10), 0);
  tables.all.shown = 1'000'000'000'000;
  EXPECT_EQ(arrival_rate(tables, 10, 5, 10), 1);
}

}  // namespace
}  // namespace perennial
