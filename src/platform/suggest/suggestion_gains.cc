#include "platform/suggest/suggestion_gains.h"

#include <vector>

namespace perennial {
namespace {

/// Adds `times` the item that a creator is expected to make to the supply of the round.
void add_expected(std::span<double> supply, GenreId last, GenreId suggested, double trust, double times) {
  const double moved = suggested == no_genre ? 0 : trust;
  supply[last] += times * (1 - moved);
  if (suggested != no_genre) supply[suggested] += times * moved;
}

}  // namespace

void suggestion_gains(const Demand& demand, const SuggestionRequest& request, std::span<const double> trust,
                      std::span<const double> quality, std::span<const GenreId> suggested,
                      std::span<double> gains) {
  const std::size_t genres = request.records.genres();
  std::vector<double> supply(genres), drawn(genres), displaced(genres);
  const auto add = [&](std::size_t i, double times) {
    const CreatorId creator = request.creators[i];
    add_expected(supply, request.records.last_genre(creator), suggested[i], trust[creator], times);
  };
  for (std::size_t i = 0; i < request.creators.size(); ++i) add(i, 1);
  for (std::size_t i = 0; i < request.creators.size(); ++i) {
    add(i, -1);
    demand.marginal_clicks(supply, drawn, displaced);
    add(i, 1);
    const auto worth = [&](std::size_t genre) {
      return drawn[genre] * (quality.empty() ? 1.0 : quality[i * genres + genre]) - displaced[genre];
    };
    const CreatorId creator = request.creators[i];
    const double stays = worth(request.records.last_genre(creator));
    for (std::size_t g = 0; g < genres; ++g) gains[i * genres + g] = trust[creator] * (worth(g) - stays);
  }
}

}  // namespace perennial
