#include "base/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A job whose clock stands still until told otherwise and whose output is kept.
struct WatchedJob {
  double now = 100;
  std::vector<std::string> shown;
  std::unique_ptr<Progress> progress;

  WatchedJob(std::uint64_t total, ProgressStyle style) {
    progress = std::make_unique<Progress>(
        "job", total, style, [this](std::string_view text) { shown.emplace_back(text); },
        [this] { return now; });
  }
  void step(double seconds, std::uint64_t steps = 1) {
    now += seconds;
    progress->advance(steps);
  }
};

TEST(Progress, TellsShareElapsedAndTimeLeft) {
  WatchedJob job(200, ProgressStyle::lines);
  job.step(30, 50);
  EXPECT_THAT(job.shown, ElementsAre("job:  25% (50 of 200), 0:30 elapsed, 1:30 left\n"));
}

TEST(Progress, EndsItsLinesWithWhatTheJobHasComeTo) {
  WatchedJob job(200, ProgressStyle::lines);
  job.progress->say("clicks 1.0");
  job.progress->say("clicks 2.5");
  job.step(30, 50);
  EXPECT_THAT(job.shown, ElementsAre("job:  25% (50 of 200), 0:30 elapsed, 1:30 left; clicks 2.5\n"));
}

TEST(Progress, InALogShowsALineEveryTenSeconds) {
  WatchedJob job(1000, ProgressStyle::lines);
  for (int i = 0; i < 100; ++i) job.step(0.25);
  EXPECT_EQ(job.shown.size(), 2U);
}

TEST(Progress, OnATerminalRedrawsAtMostTenTimesASecond) {
  WatchedJob job(1000, ProgressStyle::redraw);
  for (int i = 0; i < 1000; ++i) job.step(1.0 / 1024);
  EXPECT_GE(job.shown.size(), 8U);
  EXPECT_LE(job.shown.size(), 10U);
}

TEST(Progress, ARedrawnLineCoversALongerOneBefore) {
  WatchedJob job(4, ProgressStyle::redraw);
  job.step(4000);
  job.step(1, 3);
  EXPECT_THAT(job.shown, ElementsAre("\rjob:  25% (1 of 4), 1:06:40 elapsed, 3:20:00 left",
                                     "\rjob: 100% (4 of 4), 1:06:41 elapsed              "));
}

TEST(Progress, FinishShowsTheLastLineOnce) {
  WatchedJob job(3, ProgressStyle::lines);
  job.step(1, 3);
  job.progress->finish();
  job.progress->finish();
  job.step(60);
  EXPECT_THAT(job.shown, ElementsAre("job: 100% (3 of 3), 0:01 elapsed\n"));
}

TEST(Progress, AnAbandonedLineIsEndedBeforeTheErrorThatFollows) {
  WatchedJob job(10, ProgressStyle::redraw);
  job.step(1);
  job.progress.reset();
  EXPECT_EQ(job.shown.back(), "\n");
}

TEST(Progress, ANeverShownLineLeavesNothingBehind) {
  WatchedJob job(10, ProgressStyle::redraw);
  job.step(0.01);
  job.progress.reset();
  EXPECT_THAT(job.shown, IsEmpty());
}

TEST(Progress, AJobOfNoStepsIsDone) {
  WatchedJob job(0, ProgressStyle::lines);
  job.progress->finish();
  EXPECT_THAT(job.shown, ElementsAre("job: 100% (0 of 0), 0:00 elapsed\n"));
}

TEST(Progress, WithoutASinkIsSilent) {
  Progress progress("job", 2, ProgressStyle::redraw, nullptr);
  progress.advance(2);
  progress.finish();
}

TEST(Progress, CountsStepsFromManyThreads) {
  std::string last;
  Progress progress("job", 4000, ProgressStyle::lines, [&](std::string_view text) { last = text; });
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) progress.advance();
    });
  }
  for (auto& thread : threads) thread.join();
  progress.finish();
  EXPECT_THAT(last, testing::StartsWith("job: 100% (4000 of 4000)"));
}

TEST(Progress, AFileIsNoTerminal) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
  EXPECT_EQ(progress_style(file.get()), ProgressStyle::lines);
  progress_sink(file.get())("a line\n");
  std::rewind(file.get());
  char text[16] = {};
  EXPECT_EQ(std::fread(text, 1, sizeof text, file.get()), 7U);
  EXPECT_STREQ(text, "a line\n");
}

TEST(Progress, DurationsReadLikeAClock) {
  EXPECT_EQ(format_duration(0), "0:00");
  EXPECT_EQ(format_duration(7.6), "0:08");
  EXPECT_EQ(format_duration(750), "12:30");
  EXPECT_EQ(format_duration(3723), "1:02:03");
}

}  // namespace
}  // namespace perennial
