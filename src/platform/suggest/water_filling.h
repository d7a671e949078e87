#pragma once

#include "platform/suggest/demand.h"
#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// Spreads creators over genres where the platform's own click rates say that demand is not yet supplied, greedily, each
/// expected to follow with its predicted trust. No learning: helps where demand is uneven and creators crowd together.
class WaterFillingPolicy final : public SuggestionPolicy {
 public:
  Fields fields() override;
  void start(const PlatformShape& shape) override { shape_ = shape; }
  void suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) override;
  bool expected_gains(const SuggestionRequest& request, std::span<const GenreId> suggested,
                      std::span<double> gains) const override;
  void learn(const RoundLog&, const Items&, const PlatformTables&, Workers&) override {}
  void persist(Archive&) override {}

 private:
  Demand demand_of(const SuggestionRequest& request) const;

  double smoothing_ = 2;
  PlatformShape shape_{};
};

}  // namespace perennial
