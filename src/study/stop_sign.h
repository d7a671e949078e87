#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "study/recorded_run.h"

namespace perennial {

/// Tells runs that are played side by side to end after their round: because the user asked to, or because one of them has failed,
/// as when a language model answers no more, and the others shall not fail one by one.
class StopSign {
 public:
  /// `asked` says whether the user asked to stop; may be empty, and must outlive the sign.
  explicit StopSign(const std::function<bool()>& asked) : asked_(asked) {}

  /// From any thread.
  bool raised() const { return failed_ || asked(); }

  /// Plays up to and including round `rounds`, or until the sign is raised; `after_round` and `save` may be empty, and `save` is
  /// called in either case, when the run stands after a finished round. Returns whether the last round was reached. A run
  /// that fails raises the sign and throws on; but where the user asked to stop, a question broken off is no failure.
  bool play(RecordedRun& run, std::uint32_t rounds, const std::function<void()>& after_round,
            const std::function<void()>& save);

 private:
  bool asked() const { return asked_ && asked_(); }

  const std::function<bool()>& asked_;
  std::atomic<bool> failed_{false};
};

}  // namespace perennial
