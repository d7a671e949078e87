#pragma once

#include "platform/recommend/recommender.h"

namespace perennial {

/// Shows everybody the same: the items with the highest smoothed click rate,
///
///     (clicks + s x rate of its creator) / (impressions + s),
///
/// where the creator's rate is smoothed towards the platform's in the same way; so a new item starts at its
/// creator's rate and a newcomer's at the average. Candidates are sorted once a round; a user's slate skips
/// what it was shown.
class PopularityRecommender final : public Recommender {
 public:
  Fields fields() override;
  void start(const World&, std::span<const PastInteraction>, std::uint64_t) override {}
  void rank(const RankRequest& request, Slates& best) override;
  void learn(const RoundLog&, const Items&, const PlatformTables&, Workers&) override {}
  void persist(Archive&) override {}

 private:
  double item_smoothing_ = 5;
  double creator_smoothing_ = 20;
};

}  // namespace perennial
