#pragma once

#include <algorithm>

#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// Suggests nothing. What every other policy must beat.
class SilentPolicy final : public SuggestionPolicy {
 public:
  Fields fields() override { return {}; }
  void start(const PlatformShape&) override {}
  void suggest(const SuggestionRequest&, std::span<GenreId> suggestions) override {
    std::fill(suggestions.begin(), suggestions.end(), no_genre);
  }
  void learn(const RoundLog&, const Items&, const PlatformTables&, Workers&) override {}
  void persist(Archive&) override {}
};

}  // namespace perennial
