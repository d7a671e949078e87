#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "simulate/simulation.h"
#include "study/creator_counts.h"
#include "study/user_counts.h"

namespace perennial {

/// What is played on a fork.
struct ForkPlan {
  std::uint64_t future =
      0;  ///< seed of the coins from here on; forks of the same future differ only by boosts and policy
  CreatorBoosts boosts;
  std::uint32_t rounds = 1;
  std::string policy =
      "silent";  ///< who suggests (Simulation::set_policy), new to the platform, made with `future`
};

/// What became of the platform, and of the creators who were there when it forked.
struct ForkOutcome {
  CreatorCounts counts;  ///< what a platform logs
  std::vector<double>
      expected_posts;  ///< truth: sum of the probabilities to post; what `posts` is on average over coins
  std::vector<double> clicks;         ///< per round, of all creators
  std::vector<double> posts;          ///< the same
  std::vector<RoundMetrics> metrics;  ///< per round
  UserCounts users;                   ///< what users were shown and clicked
};

/// A platform at one moment, from which any number of futures are played, each with boosts and a policy of its own. Every
/// fork starts from the same bytes. Safe from several threads at once; outcomes do not depend on who plays what.
class PlatformForks {
 public:
  /// `world` and `seed` are those that the platform began with (Simulation), `platform` its state (Simulation::platform).
  /// Boosts need options that name a re-ranker. `workers` must outlive the forks; `played` is called after every round, from
  /// any thread, and may be empty. Playing throws Error(interrupted) when the user asks to stop, and what set_policy throws.
  PlatformForks(const SimulationOptions& options, World world, std::uint64_t seed,
                std::vector<std::byte> platform, Workers& workers, std::function<void()> played = {});

  std::size_t creators() const { return creators_; }

  ForkOutcome play(const ForkPlan& plan);
  /// The same, and the platform as it then is, nobody being boosted.
  ForkOutcome play(const ForkPlan& plan, std::vector<std::byte>& platform_after);

  /// All plans, side by side over the workers; in order.
  std::vector<ForkOutcome> play(const std::vector<ForkPlan>& plans);

 private:
  std::unique_ptr<Simulation> take();
  void give_back(std::unique_ptr<Simulation> simulation);
  ForkOutcome play_on(Simulation& simulation, const ForkPlan& plan) const;

  SimulationOptions options_;
  World world_;
  std::uint64_t seed_;
  std::vector<std::byte> platform_;
  Workers* workers_;
  std::function<void()> played_;
  std::size_t creators_ = 0;
  std::mutex taking_;
  std::vector<std::unique_ptr<Simulation>> idle_;  // made once, forked again and again
};

}  // namespace perennial
