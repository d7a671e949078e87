#include "platform/suggest/water_filling.h"

#include <algorithm>
#include <vector>

#include "platform/suggest/demand.h"
#include "platform/suggest/greedy_assignment.h"

namespace perennial {
namespace {

/// users x genres: click rates, smoothed towards the genre's rate over all users.
std::vector<double> click_rates(const PlatformTables& tables, std::size_t users, double smoothing) {
  const std::size_t genres = tables.genres;
  std::vector<ShownClickedTotal> total(genres);
  for (std::size_t i = 0; i < users * genres; ++i) {
    total[i % genres].shown += tables.user_genre[i].shown;
    total[i % genres].clicked += tables.user_genre[i].clicked;
  }
  std::vector<double> rates(users * genres);
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const auto& all = total[i % genres];
    const double prior = (static_cast<double>(all.clicked) + 1.0) / (static_cast<double>(all.shown) + 4.0);
    const auto& own = tables.user_genre[i];
    rates[i] = (own.clicked + smoothing * prior) / (own.shown + smoothing);
  }
  return rates;
}

}  // namespace

Fields WaterFillingPolicy::fields() {
  Fields fields;
  fields.real("smoothing", smoothing_, {0.001, 1e6},
              "impressions that the genre's overall click rate counts for");
  return fields;
}

void WaterFillingPolicy::suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) {
  const auto rates = click_rates(request.tables, shape_.users, smoothing_);
  const double rounds = std::max(1.0, request.round - 1.0);
  const double visits = static_cast<double>(request.tables.all.shown) /
                        static_cast<double>(shape_.slate * shape_.users) / rounds;
  const double arrival = request.round == 1 ? 0.5 : std::clamp(visits, 0.01, 1.0);
  const std::vector<double> arrivals(shape_.users, arrival);
  const Demand demand(rates, arrivals, shape_.genres, shape_.slate);
  assign_greedily(demand, request.creators, request.records, request.predicted_trust, {}, suggestions);
}

}  // namespace perennial
