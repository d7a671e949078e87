#include "people/creators/skill.h"

#include <gtest/gtest.h>

#include <cmath>

namespace perennial {
namespace {

/// One creator at home in genre 0, with `practice` items made in genre 1.
CreatorRecords at_home_in_the_first(std::uint32_t practice) {
  CreatorRecords records(3, 5);
  records.add_creator(std::vector<GenreCount>{{0, 4}});
  for (std::uint32_t i = 0; i < practice; ++i) records.made_item(0, i, 1);
  return records;
}

Skill skill_with(double floor, double practice = 5, double noise = 0) {
  Skill skill;
  skill.fields().set("skill", "floor", floor);
  skill.fields().set("skill", "practice", practice);
  skill.fields().set("skill", "noise", noise);
  return skill;
}

TEST(Skill, IsFullEverywhereByDefault) {
  const auto records = at_home_in_the_first(0);
  for (GenreId g = 0; g < 3; ++g) EXPECT_EQ(Skill().expected(records, 0, g), 1.0);
}

TEST(Skill, IsFullAtHomeAndTheFloorWhereACreatorHasNeverBeen) {
  const auto skill = skill_with(0.6);
  const auto records = at_home_in_the_first(0);
  EXPECT_EQ(skill.expected(records, 0, 0), 1.0);
  EXPECT_DOUBLE_EQ(skill.expected(records, 0, 1), 0.6);
  EXPECT_DOUBLE_EQ(skill.expected(records, 0, 2), 0.6);
}

TEST(Skill, RisesFromTheFloorWithPracticeInThatGenre) {
  const auto skill = skill_with(0.6, 5);
  EXPECT_DOUBLE_EQ(skill.expected(at_home_in_the_first(5), 0, 1), 0.6 + 0.4 * (1 - std::exp(-1.0)));
  EXPECT_DOUBLE_EQ(skill.expected(at_home_in_the_first(5), 0, 2), 0.6);
  EXPECT_NEAR(skill.expected(at_home_in_the_first(100), 0, 1), 1.0, 1e-8);
}

// Mean of 20,000 log-normals of deviation 0.5: its standard error is 0.0038; five of them.
TEST(Skill, NoiseLeavesTheMeanQualityAsItIs) {
  const auto skill = skill_with(0.6, 5, 0.5);
  const auto records = at_home_in_the_first(0);
  double sum = 0;
  bool moves = false;
  for (std::uint32_t round = 1; round <= 20000; ++round) {
    const double quality = skill.of_new_item(records, 0, 1, Draws(2000, Purpose::quality, round));
    EXPECT_GT(quality, 0);
    moves = moves || quality != 0.6;
    sum += quality;
  }
  EXPECT_TRUE(moves);
  EXPECT_NEAR(sum / 20000, 0.6, 5 * 0.0038 * 0.6);
}

}  // namespace
}  // namespace perennial
