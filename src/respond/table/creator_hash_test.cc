#include "respond/table/creator_hash.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace perennial {
namespace {

constexpr int creators = 100000;

std::string id_of(int i) {
  return std::to_string(i);
}

TEST(CreatorHash, NeverChanges) {
  // A creator that changed places between two versions of the program would have been trained on.
  EXPECT_DOUBLE_EQ(creator_hash("creator-1", "spring", HashUse::assignment), 0.78546058053712964);
  EXPECT_DOUBLE_EQ(creator_hash("creator-1", "spring", HashUse::evaluation), 0.21581720314434494);
}

TEST(CreatorHash, HoldsOutTheShareThatWasAskedFor) {
  int held_out = 0;
  for (int i = 0; i < creators; ++i) held_out += in_evaluation_share(id_of(i), "spring", 0.3) ? 1 : 0;
  EXPECT_NEAR(held_out, 0.3 * creators, 4 * std::sqrt(0.21 * creators));
}

TEST(CreatorHash, KeepsEverybodyHeldOutWhenTheShareGrows) {
  for (int i = 0; i < 1000; ++i) {
    if (in_evaluation_share(id_of(i), "spring", 0.2)) {
      EXPECT_TRUE(in_evaluation_share(id_of(i), "spring", 0.5));
    }
    EXPECT_FALSE(in_evaluation_share(id_of(i), "spring", 0));
    EXPECT_TRUE(in_evaluation_share(id_of(i), "spring", 1));
  }
}

/// Correlation over creators of two hashes.
double correlation(std::string_view salt, HashUse use, std::string_view other_salt, HashUse other_use) {
  double sum = 0;
  for (int i = 0; i < creators; ++i)
    sum += (creator_hash(id_of(i), salt, use) - 0.5) * (creator_hash(id_of(i), other_salt, other_use) - 0.5);
  return sum / creators * 12;
}

TEST(CreatorHash, IsIndependentAcrossUsesAndSalts) {
  const double tolerance = 4 / std::sqrt(creators);
  EXPECT_NEAR(correlation("a", HashUse::assignment, "a", HashUse::evaluation), 0, tolerance);
  EXPECT_NEAR(correlation("a", HashUse::assignment, "b", HashUse::assignment), 0, tolerance);
  EXPECT_NEAR(correlation("a", HashUse::evaluation, "b", HashUse::evaluation), 0, tolerance);
}

}  // namespace
}  // namespace perennial
