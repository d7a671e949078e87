#include "platform/suggest/suggestion_gains.h"

#include <gtest/gtest.h>

#include "platform/suggest/moment_for_tests.h"

namespace perennial {
namespace {

/// One user who always comes, with a slate of one, likes genre 0 better; two creators who made genre 1 last.
struct TwoMakers {
  Demand demand{std::vector<double>{0.9, 0.2}, std::vector<double>{1}, 2, 1};
  CreatorRecords records{2, 1};
  Items items;
  PlatformTables tables;
  std::vector<CreatorId> creators = {0, 1};
  Workers workers;

  TwoMakers() {
    for (int c = 0; c < 2; ++c) records.add_creator(std::vector<GenreCount>{{1, 1}});
  }

  std::vector<double> gains(const std::vector<double>& trust, const std::vector<GenreId>& suggested,
                            const std::vector<double>& quality = {}) {
    std::vector<double> gains(4);
    suggestion_gains(demand,
                     {.round = 1,
                      .creators = creators,
                      .records = records,
                      .items = items,
                      .tables = tables,
                      .predicted_trust = trust,
                      .truth = nullptr,
                      .draws = Draws(1, Purpose::suggestion),
                      .workers = workers},
                     trust, quality, suggested, gains);
    return gains;
  }
};

TEST(SuggestionGains, AreWhatTheBetterGenreDisplacesTimesTrust) {
  // The other fills the slate with genre 1: an item of 0 takes its place, one of 1 adds nothing.
  const auto gains = TwoMakers().gains({0.5, 1.0}, {no_genre, no_genre});
  EXPECT_DOUBLE_EQ(gains[0], 0.5 * 0.7);
  EXPECT_DOUBLE_EQ(gains[2], 1.0 * 0.7);
}

TEST(SuggestionGains, OfWhatACreatorMakesAnywayAreZero) {
  const auto gains = TwoMakers().gains({0.5, 1.0}, {0, no_genre});
  EXPECT_DOUBLE_EQ(gains[1], 0);
  EXPECT_DOUBLE_EQ(gains[3], 0);
}

TEST(SuggestionGains, AreGoneWhereTheOthersAreToldTheSame) {
  // The first fills the slate with genre 0 itself, so a second item there adds nothing.
  const auto gains = TwoMakers().gains({1.0, 1.0}, {0, no_genre});
  EXPECT_DOUBLE_EQ(gains[2], 0);
  EXPECT_DOUBLE_EQ(gains[0], 0.7);
}

TEST(SuggestionGains, AreZeroForThoseWhoNeverFollow) {
  for (const double gain : TwoMakers().gains({0, 0}, {0, 0})) EXPECT_EQ(gain, 0);
}

TEST(SuggestionGains, CountTheQualityOfBothItems) {
  // Genre 0 at quality .5 draws .45 and displaces .2; genre 1 displaces as much as it draws.
  const auto gains = TwoMakers().gains({1, 1}, {no_genre, no_genre}, {0.5, 1, 1, 1});
  EXPECT_DOUBLE_EQ(gains[0], 0.9 * 0.5 - 0.2);
}

}  // namespace
}  // namespace perennial
