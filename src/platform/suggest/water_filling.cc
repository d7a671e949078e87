#include "platform/suggest/water_filling.h"

#include <vector>

#include "platform/suggest/click_rates.h"
#include "platform/suggest/demand.h"
#include "platform/suggest/greedy_assignment.h"

namespace perennial {

Fields WaterFillingPolicy::fields() {
  Fields fields;
  fields.real("smoothing", smoothing_, {0.001, 1e6},
              "impressions that the genre's overall click rate counts for");
  return fields;
}

void WaterFillingPolicy::suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) {
  const auto rates = click_rates(request.tables, shape_.users, smoothing_);
  const double arrival = arrival_rate(request.tables, shape_.users, shape_.slate, request.round);
  const std::vector<double> arrivals(shape_.users, arrival);
  const Demand demand(rates, arrivals, shape_.genres, shape_.slate);
  assign_greedily(demand, request.creators, request.records, request.predicted_trust, {}, suggestions);
}

}  // namespace perennial
