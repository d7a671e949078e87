#include "study/recorded_run.h"

#include "base/error.h"

namespace perennial {

RecordedRun::RecordedRun(const SimulationOptions& options, World world, const std::string& policy,
                         std::uint64_t seed, Resources resources)
    : simulation_(options, std::move(world), policy, seed, resources), asks_(resources.chat != nullptr) {}

RoundMetrics RecordedRun::play_round() {
  if (!asks_) return simulation_.play_round();
  Archive before;
  simulation_.persist(before);
  try {
    return simulation_.play_round();
  } catch (const Error&) {
    Archive finished(before.bytes());
    simulation_.persist(finished);
    throw;
  }
}

bool RecordedRun::play(std::uint32_t rounds, const std::function<bool()>& after_round) {
  while (simulation_.round() < rounds) {
    rounds_.push_back(play_round());
    if (!after_round()) break;
  }
  return simulation_.round() >= rounds;
}

RunResult RecordedRun::result() const {
  RunResult result{.rounds = rounds_, .creators = simulation_.outcomes(), .seconds = seconds_before_};
  for (std::size_t phase = 0; phase < phase_count; ++phase)
    result.seconds[phase] += simulation_.seconds()[phase];
  result.user_answers = simulation_.ecosystem().user_answers;
  result.creator_answers = simulation_.ecosystem().creator_answers;
  if (const auto* learned = simulation_.learned()) {
    const auto progress = learned->progress();
    result.learning = {.train_seconds = train_seconds_before_ + progress.seconds,
                       .converged_at = progress.converged_at};
  }
  return result;
}

void RecordedRun::persist(Archive& archive) {
  const auto so_far = result();
  auto seconds = so_far.seconds;
  double train_seconds = so_far.learning ? so_far.learning->train_seconds : 0;
  archive(rounds_, seconds, train_seconds);
  if (archive.reading()) {
    seconds_before_ = seconds;
    train_seconds_before_ = train_seconds;
  }
  simulation_.persist(archive);
}

void RecordedRun::fork_from(const std::vector<RoundMetrics>& rounds, const std::vector<std::byte>& platform) {
  rounds_ = rounds;
  simulation_.fork_from(platform);
}

void RecordedRun::fork_from(RecordedRun& parent) {
  fork_from(parent.rounds_, parent.platform());
}

}  // namespace perennial
