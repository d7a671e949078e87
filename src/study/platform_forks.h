#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "simulate/simulation.h"
#include "study/creator_counts.h"
#include "study/user_counts.h"

namespace perennial {

/// What one creator is told instead of what the policy says; no_genre: nothing.
struct ForcedSuggestion {
  CreatorId creator;
  GenreId genre;
};

/// What is played on a fork.
struct ForkPlan {
  std::uint64_t future =
      0;  ///< seed of the coins from here on; forks of the same future differ only by what they change
  CreatorBoosts boosts;
  std::uint32_t rounds = 1;
  std::string policy =
      "silent";  ///< who suggests (Simulation::set_policy), new to the platform, made with `future`
  /// With this, the policy is not new: it goes on with this memory (SuggestionPolicy::persist), plays as it is and learns
  /// nothing more.
  std::shared_ptr<const std::vector<std::byte>> memory = nullptr;
  std::uint32_t boosted_rounds = std::numeric_limits<std::uint32_t>::max();  ///< the first ones
  /// Who creates in the first round, and what is suggested then, is the same in every future: coins differ from there on.
  bool same_moment = false;
  std::vector<ForcedSuggestion> forced = {};  ///< in the first round, to creators who are active in it
};

/// What became of the platform, and of the creators who were there when it forked.
struct ForkOutcome {
  CreatorCounts counts;  ///< what a platform logs
  std::vector<double>
      expected_posts;  ///< truth: sum of the probabilities to post; what `posts` is on average over coins
  std::vector<double> clicks;             ///< per round, of all creators
  std::vector<double> posts;              ///< the same
  std::vector<double> first_impressions;  ///< in the first round, by creator
  std::vector<RoundMetrics> metrics;      ///< per round
  UserCounts users;                       ///< what users were shown and clicked
};

/// A platform at one moment, from which any number of futures are played, each with boosts and a policy of its own, or
/// changed by what single creators are told. Every fork starts from the same bytes. Safe from several threads at once;
/// outcomes do not depend on who plays what.
class PlatformForks {
 public:
  /// `world` and `seed` are those that the platform began with (Simulation), `platform` its state (Simulation::platform).
  /// Boosts need options that name a re-ranker. `workers` must outlive the forks; `played` is called after every round, from
  /// any thread, and may be empty. Playing throws Error(interrupted) when the user asks to stop, and what set_policy throws.
  PlatformForks(const SimulationOptions& options, World world, std::uint64_t seed,
                std::vector<std::byte> platform, Workers& workers, std::function<void()> played = {});

  std::size_t creators() const { return creators_; }

  /// Looks at the first round of the plan: what its policy is asked, and what it suggests to each active creator. With
  /// ForkPlan::same_moment that is the first round of all its futures.
  void look(const ForkPlan& plan,
            const std::function<void(Simulation& simulation, const SuggestionRequest& request,
                                     std::span<const GenreId> suggested)>& use);

  ForkOutcome play(const ForkPlan& plan);
  /// The same, and the platform as it then is, nobody being boosted.
  ForkOutcome play(const ForkPlan& plan, std::vector<std::byte>& platform_after);

  /// All plans, side by side over the workers; in order.
  std::vector<ForkOutcome> play(const std::vector<ForkPlan>& plans);

 private:
  std::unique_ptr<Simulation> take();
  void give_back(std::unique_ptr<Simulation> simulation);
  void set_up(Simulation& simulation, const ForkPlan& plan) const;
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
