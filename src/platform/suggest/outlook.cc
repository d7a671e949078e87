#include "platform/suggest/outlook.h"

#include "platform/suggest/click_rates.h"
#include "platform/suggest/demand.h"
#include "platform/suggest/supply_plan.h"

namespace perennial {

Outlook make_outlook(const SuggestionRequest& request, const PlatformShape& shape,
                     const PracticeModel& practice, const OutlookOptions& options) {
  const std::size_t genres = shape.genres;
  Outlook outlook;
  outlook.rates = click_rates(request.tables, shape.users, options.smoothing, GenreRate::of_users);
  outlook.supply.assign(genres, 0);
  for (const CreatorId creator : request.creators) {
    outlook.supply[request.records.last_genre(creator)] += 1;
    for (std::size_t g = 0; g < genres; ++g)
      outlook.quality.push_back(practice.quality_of_next(request.records, creator, static_cast<GenreId>(g),
                                                         options.practice_horizon));
  }
  const std::vector<double> arrivals(shape.users,
                                     arrival_rate(request.tables, shape.users, shape.slate, request.round));
  const Demand demand(outlook.rates, arrivals, genres, shape.slate);
  outlook.drawn.resize(genres);
  outlook.displaced.resize(genres);
  demand.marginal_clicks(outlook.supply, outlook.drawn, outlook.displaced);
  outlook.plan.resize(request.creators.size());
  plan_supply(demand, request.creators, request.records, request.predicted_trust, outlook.quality,
              outlook.plan);
  return outlook;
}

}  // namespace perennial
