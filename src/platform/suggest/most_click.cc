#include "platform/suggest/most_click.h"

#include <algorithm>

namespace perennial {

Fields MostClickPolicy::fields() {
  Fields fields;
  fields.integer("window", window_, {0, 100000}, "rounds that count; 0 = all");
  return fields;
}

void MostClickPolicy::start(const PlatformShape& shape) {
  clicks_.assign(shape.genres, 0);
  by_round_.clear();
}

void MostClickPolicy::suggest(const SuggestionRequest&, std::span<GenreId> suggestions) {
  const auto most = std::max_element(clicks_.begin(), clicks_.end());
  const auto genre = *most == 0 ? no_genre : static_cast<GenreId>(most - clicks_.begin());
  std::fill(suggestions.begin(), suggestions.end(), genre);
}

void MostClickPolicy::learn(const RoundLog&, const Items&, const PlatformTables& tables, Workers&) {
  for (std::size_t g = 0; g < clicks_.size(); ++g) clicks_[g] += tables.recent_clicks[g];
  if (window_ == 0) return;
  by_round_.push_back(tables.recent_clicks);
  if (by_round_.size() <= static_cast<std::size_t>(window_)) return;
  for (std::size_t g = 0; g < clicks_.size(); ++g) clicks_[g] -= by_round_.front()[g];
  by_round_.erase(by_round_.begin());
}

}  // namespace perennial
