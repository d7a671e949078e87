#include "simulate/measure.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

namespace perennial {
namespace {

TEST(Gini, IsZeroWhenAllAreAlikeOrNothingIsThere) {
  EXPECT_EQ(gini({}), 0.0);
  EXPECT_EQ(gini({0, 0, 0}), 0.0);
  EXPECT_NEAR(gini({3, 3, 3, 3}), 0.0, 1e-12);
}

TEST(Gini, HasItsKnownAnswers) {
  EXPECT_NEAR(gini({0, 0, 0, 1}), 0.75, 1e-12);
  EXPECT_NEAR(gini({1, 2, 3, 4}), 0.25, 1e-12);
  EXPECT_NEAR(gini({4, 1, 3, 2}), 0.25, 1e-12);
}

RC_GTEST_PROP(Gini, IsHalfTheMeanAbsoluteDifferenceOverTheMean, ()) {
  const auto whole = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000)));
  const std::vector<double> values(whole.begin(), whole.end());
  double differences = 0;
  for (const double a : values) {
    for (const double b : values) differences += std::abs(a - b);
  }
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  const double expected = sum > 0 ? differences / (2 * static_cast<double>(values.size()) * sum) : 0;
  RC_ASSERT(std::abs(gini(values) - expected) < 1e-9);
}

TEST(Entropy, HasItsKnownAnswersInBits) {
  const auto bits = [](std::vector<std::uint32_t> counts) { return entropy_bits(counts); };
  EXPECT_EQ(bits({}), 0.0);
  EXPECT_EQ(bits({0, 0}), 0.0);
  EXPECT_EQ(bits({7, 0}), 0.0);
  EXPECT_DOUBLE_EQ(bits({5, 5}), 1.0);
  EXPECT_DOUBLE_EQ(bits({1, 1, 1, 1, 0}), 2.0);
  EXPECT_DOUBLE_EQ(bits({2, 1, 1}), 1.5);
}

/// Creators 0, 1 and 2 (gone) over two genres; one user of each taste; the last round's slates are given.
Ecosystem two_slates() {
  Ecosystem e;
  e.round = 3;
  e.world.genres = {"a", "b"};
  e.world.users.interests.push_back(std::vector<GenreId>{0});
  e.world.users.interests.push_back(std::vector<GenreId>{1});
  e.records = CreatorRecords(2, 4);
  for (int c = 0; c < 3; ++c) e.records.add_creator(std::vector<GenreCount>{{0, 1}});
  e.creators.left = {0, 0, 2};
  e.creators.trust = {0.2, 0.6, 0.9};
  const auto make = [&](CreatorId creator, GenreId genre, std::uint32_t round) {
    e.records.made_item(creator, static_cast<ItemId>(e.items.size()), genre);
    e.items.add(creator, genre, round);
  };
  make(2, 0, 1);  // no candidate any more
  make(0, 0, 2);
  make(0, 1, 3);
  make(1, 0, 3);
  e.candidates = {1, 2, 3};
  e.tables.creator.resize(3);
  e.tables.creator[0] = {6, 3};
  e.tables.creator[1] = {2, 0};
  e.tables.creator[2] = {4, 3};
  e.tables.made = {3, 1};
  e.log.active_creators = {0, 1};
  e.log.suggested = {1, no_genre};
  e.log.followed = {1, 0};
  e.log.active_users = {0, 1};
  e.log.shown.reset(2, 2);
  e.log.shown.row(0)[0] = 1;  // interest a sees a
  e.log.shown.row(0)[1] = 2;  // and b
  e.log.shown.row(1)[0] = 2;  // interest b sees b, and nothing more
  e.log.clicked = {1, 0, 1, 0};
  e.cumulative_clicks = 6;
  e.discounted_value = 5.5;
  return e;
}

double value(Metric which) {
  return at(measure(two_slates()), which);
}

