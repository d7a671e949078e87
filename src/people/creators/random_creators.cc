#include "people/creators/random_creators.h"

namespace perennial {

void RandomCreators::decide(const CreationRequest& request, std::span<GenreId> made) {
  const auto genres = static_cast<std::uint32_t>(request.records.genres());
  for (std::size_t i = 0; i < made.size(); ++i) {
    made[i] = static_cast<GenreId>(request.draws.below(genres, request.creators[i]));
  }
}

}  // namespace perennial
