#include "study/stop_sign.h"

#include "base/error.h"

namespace perennial {

bool StopSign::play(RecordedRun& run, std::uint32_t rounds, const std::function<void()>& after_round,
                    const std::function<void()>& save) {
  bool finished = false;
  try {
    finished = run.round() >= rounds || (!raised() && run.play(rounds, [&] {
                 if (after_round) after_round();
                 return !raised();
               }));
  } catch (const Error&) {
    const bool stopped = asked();
    failed_ = !stopped;
    if (save) save();
    if (!stopped) throw;
    return false;
  }
  if (save) save();
  return finished;
}

}  // namespace perennial
