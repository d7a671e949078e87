#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace perennial {

/// How long a job of many runs still takes, judged by what rounds of each kind of run have taken so far. A kind not met yet is
/// taken to cost what the others cost on average. For progress lines only: looks at the clock. Any thread may call.
class TimeLeft {
 public:
  explicit TimeLeft(std::size_t threads) : threads_(threads) {}

  /// So many rounds of that kind are to be played.
  void expect(const std::string& kind, std::uint64_t rounds);
  /// One of them took so many seconds of one thread.
  void played(const std::string& kind, double seconds);
  /// What a round of that kind is known to take, before any was played here.
  void known(const std::string& kind, double seconds_per_round);

  /// Seconds of the wall clock, with all threads busy; negative while nothing is known.
  double seconds() const;

 private:
  struct Kind {
    std::uint64_t left = 0;
    double seconds = 0, rounds = 0;
  };
  const std::size_t threads_;
  mutable std::mutex guard_;
  std::map<std::string, Kind> kinds_;
};

}  // namespace perennial
