#pragma once

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

namespace perennial {

/// How progress is shown: one line redrawn in place at most ten times a second (a terminal), or a new line about every
/// ten seconds (a log).
enum class ProgressStyle { redraw, lines };

/// How far a long job is, in steps of equal weight: "compare:  42% (2520 of 6000), 0:12 elapsed, 0:17 left".
///
/// Writes only to the sink it was given; an empty sink makes it silent. advance() may be called from any thread; the
/// sink is called by one thread at a time and must not call back.
class Progress {
 public:
  using Sink = std::function<void(std::string_view text)>;
  using Clock = std::function<double()>;  ///< seconds, never going back

  /// The job starts now and takes `total` steps. An empty clock means the machine's steady one.
  Progress(std::string label, std::uint64_t total, ProgressStyle style, Sink sink, Clock clock = {});
  /// Ends a redrawn line that is still open, so that an error message starts on its own line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::uint64_t steps = 1);

  /// What the job has come to, for people; stands at the end of the lines that follow. From any thread.
  void say(std::string words);

  /// For steps of unequal weight: the time left as the caller knows it, instead of one by the share done. Negative: as before.
  /// From any thread.
  void expect_left(double seconds) { left_.store(seconds, std::memory_order_relaxed); }

  /// Shows the last line: steps done, time taken. Nothing is shown afterwards.
  void finish();

 private:
  void show(double now);
  std::string line(double now) const;

  const std::string label_;
  const std::uint64_t total_;
  const ProgressStyle style_;
  const Sink sink_;
  const Clock clock_;
  const double start_;
  std::atomic<std::uint64_t> done_{0};
  std::atomic<double> next_show_;
  std::atomic<double> left_{-1};
  std::mutex showing_;
  std::string words_;
  std::size_t shown_width_ = 0;  ///< of the open redrawn line; 0 = none is open
  bool finished_ = false;
};

/// redraw when `stream` is a terminal, else lines.
ProgressStyle progress_style(std::FILE* stream);

/// Writes to `stream` and flushes; the stream stays the caller's. On a terminal a redrawn line is cut at its width, since
/// one that wraps cannot be redrawn.
Progress::Sink progress_sink(std::FILE* stream);

/// "0:08", "12:30", "1:02:03".
std::string format_duration(double seconds);

}  // namespace perennial
