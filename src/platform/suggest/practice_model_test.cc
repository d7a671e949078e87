#include "platform/suggest/practice_model.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace perennial {
namespace {

/// Creator 0, at home in genre 0, has made `items` of genre 1.
CreatorRecords after(std::size_t items) {
  CreatorRecords records(3, 1);
  records.add_creator(std::vector<GenreCount>{{0, 2}});
  for (std::size_t i = 0; i < items; ++i) records.made_item(0, static_cast<ItemId>(i), 1);
  return records;
}

TEST(PracticeModel, TellsHomeFromNewAndNewFromPractised) {
  const auto fresh = after(0), some = after(4), much = after(40);
  EXPECT_NE(PracticeModel::class_of(fresh, 0, 0), PracticeModel::class_of(fresh, 0, 1));
  EXPECT_EQ(PracticeModel::class_of(fresh, 0, 1), PracticeModel::class_of(fresh, 0, 2));
  EXPECT_LT(PracticeModel::class_of(fresh, 0, 1), PracticeModel::class_of(some, 0, 1));
  EXPECT_LT(PracticeModel::class_of(some, 0, 1), PracticeModel::class_of(much, 0, 1));
  EXPECT_EQ(PracticeModel::class_of(much, 0, 0), PracticeModel::class_of(fresh, 0, 0));
}

TEST(PracticeModel, HasAClassForEveryCountAndUsesThemAll) {
  std::vector<int> found(PracticeModel::classes);
  ++found.at(PracticeModel::class_of(after(0), 0, 0));
  for (std::size_t made = 0; made < 100; ++made) ++found.at(PracticeModel::class_of(after(made), 0, 1));
  for (const int times : found) EXPECT_GT(times, 0);
}

TEST(PracticeModel, TakesWhatItHasNotSeenForAverage) {
  PracticeModel model;
  for (int i = 0; i < 1000; ++i) model.learn(3, 0.5, i % 4 == 0);
  EXPECT_LT(model.quality(3), 0.6);
  for (std::uint8_t c = 0; c < PracticeModel::classes; ++c) {
    if (c == 3) continue;
    EXPECT_EQ(model.quality(c), 1.0);
  }
  EXPECT_EQ(model.quality_of_next(after(0), 0, 0, 10), 1.0);
}

/// 20,000 impressions a class at click probabilities around 0.3: a standard error of 0.0032, so four of them and the pull
/// of ten clicks towards 1 leave the ratio within 0.05.
TEST(PracticeModel, FindsTheCurveBehindSimulatedImpressions) {
  const std::vector<double> curve = {1.3, 0.5, 0.6, 0.75, 0.9, 1.0, 1.1, 1.2, 1.25};
  PracticeModel model;
  const Draws draws(2000, Purpose::click);
  for (std::uint8_t c = 0; c < PracticeModel::classes; ++c) {
    for (std::uint32_t i = 0; i < 20000; ++i) {
      const double rate = 0.1 + 0.4 * draws.uniform(c, i, 1);
      model.learn(c, rate, draws.coin(rate * curve[c], c, i));
    }
  }
  for (std::uint8_t c = 0; c < PracticeModel::classes; ++c) EXPECT_NEAR(model.quality(c), curve[c], 0.05);
}

PracticeModel with(std::uint8_t practice_class, double expected, int clicks) {
  PracticeModel model;
  model.learn(practice_class, expected - clicks, false);
  for (int i = 0; i < clicks; ++i) model.learn(practice_class, 1, true);
  return model;
}

TEST(PracticeModel, LooksOneItemAheadAndFurther) {
  const auto first = PracticeModel::class_of(after(0), 0, 1);
  const auto model = with(first, 90, 40);  // (40 + 10) / (90 + 10)
  EXPECT_DOUBLE_EQ(model.quality(first), 0.5);
  EXPECT_DOUBLE_EQ(model.quality_of_next(after(0), 0, 1, 1), 0.5);
  EXPECT_DOUBLE_EQ(model.quality_of_next(after(0), 0, 1, 4), (0.5 + 3) / 4);
  EXPECT_DOUBLE_EQ(model.quality_of_next(after(1), 0, 1, 4), 1.0);
  EXPECT_DOUBLE_EQ(model.quality_of_next(after(0), 0, 0, 4), 1.0);  // at home nothing changes
}

TEST(PracticeModel, AddsUpWhatSeveralHaveMeasured) {
  auto both = with(2, 50, 10);
  EXPECT_FALSE(PracticeModel().measured());
  EXPECT_TRUE(both.measured());
  both.add(with(2, 40, 30));
  both.add(with(5, 90, 40));
  EXPECT_DOUBLE_EQ(both.quality(2), with(2, 90, 40).quality(2));
  EXPECT_DOUBLE_EQ(both.quality(5), 0.5);
}

TEST(PracticeModel, GoesOnAfterSaving) {
  auto model = with(2, 90, 40);
  Archive saved;
  model.persist(saved);
  PracticeModel opened;
  Archive reading(saved.bytes());
  opened.persist(reading);
  EXPECT_TRUE(reading.at_end());
  for (std::uint8_t c = 0; c < PracticeModel::classes; ++c) EXPECT_EQ(opened.quality(c), model.quality(c));
}

}  // namespace
}  // namespace perennial
