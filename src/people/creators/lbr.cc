#include "people/creators/lbr.h"

#include <algorithm>
#include <numeric>

#include "people/creators/own_choice.h"

namespace perennial {

Fields LocalBetterResponse::fields() {
  Fields fields;
  fields.real("eta", eta_, {0, 100}, "length of the random step tried")
      .text("first_taste", first_taste_, "where a creator starts", {"history", "normal"});
  return fields;
}

void LocalBetterResponse::start(const CreatorRecords& records, std::uint64_t seed) {
  tastes_.start(first_taste_, seed);
  tastes_.grow(records);
}

void LocalBetterResponse::try_step(const CreationRequest& request, CreatorId creator) {
  const auto taste = tastes_.of(creator);
  std::vector<double> step(taste.size()), averages(taste.size());
  for (std::size_t g = 0; g < step.size(); ++g)
    step[g] = request.draws.normal(creator, static_cast<std::uint32_t>(g));
  normalise(step);
  for (std::size_t g = 0; g < step.size(); ++g) step[g] = taste[g] + eta_ * step[g];
  average_clicks_by_genre(request.records, request.perceived, creator, averages);
  const double now = std::inner_product(taste.begin(), taste.end(), averages.begin(), 0.0);
  const double then = std::inner_product(step.begin(), step.end(), averages.begin(), 0.0);
  if (then <= now) return;
  normalise(step);
  std::copy(step.begin(), step.end(), taste.begin());
}

void LocalBetterResponse::decide(const CreationRequest& request, std::span<GenreId> made) {
  tastes_.grow(request.records);
  for (std::size_t i = 0; i < made.size(); ++i) {
    const CreatorId creator = request.creators[i];
    try_step(request, creator);
    made[i] = largest(tastes_.of(creator));
  }
}

}  // namespace perennial
