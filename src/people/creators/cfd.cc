#include "people/creators/cfd.h"

#include "people/creators/own_choice.h"

namespace perennial {

Fields CreatorFeatureDynamics::fields() {
  Fields fields;
  fields.real("eta", eta_, {0, 100}, "step towards the genres that drew clicks")
      .text("first_taste", first_taste_, "where a creator starts", {"history", "normal"});
  return fields;
}

void CreatorFeatureDynamics::start(const CreatorRecords& records, std::uint64_t seed) {
  tastes_.start(first_taste_, seed);
  tastes_.grow(records);
}

void CreatorFeatureDynamics::decide(const CreationRequest& request, std::span<GenreId> made) {
  tastes_.grow(request.records);
  std::vector<double> averages(request.records.genres());
  for (std::size_t i = 0; i < made.size(); ++i) {
    const CreatorId creator = request.creators[i];
    average_clicks_by_genre(request.records, request.perceived, creator, averages);
    const auto taste = tastes_.of(creator);
    for (std::size_t g = 0; g < taste.size(); ++g) taste[g] += eta_ * averages[g];
    normalise(taste);
    made[i] = largest(taste);
  }
}

}  // namespace perennial