TEST(Measure, CountsClicksImpressionsAndPeopleOfTheRound) {
  EXPECT_EQ(value(Metric::clicks), 2);
  EXPECT_EQ(value(Metric::impressions), 3);
  EXPECT_EQ(value(Metric::active_users), 2);
  EXPECT_EQ(value(Metric::active_creators), 2);
  EXPECT_EQ(value(Metric::creators_present), 2);
  EXPECT_EQ(value(Metric::cumulative_clicks), 6);
  EXPECT_EQ(value(Metric::discounted_value), 5.5);
}

TEST(Measure, DescribesWhatCreatorsMade) {
  EXPECT_DOUBLE_EQ(value(Metric::content_diversity_bits), entropy_bits(std::vector<std::uint32_t>{3, 1}));
  EXPECT_DOUBLE_EQ(value(Metric::genres_per_creator), (2 + 1 + 1) / 3.0);
  EXPECT_DOUBLE_EQ(value(Metric::follow_rate), 1.0);
  EXPECT_DOUBLE_EQ(value(Metric::mean_trust), 0.4);  // of those still there
}

TEST(Measure, DescribesHowUnequalCreatorsFare) {
  EXPECT_DOUBLE_EQ(value(Metric::exposure_gini), gini({6, 2, 4}));
  EXPECT_DOUBLE_EQ(value(Metric::click_gini), gini({3, 0, 3}));
  EXPECT_EQ(value(Metric::min_exposure_share), 0);  // creator 1 has a candidate that nobody saw
}

TEST(Measure, LeastExposureShareIsOneWhenAllAreShownAlike) {
  auto e = two_slates();
  e.log.shown.row(1)[0] = 3;
  e.log.shown.row(1)[1] = 3;  // two of four impressions for each of two creators
  EXPECT_DOUBLE_EQ(at(measure(e), Metric::min_exposure_share), 1.0);
  e.log.shown.row(1)[1] = 1;  // one of four for the lesser
  EXPECT_DOUBLE_EQ(at(measure(e), Metric::min_exposure_share), 0.5);
}

TEST(Measure, DescribesWhatUsersGot) {
  EXPECT_DOUBLE_EQ(value(Metric::match_rate), 2.0 / 3);
  EXPECT_DOUBLE_EQ(value(Metric::coverage), 2.0 / 3);
  EXPECT_DOUBLE_EQ(value(Metric::user_satisfaction), 0.5);
  EXPECT_DOUBLE_EQ(value(Metric::worst_decile_satisfaction), 0.5);
}

TEST(Measure, WorstDecileIsTheLeastSatisfiedTenth) {
  auto e = two_slates();
  e.log.active_users.assign(20, 0);
  e.log.shown.reset(20, 2);
  e.log.clicked.assign(40, 1);
  for (std::size_t place = 0; place < 3; ++place) e.log.clicked[place] = 0;  // one got nothing, one half
  EXPECT_DOUBLE_EQ(at(measure(e), Metric::worst_decile_satisfaction), 0.25);
}

TEST(Measure, AQuietRoundIsAllZerosAndNoNaN) {
  auto e = two_slates();
  e.candidates.clear();
  e.log = {};
  e.log.shown.reset(0, 2);
  const auto metrics = measure(e);
  for (std::size_t m = 0; m < metric_count; ++m) EXPECT_TRUE(std::isfinite(metrics[m])) << name_of(Metric(m));
  EXPECT_EQ(at(metrics, Metric::clicks), 0);
  EXPECT_EQ(at(metrics, Metric::follow_rate), 0);
  EXPECT_EQ(at(metrics, Metric::coverage), 0);
}

TEST(Metrics, HaveNamesOfTheirOwn) {
  for (std::size_t a = 0; a < metric_count; ++a) {
    EXPECT_FALSE(name_of(Metric(a)).empty());
    EXPECT_FALSE(title_of(Metric(a)).empty());
    for (std::size_t b = 0; b < a; ++b) EXPECT_NE(name_of(Metric(a)), name_of(Metric(b)));
  }
}

}  // namespace
}  // namespace perennial
