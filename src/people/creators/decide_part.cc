#include "people/creators/decide_part.h"

namespace perennial {

void decide_part(CreatorModel& model, const CreationRequest& request, std::span<const std::size_t> places,
                 std::span<GenreId> made) {
  std::vector<CreatorId> creators;
  std::vector<double> feedback_rank, trust;
  for (const auto place : places) {
    creators.push_back(request.creators[place]);
    feedback_rank.push_back(request.feedback_rank[place]);
    trust.push_back(request.trust[place]);
  }
  CreationRequest part = request;
  part.creators = creators;
  part.feedback_rank = feedback_rank;
  part.trust = trust;
  part.suggested = {};
  std::vector<GenreId> decided(places.size());
  model.decide(part, decided);
  for (std::size_t i = 0; i < places.size(); ++i) made[places[i]] = decided[i];
}

}  // namespace perennial
