#include "base/parallel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace perennial {
namespace {

using testing::Each;
using testing::UnorderedElementsAre;

TEST(Workers, VisitEveryIndexOnce) {
  for (const std::size_t threads : {1, 2, 3, 7}) {
    Workers workers(threads);
    for (const std::size_t count : {1, 63, 64, 65, 1000}) {
      std::vector<int> visits(count, 0);
      workers.for_blocks(count, 64, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
      });
      EXPECT_THAT(visits, Each(1)) << threads << " threads, " << count << " indices";
    }
  }
}

TEST(Workers, CutTheRangeAtMultiplesOfTheBlock) {
  Workers workers(3);
  std::mutex lock;
  std::vector<std::pair<std::size_t, std::size_t>> blocks;
  workers.for_blocks(10, 4, [&](std::size_t begin, std::size_t end) {
    const std::lock_guard guard(lock);
    blocks.emplace_back(begin, end);
  });
  EXPECT_THAT(blocks, UnorderedElementsAre(std::pair(0, 4), std::pair(4, 8), std::pair(8, 10)));
}

TEST(Workers, AnEmptyRangeCallsNothing) {
  Workers workers(2);
  workers.for_blocks(0, 16, [](std::size_t, std::size_t) { FAIL() << "called without a range"; });
}

TEST(Workers, RunOnAsManyThreadsAsAsked) {
  Workers workers(3);
  EXPECT_EQ(workers.threads(), 3U);
  std::atomic<int> waiting{0};
  workers.for_blocks(3, 1, [&](std::size_t, std::size_t) {
    ++waiting;
    while (waiting < 3) std::this_thread::yield();  // ends only if three threads are in a task at once
  });
  EXPECT_EQ(waiting, 3);
}

TEST(Workers, RethrowTheExceptionOfTheLowestFailingBlock) {
  for (const std::size_t threads : {1, 2, 7}) {
    Workers workers(threads);
    const auto fail_late = [&] {
      workers.for_blocks(100, 1, [](std::size_t begin, std::size_t) {
        if (begin >= 40) throw std::runtime_error(std::to_string(begin));
      });
    };
    EXPECT_THAT(fail_late, testing::ThrowsMessage<std::runtime_error>("40")) << threads;
  }
}

TEST(Workers, WorkOnAfterAnException) {
  Workers workers(2);
  EXPECT_THROW(workers.for_blocks(8, 1, [](std::size_t, std::size_t) { throw std::runtime_error("no"); }),
               std::runtime_error);
  std::atomic<int> calls{0};
  workers.for_blocks(8, 1, [&](std::size_t, std::size_t) { ++calls; });
  EXPECT_EQ(calls, 8);
}

TEST(Workers, ACallFromInsideATaskRunsInTheSameThread) {
  Workers workers(3);
  workers.for_blocks(12, 1, [&](std::size_t, std::size_t) {
    const auto outer = std::this_thread::get_id();
    workers.for_blocks(5, 1, [&](std::size_t, std::size_t) { EXPECT_EQ(std::this_thread::get_id(), outer); });
  });
}

TEST(OrderedSum, GivesTheSameBitsAtAnyNumberOfThreads) {
  const auto term = [](std::size_t i) { return std::sin(static_cast<double>(i)) * std::pow(10.0, i % 17); };
  constexpr std::size_t count = 100'003;
  Workers alone(1);
  const double expected = ordered_sum(alone, count, term);
  for (const std::size_t threads : {2, 3, 7}) {
    Workers workers(threads);
    for (int repeat = 0; repeat < 5; ++repeat) {
      const double sum = ordered_sum(workers, count, term);
      EXPECT_EQ(std::memcmp(&sum, &expected, sizeof sum), 0) << threads << " threads";
    }
  }
}

TEST(OrderedSum, AddsUp) {
  Workers workers(2);
  EXPECT_EQ(ordered_sum(workers, 10'000, [](std::size_t i) { return static_cast<double>(i); }), 49'995'000);
  EXPECT_EQ(ordered_sum(workers, 0, [](std::size_t) { return 1.0; }), 0);
}

TEST(WorkersDeathTest, NoThreadAtAllIsOurOwnMistake) {
  EXPECT_DEATH(Workers(0), "at least one thread");
}

}  // namespace
}  // namespace perennial
