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

TEST(ClickRates, BeforeAnythingWasShownAreOneInFour) {
  PlatformTables tables;
  tables.genres = 2;
  tables.user_genre.resize(6);
  for (const double rate : click_rates(tables, 3, 2)) EXPECT_EQ(rate, 0.25);
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
