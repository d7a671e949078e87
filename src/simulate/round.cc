#include "simulate/round.h"

#include <ctime>

namespace perennial {
namespace {

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

void play(Stage& stage, std::array<double, phase_count>& seconds) {
  constexpr std::array<void (*)(Stage&), phase_count> phases = {arrive,  suggest, create, rank,
                                                                respond, account, learn};
  ++stage.ecosystem.round;
  stage.ecosystem.log = {};
  stage.ecosystem.log.round = stage.ecosystem.round;
  double before = thread_seconds();
  for (std::size_t phase = 0; phase < phases.size(); ++phase) {
    phases[phase](stage);
    const double now = thread_seconds();
    seconds[phase] += now - before;
    before = now;
  }
}

}  // namespace perennial
