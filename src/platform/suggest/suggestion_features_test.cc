#include "platform/suggest/suggestion_features.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "platform/suggest/moment_for_tests.h"

namespace perennial {
namespace {

/// Practice with something to tell.
PracticeModel some_practice() {
  PracticeModel practice;
  for (std::uint8_t c = 0; c < PracticeModel::classes; ++c) practice.learn(c, 3.0 * c, false);
  return practice;
}

struct Told {
  Outlook outlook;
  Matrix features;

  explicit Told(Moment& moment)
      : outlook(make_outlook(moment.request(), moment.shape(), some_practice(), {})),
        features(suggestion_features(moment.request(), outlook)) {}

  float at(std::size_t creator, std::size_t row, Feature feature) const {
    const auto genres = outlook.supply.size();
    return features(static_cast<Eigen::Index>(creator * (genres + 1) + row),
                    static_cast<Eigen::Index>(feature));
  }
};

TEST(SuggestionFeatures, SayWhatCreatorsAndGenresAre) {
  Moment moment(30, 6, 4);
  const Told told(moment);
  ASSERT_EQ(told.features.rows(), 6 * 5);
  const auto& records = moment.records;
  for (CreatorId c = 0; c < 6; ++c) {
    for (GenreId g = 0; g < 4; ++g) {
      EXPECT_EQ(told.at(c, g, Feature::nothing), 0);
      EXPECT_FLOAT_EQ(told.at(c, g, Feature::trust), static_cast<float>(moment.predicted_trust[c]));
      EXPECT_EQ(told.at(c, g, Feature::made_last), records.last_genre(c) == g ? 1 : 0);
      EXPECT_EQ(told.at(c, g, Feature::home), records.history(c, g) > 0 ? 1 : 0);
      EXPECT_EQ(told.at(c, g, Feature::planned), told.outlook.plan[c] == g ? 1 : 0);
      const float made = static_cast<float>(records.made(c, g));
      EXPECT_FLOAT_EQ(told.at(c, g, Feature::practice), made / (made + 5));
      EXPECT_FLOAT_EQ(told.at(c, g, Feature::activity), static_cast<float>(records.items_made(c)) / 5);
      EXPECT_EQ(told.at(c, g, Feature::own_clicks) > 0, made > 0);
    }
  }
}

TEST(SuggestionFeatures, OfSayingNothingAreThoseOfTheGenreMadeLast) {
  Moment moment(30, 6, 4);
  const Told told(moment);
  for (CreatorId c = 0; c < 6; ++c) {
    EXPECT_EQ(told.at(c, 4, Feature::nothing), 1);
    for (std::size_t f = 1; f < feature_count; ++f) {
      EXPECT_EQ(told.at(c, 4, static_cast<Feature>(f)),
                told.at(c, moment.records.last_genre(c), static_cast<Feature>(f)));
    }
  }
}

TEST(SuggestionFeatures, NameOneGenreMostAsBestAndOnePlanned) {
  Moment moment(30, 9, 5);
  const Told told(moment);
  for (std::size_t c = 0; c < 9; ++c) {
    float best = 0, planned = 0;
    for (std::size_t g = 0; g < 5; ++g) {
      best += told.at(c, g, Feature::own_best);
      planned += told.at(c, g, Feature::planned);
    }
    EXPECT_EQ(best, 1);
    EXPECT_EQ(planned, 1);
  }
}

TEST(SuggestionFeatures, StayWithinBoundsThatDoNotGrowWithThePlatform) {
  for (const std::size_t creators : {1, 40, 700}) {
    Moment moment(creators, creators, 3);
    const Told told(moment);
    EXPECT_TRUE(told.features.allFinite());
    EXPECT_LE(told.features.maxCoeff(), 2);
    EXPECT_GE(told.features.minCoeff(), -2);
  }
}

TEST(SuggestionFeatures, AreRenamedWithTheGenresAndWithTheCreators) {
  constexpr std::size_t creators = 11, genres = 5;
  const std::vector<std::size_t> genre_name = {3, 0, 4, 2, 1};
  std::vector<std::size_t> creator_name(creators);
  for (std::size_t c = 0; c < creators; ++c) creator_name[c] = (4 * c + 3) % creators;
  Moment plain(40, creators, genres), renamed(40, creators, genres, genre_name, creator_name);
  const Told one(plain), other(renamed);
  for (std::size_t c = 0; c < creators; ++c) {
    EXPECT_EQ(other.outlook.plan[creator_name[c]], genre_name[one.outlook.plan[c]]);
    for (std::size_t row = 0; row <= genres; ++row) {
      const std::size_t renamed_row = row == genres ? genres : genre_name[row];
      for (std::size_t f = 0; f < feature_count; ++f) {
        const auto feature = static_cast<Feature>(f);
        EXPECT_NEAR(other.at(creator_name[c], renamed_row, feature), one.at(c, row, feature), 1e-5)
            << title_of(feature);
      }
    }
  }
}

TEST(SuggestionFeatures, AreThoseOfTheCreatorsAskedForAlone) {
  Moment moment(30, 6, 4);
  moment.active = {1, 4};
  const Told told(moment);
  ASSERT_EQ(told.features.rows(), 2 * 5);
  EXPECT_FLOAT_EQ(told.at(1, 0, Feature::trust), static_cast<float>(moment.predicted_trust[4]));
  moment.active = {};
  EXPECT_EQ(Told(moment).features.rows(), 0);
}

TEST(SuggestionFeatures, HaveTheSameBitsAtAnyNumberOfThreads) {
  Moment one(50, 600, 4), three(50, 600, 4, {}, {}, 3);
  EXPECT_EQ(Told(one).features, Told(three).features);
}

TEST(SuggestionFeatures, HaveEachATitleOfItsOwn) {
  std::set<std::string_view> titles;
  for (std::size_t f = 0; f < feature_count; ++f) titles.insert(title_of(static_cast<Feature>(f)));
  EXPECT_EQ(titles.size(), feature_count);
  EXPECT_EQ(titles.count(""), 0U);
}

}  // namespace
}  // namespace perennial
