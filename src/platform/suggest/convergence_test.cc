#include "platform/suggest/convergence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

/// The round of convergence when update i, after round 10 i, had loss(i); 0 = not within `updates`.
template <class Loss>
std::uint32_t converged_at(std::uint32_t updates, Loss loss) {
  Convergence convergence;
  for (std::uint32_t i = 1; i <= updates; ++i) convergence.updated(loss(i), 10 * i);
  return convergence.converged_at();
}

TEST(Convergence, NeedsTenUpdatesAfterTheFirst) {
  const auto flat = [](std::uint32_t) { return -0.2; };
  EXPECT_EQ(converged_at(10, flat), 0u);
  EXPECT_EQ(converged_at(11, flat), 10u);
}

TEST(Convergence, IsWhereTheLossStopsFalling) {
  EXPECT_EQ(converged_at(40, [](std::uint32_t i) { return 1 - 0.05 * std::min(i, 7u); }), 70u);
}

TEST(Convergence, DoesNotComeWhileTenUpdatesBringOnePercent) {
  EXPECT_EQ(converged_at(60, [](std::uint32_t i) { return std::pow(0.9989, i); }), 0u);
  EXPECT_EQ(converged_at(60, [](std::uint32_t i) { return std::pow(0.9991, i); }), 10u);
}

TEST(Convergence, ReadsNegativeLossesByTheirSize) {
  EXPECT_EQ(converged_at(60, [](std::uint32_t i) { return -std::pow(1.002, i); }), 0u);
  EXPECT_EQ(converged_at(60, [](std::uint32_t i) { return -std::pow(1.0005, i); }), 10u);
}

TEST(Convergence, ARisingLossDoesNotFall) {
  EXPECT_EQ(converged_at(11, [](std::uint32_t i) { return 0.1 * i; }), 10u);
  EXPECT_EQ(converged_at(11, [](std::uint32_t) { return 0.0; }), 10u);
}

TEST(Convergence, OneLowUpdateWithinTenPutsItOff) {
  EXPECT_EQ(converged_at(25, [](std::uint32_t i) { return i == 8 ? -1.0 : -0.5; }), 80u);
}

TEST(Convergence, StaysWhereItWasOnceItCame) {
  EXPECT_EQ(converged_at(60, [](std::uint32_t i) { return i < 20 ? 1.0 : 1.0 / i; }), 10u);
}

TEST(Convergence, GoesOnAfterSavingAndLoading) {
  Convergence one, other;
  for (std::uint32_t i = 1; i <= 10; ++i) one.updated(1, i);
  Archive saved;
  one.persist(saved);
  Archive opened(saved.bytes());
  other.persist(opened);
  other.updated(1, 11);
  EXPECT_EQ(other.converged_at(), 1u);
}

}  // namespace
}  // namespace perennial
