#pragma once

#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// Suggests any genre, all equally likely. Diversifies without knowing anything: the honest baseline for a learned one.
class RandomPolicy final : public SuggestionPolicy {
 public:
  Fields fields() override { return {}; }
  void start(const PlatformShape&) override {}
  void suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) override {
    const auto genres = static_cast<std::uint32_t>(request.tables.genres);
    for (std::size_t i = 0; i < suggestions.size(); ++i) {
      suggestions[i] = static_cast<GenreId>(request.draws.below(genres, request.creators[i]));
    }
  }
  void learn(const RoundLog&, const Items&, const PlatformTables&, Workers&) override {}
  void persist(Archive&) override {}
};

}  // namespace perennial
