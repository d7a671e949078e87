#pragma once

#include "platform/suggest/most_clicked_genre.h"
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
      suggestions[i] = most_clicked_genre(request.records, request.creators[i]);
  }
  void learn(const RoundLog&, const Items&, const PlatformTables&, Workers&) override {}
  void persist(Archive&) override {}
};

}  // namespace perennial
