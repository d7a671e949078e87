#include "people/creators/simuline.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "people/creators/own_choice.h"

namespace perennial {
namespace {

/// softmax(c x clicks) as weights, scaled by the largest so that nothing overflows.
std::vector<double> attraction(const CreationRequest& request, const std::vector<ItemId>& remembered,
                               double concentration) {
  double most = 0;
  for (const ItemId item : remembered) most = std::max(most, request.perceived.on(request.items, item));
  std::vector<double> weights;
  weights.reserve(remembered.size());
  for (const ItemId item : remembered)
    weights.push_back(std::exp(concentration * (request.perceived.on(request.items, item) - most)));
  return weights;
}

}  // namespace

Fields SimuLineCreators::fields() {
  Fields fields;
  fields.real("concentration", concentration_, {0, 100}, "how strongly clicks attract (c)")
      .text("scope", scope_, "whose recent items a creator looks at", {"own", "all"})
      .integer("memory", memory_, {1, 1000},
               "own: how many latest items; all: items of how many latest rounds");
  return fields;
}

void SimuLineCreators::remember_own(const CreationRequest& request, CreatorId creator,
                                    std::vector<ItemId>& items) const {
  items.clear();
  const auto count =
      std::min<std::size_t>(request.records.recent_count(creator), static_cast<std::size_t>(memory_));
  for (std::size_t i = 0; i < count; ++i) items.push_back(request.records.recent_item(creator, i));
}

void SimuLineCreators::remember_all(const CreationRequest& request, std::vector<ItemId>& items) const {
  for (std::size_t i = request.items.size(); i > 0; --i) {
    if (request.items.born[i - 1] + memory_ < request.round) break;
    items.push_back(static_cast<ItemId>(i - 1));
  }
}

void SimuLineCreators::decide(const CreationRequest& request, std::span<GenreId> made) {
  const bool own = scope_ == "own";
  std::vector<ItemId> remembered;
  std::vector<double> weights, counts(request.records.genres());
  if (!own) {
    remember_all(request, remembered);
    weights = attraction(request, remembered, concentration_);
  }
  for (std::size_t i = 0; i < made.size(); ++i) {
    const CreatorId creator = request.creators[i];
    if (own) {
      remember_own(request, creator, remembered);
      weights = attraction(request, remembered, concentration_);
    }
    if (remembered.empty()) {
      items_by_genre(request.records, creator, counts);
      made[i] = static_cast<GenreId>(request.draws.pick(counts, creator));
    } else {
      made[i] = request.items.genre[remembered[request.draws.pick(weights, creator)]];
    }
  }
}

}  // namespace perennial
