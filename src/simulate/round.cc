#include "simulate/round.h"

#include <ctime>

namespace perennial {
namespace {

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

constexpr std::array<void (*)(Stage&), phase_count> phases = {arrive, suggest, create,  rank,
                                                              rerank, respond, account, learn};
constexpr std::size_t after_suggestions = 2;

/// The phases [from, to).
void play_phases(Stage& stage, std::size_t from, std::size_t to, std::array<double, phase_count>& seconds) {
  double before = thread_seconds();
  for (std::size_t phase = from; phase < to; ++phase) {
    phases[phase](stage);
    const double now = thread_seconds();
    seconds[phase] += now - before;
    before = now;
  }
}

}  // namespace

std::optional<Asking> asking_of(const Stage& stage, AnswerCounts& counts) {
  if (!stage.resources.chat) return std::nullopt;
  return Asking{*stage.resources.chat, counts};
}

void play_to_suggestions(Stage& stage, std::array<double, phase_count>& seconds) {
  ++stage.ecosystem.round;
  stage.ecosystem.log = {};
  stage.ecosystem.log.round = stage.ecosystem.round;
  play_phases(stage, 0, after_suggestions, seconds);
}

void play_from_suggestions(Stage& stage, std::array<double, phase_count>& seconds) {
  play_phases(stage, after_suggestions, phase_count, seconds);
}

void play(Stage& stage, std::array<double, phase_count>& seconds) {
  play_to_suggestions(stage, seconds);
  play_from_suggestions(stage, seconds);
}

}  // namespace perennial
