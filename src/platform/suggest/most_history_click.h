#pragma once

#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// Suggests to each creator the genre that drew it most clicks since round 1 (ties: lowest id); nothing before its first
/// click. Keeps creators where they are good; adds nothing new.
class MostHistoryClickPolicy final : public SuggestionPolicy {
 public:
  Fields fields() override { return {}; }
  void start(const PlatformShape&) override {}
  void suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) override {
    for (std::size_t i = 0; i < suggestions.size(); ++i)
      suggestions[i] = best_of(request.records, request.creators[i]);
  }
  void learn(const RoundLog&, const Items&, const PlatformTables&, Workers&) override {}
  void persist(Archive&) override {}

 private:
  static GenreId best_of(const CreatorRecords& records, CreatorId creator) {
    GenreId best = no_genre;
    std::uint32_t most = 0;
    for (std::size_t g = 0; g < records.genres(); ++g) {
      const auto clicks = records.clicks(creator, static_cast<GenreId>(g));
      if (clicks <= most) continue;
      most = clicks;
      best = static_cast<GenreId>(g);
    }
    return best;
  }
};

}  // namespace perennial
