#pragma once

#include <functional>

#include "simulate/simulation.h"

namespace perennial {

/// A run and what it has measured so far: can be stopped after any round, saved, and taken up again.
class RecordedRun {
 public:
  /// See Simulation.
  RecordedRun(const SimulationOptions& options, World world, const std::string& policy, std::uint64_t seed,
              Resources resources);

  /// Plays up to and including round `rounds`. After each round calls `after_round`; stops early when that says false.
  /// Returns whether the last round was reached. When asking a language model throws, in the middle of a round, the run
  /// stands where the last finished round left it, and can be saved.
  bool play(std::uint32_t rounds, const std::function<bool()>& after_round);

  std::uint32_t round() const { return simulation_.round(); }

  SuggestionPolicy& policy() { return simulation_.policy(); }
  const Ecosystem& ecosystem() const { return simulation_.ecosystem(); }

  /// The latest round played; there must be one.
  const RoundMetrics& latest() const { return rounds_.back(); }

  /// Rounds so far, creators and seconds as they stand.
  RunResult result() const;

  /// Saves or restores everything; the seconds spent are kept too.
  void persist(Archive& archive);

  /// From the next round on, other coins (Simulation::reseed).
  void reseed(std::uint64_t seed) { simulation_.reseed(seed); }

  /// All but the policy (Simulation::platform).
  std::vector<std::byte> platform() { return simulation_.platform(); }
  /// Takes over a platform and the rounds played on it; the policy is this run's own, as it stands.
  void fork_from(const std::vector<RoundMetrics>& rounds, const std::vector<std::byte>& platform);

  /// Takes over everything `parent` has come to but its policy: what follows is this run's own policy, new to the platform,
  /// sharing every coin with the parent. Same options, world and seed.
  void fork_from(RecordedRun& parent);

 private:
  RoundMetrics play_round();

  Simulation simulation_;
  bool asks_;  // people may be language models: a round can fail
  std::vector<RoundMetrics> rounds_;
  std::array<double, phase_count> seconds_before_{};
  double train_seconds_before_ = 0;
};

}  // namespace perennial
