#pragma once

#include "platform/recommend/recommender.h"

namespace perennial {

/// Shows anything to anybody: every unshown candidate is equally likely in every place. All scores are 0.
/// Costs O(depth) draws per user, however many candidates there are. Draws are addressed by (round, user,
/// attempt).
class RandomRecommender final : public Recommender {
 public:
  Fields fields() override { return {}; }
  void start(const World&, std::span<const PastInteraction>, std::uint64_t) override {}
  void rank(const RankRequest& request, Slates& best) override;
  void learn(const RoundLog&, const Items&, const PlatformTables&, Workers&) override {}
  void persist(Archive&) override {}
};

}  // namespace perennial
