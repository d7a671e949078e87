#pragma once

#include <vector>

#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// Suggests to everybody the genre with most clicks, over the whole run or the last `window` rounds. What a trending page
/// does; it crowds one genre and starves the others.
class MostClickPolicy final : public SuggestionPolicy {
 public:
  Fields fields() override;
  void start(const PlatformShape& shape) override;
  void suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) override;
  void learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
             Workers& workers) override;
  void persist(Archive& archive) override { archive(clicks_, by_round_); }

 private:
  std::int64_t window_ = 0;
  std::vector<std::uint64_t> clicks_;                 // per genre, within the window
  std::vector<std::vector<std::uint32_t>> by_round_;  // the window's rounds, oldest first
};

}  // namespace perennial
