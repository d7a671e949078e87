#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>

#include "people/creators/creator_model.h"
#include "people/users/user_model.h"
#include "platform/incentive/incentive.h"
#include "platform/recommend/recommender.h"
#include "platform/rerank/reranker.h"
#include "platform/suggest/suggestion_policy.h"
#include "simulate/ecosystem.h"
#include "simulate/options.h"
#include "simulate/resources.h"
#include "simulate/run_result.h"

namespace perennial {

struct Stage;

/// The built-ins that play in one run.
struct Players {
  std::unique_ptr<UserModel> users;
  std::unique_ptr<CreatorModel> creators;
  std::unique_ptr<Recommender> recommender;
  std::unique_ptr<Reranker> reranker = nullptr;  ///< null: slates are the ranker's
  std::unique_ptr<Incentive> incentive;
  std::unique_ptr<SuggestionPolicy> policy;
  bool policy_uses_truth = false;
};

/// The policy of that name (platform/suggest/saved_policy.h), ready to play on such a platform. Throws
/// Error(invalid_argument), Error(invalid_data) or Error(not_found) for one that cannot.
std::unique_ptr<SuggestionPolicy> policy_for(const SimulationOptions& options, const World& world,
                                             const std::string& policy, std::uint64_t seed);

/// One run in the making: a simulated platform under one policy and one seed.
///
/// Deterministic: options, world, policy and seed fix every byte of the result, whatever the number of threads.
class Simulation {
 public:
  /// `world` must be valid and is changed where the options say so (homes).
  /// Throws Error(invalid_argument) for a setting that is not there; for the policy see policy_for.
  Simulation(const SimulationOptions& options, World world, const std::string& policy, std::uint64_t seed,
             Resources resources);

  /// Plays the next round and measures it.
  RoundMetrics play_round();

  /// The same in two halves. begin_round plays up to the suggestions and returns them, one genre or no_genre per active
  /// creator of the log: before finish_round plays the rest, the caller may put others in their place, or reseed. Between
  /// the two nothing is saved. A round that throws, because no language model answers, is over when an earlier state is
  /// restored, and only then.
  std::span<GenreId> begin_round();
  RoundMetrics finish_round();
  /// In between: calls `use` with what the policy was asked.
  void with_request(const std::function<void(const SuggestionRequest&)>& use);

  /// Rounds played so far.
  std::uint32_t round() const { return ecosystem_.round; }

  /// The creators as they stand.
  std::vector<CreatorOutcome> outcomes() const;

  /// CPU seconds of the playing thread by phase, since the simulation was made.
  const std::array<double, phase_count>& seconds() const { return seconds_; }

  const Ecosystem& ecosystem() const { return ecosystem_; }

  SuggestionPolicy& policy() { return *players_.policy; }
  /// Null for a policy that does not learn.
  const LearnedPolicy* learned() const { return players_.policy->learned(); }

  /// Saves the state after the last finished round, or restores one saved under the same options, world and policy; the
  /// rounds that follow are the same to the byte as without the break.
  void persist(Archive& archive);

  /// Restores only what does not belong to the policy: a fork that goes on under this simulation's own policy, new to the
  /// platform, sharing every coin with its parent.
  void fork_from(Simulation& parent);
  /// The same in two steps, for many forks of one parent: platform() of the parent is what its forks start from.
  std::vector<std::byte> platform();
  void fork_from(const std::vector<std::byte>& platform);

  /// From the next round on, another policy, new to the platform; `seed` is what it is made with. For names and errors
  /// see policy_for.
  void set_policy(const std::string& policy, std::uint64_t seed);

  /// From here on, other coins: another future of the same present. In a round that has begun, who creates and what is
  /// suggested stays; other users come.
  void reseed(std::uint64_t seed);

  /// From the next round on, shows these creators more or less, and nobody else. Needs a re-ranker, unless empty.
  void set_boosts(CreatorBoosts boosts);

 private:
  void persist_all_but_policy(Archive& archive);
  Stage stage();

  SimulationOptions options_;
  Resources resources_;
  Players players_;
  Ecosystem ecosystem_;
  std::array<double, phase_count> seconds_{};
  bool begun_ = false;  // a round that is not finished
};

}  // namespace perennial
