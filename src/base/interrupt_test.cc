#include "base/interrupt.h"

#include <gtest/gtest.h>

#include <csignal>

namespace perennial {
namespace {

TEST(Interrupt, IsNotRequestedBeforeASignal) {
  watch_interrupts();
  EXPECT_FALSE(interrupt_requested());
}

TEST(Interrupt, FirstSignalOnlyAsksForAStop) {
  for (const int signal : {SIGINT, SIGTERM}) {
    watch_interrupts();
    std::raise(signal);
    EXPECT_TRUE(interrupt_requested());
  }
  watch_interrupts();
  EXPECT_FALSE(interrupt_requested()) << "watching anew takes back the earlier request";
}

void interrupt_twice(int first, int second) {
  watch_interrupts();
  std::raise(first);
  std::raise(second);
}

TEST(InterruptDeathTest, SecondSignalKills) {
  EXPECT_EXIT(interrupt_twice(SIGINT, SIGINT), testing::KilledBySignal(SIGINT), "");
  EXPECT_EXIT(interrupt_twice(SIGINT, SIGTERM), testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace perennial
