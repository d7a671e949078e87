#include "people/creators/history.h"

#include <vector>

namespace perennial {

void HistoryCreators::decide(const CreationRequest& request, std::span<GenreId> made) {
  std::vector<double> counts(request.records.genres());
  for (std::size_t i = 0; i < made.size(); ++i) {
    const CreatorId creator = request.creators[i];
    for (std::size_t g = 0; g < counts.size(); ++g)
      counts[g] = request.records.history(creator, static_cast<GenreId>(g));
    made[i] = static_cast<GenreId>(request.draws.pick(counts, creator));
  }
}

}  // namespace perennial
