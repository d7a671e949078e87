#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "io/archive.h"
#include "world/ids.h"

namespace perennial {

struct SuggestionRequest;

/// How learning goes. Of the latest update where nothing else is said.
struct LearningProgress {
  std::uint32_t updates = 0;       ///< so far
  double policy_loss = 0;          ///< clipped surrogate, mean over choices, last epoch
  double entropy_nats = 0;         ///< of one creator's suggestion, mean
  double clip_share = 0;           ///< of choices, last epoch
  double explained_variance = 0;   ///< by the critic; 0 without one
  std::uint32_t converged_at = 0;  ///< round (convergence.h); 0 = not yet
  double seconds = 0;              ///< CPU time of forward, backward and step so far; no part of any result
};

/// Why one creator is told what it is told.
struct SuggestionReason {
  std::string feature;  ///< for people: "expected quality there"
  double value;         ///< as the network reads it
  double moves_logit;   ///< how much lower the logit would be with the creator's average over genres instead
};
/// What one creator is told, how sure that is, and why.
struct ExplainedSuggestion {
  CreatorId creator;
  GenreId suggestion;                     ///< the most probable one; no_genre = nothing
  std::vector<double> probabilities;      ///< genres in order, nothing last
  std::vector<SuggestionReason> reasons;  ///< greatest push first
};

/// What a policy that learns offers beyond suggesting: it can be trained on several copies of a platform, saved, carried
/// over to another platform, and asked why.
class LearnedPolicy {
 public:
  virtual ~LearnedPolicy() = default;

  /// Saves or restores what holds on any platform: weights and the optimiser's state. Reading throws Error(invalid_data)
  /// when it does not fit the settings.
  virtual void persist_knowledge(Archive& archive) = 0;

  /// Does what it knows only hold for the genres and creators it was trained on, in their order?
  virtual bool tied_to_platform() const { return false; }

  virtual LearningProgress progress() const = 0;

  /// With false, learn() only collects and update() is up to the caller (training on copies), or nobody (a frozen policy).
  virtual void update_alone(bool alone) = 0;
  /// Is it time for an update, after the round just learned?
  virtual bool update_due() const = 0;
  /// One update from all that the copies have collected; all of them know the same afterwards. The copies have the type
  /// and settings of this one, which is the first of them.
  virtual void update(std::span<LearnedPolicy* const> copies, Workers& workers) = 0;

  /// Takes one round of another policy's suggestions (one per creator of the request) as examples and moves towards them.
  /// Stands in for suggest(): the round's learn() may follow, so that the policy comes to know the platform on the way.
  /// Forgets what it has collected for update(): an update is for choices of its own.
  virtual void imitate(const SuggestionRequest& request, std::span<const GenreId> suggested) = 0;

  /// Probabilities and reasons for every creator of the request. Changes nothing. A policy that has learned no round of the
  /// platform's, because it only advises there, goes by what its training measured where it would go by its own measures.
  virtual std::vector<ExplainedSuggestion> explain(const SuggestionRequest& request) const = 0;

  /// What explain() could not know about such a platform and assumes instead, a sentence each.
  virtual std::vector<std::string> assumptions(const SuggestionRequest&) const { return {}; }
};

}  // namespace perennial
