#pragma once

#include <functional>

#include "base/parallel.h"
#include "nn/mlp.h"
#include "platform/suggest/decisions.h"
#include "platform/suggest/learned_policy.h"

namespace perennial {

/// How one batch of decisions moves the network: PPO (Schulman et al. 2017), decision by decision.
struct PpoOptions {
  double learning_rate = 1e-2;
  double clip = 0.2;
  double entropy = 0;  ///< weight of the mean entropy in what is maximised
  std::int64_t epochs = 5;
};

/// What the last epoch of an update looked like, means over decisions.
struct PpoReport {
  double policy_loss = 0;
  double entropy_nats = 0;
  double clip_share = 0;
};

/// Softmax over genres and nothing, from one small network shared by all creators and genres: each option's features give
/// its logit, plus `prior` for the option that is planned for the creator (suggestion_features.h), so that an untrained
/// network leans towards the plan and learns where to depart from it. Its size depends on neither creators nor genres, and
/// renaming either renames the answer. Same bits at any number of threads.
class SuggestionNetwork {
 public:
  SuggestionNetwork() = default;
  SuggestionNetwork(std::size_t hidden, double prior, std::uint64_t seed);

  /// decisions x options log-probabilities, from (decisions x options) x feature_count features.
  Matrix log_probabilities(const Matrix& features, std::size_t options, Workers& workers) const;

  /// What makes `option` of a decision stand out among its genres: by how much its logit would fall if one feature had the
  /// mean over the genres instead. Greatest push first; features that are the same for all genres, and pushes of nothing,
  /// are left out.
  std::vector<SuggestionReason> reasons(const Matrix& features, std::size_t options, std::size_t decision,
                                        std::size_t option) const;

  /// Moves towards decisions of positive `advantage` (one per decision).
  PpoReport update(const Decisions& decisions, std::span<const double> advantage, const PpoOptions& options,
                   Workers& workers);

  /// Moves towards the choices themselves, by cross-entropy; returns the mean of -log p before the last epoch.
  double imitate(const Decisions& decisions, const PpoOptions& options, Workers& workers);

  void persist(Archive& archive) { net_.persist(archive); }

 private:
  /// Loss of one decision and what it means for its logits, given its log-probabilities.
  using Objective = std::function<void(std::size_t decision, std::span<const float> log_probabilities,
                                       PpoReport& sum, std::span<float> slope)>;
  /// One logit per row of features.
  Matrix logits(const Matrix& features) const;
  PpoReport epoch(const Decisions& decisions, const Objective& objective, double learning_rate,
                  Workers& workers);

  double prior_ = 0;
  Mlp net_;
};

}  // namespace perennial
