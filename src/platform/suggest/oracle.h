#pragma once

#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// As water-filling, but reads the truth: users' real click probabilities, creators' real trust and skill. Simulation
/// only. Greedy round by round, so not a strict upper bound.
class OraclePolicy final : public SuggestionPolicy {
 public:
  Fields fields() override { return {}; }
  void start(const PlatformShape& shape) override { shape_ = shape; }
  void suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) override;
  bool expected_gains(const SuggestionRequest& request, std::span<const GenreId> suggested,
                      std::span<double> gains) const override;
  void learn(const RoundLog&, const Items&, const PlatformTables&, Workers&) override {}
  void persist(Archive&) override {}

 private:
  PlatformShape shape_{};
};

}  // namespace perennial
