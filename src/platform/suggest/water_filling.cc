#include "platform/suggest/water_filling.h"

#include <vector>

#include "platform/suggest/click_rates.h"
#include "platform/suggest/greedy_assignment.h"
#include "platform/suggest/suggestion_gains.h"

namespace perennial {

Fields WaterFillingPolicy::fields() {
  Fields fields;
  fields.real("smoothing", smoothing_, {0.001, 1e6},
              "impressions that the genre's overall click rate counts for");
  return fields;
}

Demand WaterFillingPolicy::demand_of(const SuggestionRequest& request) const {
  const auto rates = click_rates(request.tables, shape_.users, smoothing_);
  const double arrival = arrival_rate(request.tables, shape_.users, shape_.slate, request.round);
  const std::vector<double> arrivals(shape_.users, arrival);
  return {rates, arrivals, shape_.genres, shape_.slate};
}

void WaterFillingPolicy::suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) {
  assign_greedily(demand_of(request), request.creators, request.records, request.predicted_trust, {},
                  suggestions);
}

bool WaterFillingPolicy::expected_gains(const SuggestionRequest& request, std::span<const GenreId> suggested,
                                        std::span<double> gains) const {
  suggestion_gains(demand_of(request), request, request.predicted_trust, {}, suggested, gains);
  return true;
}

}  // namespace perennial
