#include "platform/rerank/cpfair.h"

#include <numeric>

#include "platform/rerank/creator_bonus.h"
#include "platform/rerank/place_budgets.h"

namespace perennial {

Fields CpFairReranker::fields() {
  Fields fields;
  fields.real("lambda", lambda_, {0, 1e6}, "weight of fairness; 0 = the ranker's order")
      .text("since", since_,
            "places count since the round's first user, or since round 1 (a creator's impressions so far)",
            {"round", "start"})
      .flag("budget", budget_,
            "a creator that had its share of the round's places comes after all others, as in the authors' "
            "code");
  shortlist_.add_to(fields);
  return fields;
}

void CpFairReranker::rerank(const RerankRequest& request, Slates& best) {
  const RoundCreators creators(request);
  const auto count = creators.size();
  auto places = since_ == "start" ? shown_so_far(request, creators) : std::vector<double>(count, 0.0);
  double sum = std::accumulate(places.begin(), places.end(), 0.0);
  std::vector<double> rho(count), bonus(count);
  for (std::size_t p = 0; p < count; ++p) rho[p] = creators.share(p);
  PlaceBudgets budgets(request, rho);
  const auto update = [&] {
    for (std::size_t p = 0; p < count; ++p)
      bonus[p] = lambda_ * (1 - places[p] / (sum + 1e-5)) - (budget_ ? budgets.penalty(p) : 0);
  };
  update();
  serve_by_bonus(
      request, creators, bonus,
      [&](std::span<const std::uint32_t> shown) {
        budgets.take(shown);
        for (const std::uint32_t p : shown) ++places[p];
        sum += static_cast<double>(shown.size());
        update();
      },
      best);
}

}  // namespace perennial
