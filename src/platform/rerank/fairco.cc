#include "platform/rerank/fairco.h"

#include <algorithm>

#include "platform/rerank/creator_bonus.h"
#include "platform/rerank/place_budgets.h"

namespace perennial {

Fields FairCoReranker::fields() {
  Fields fields;
  fields.real("lambda", lambda_, {0, 1e6}, "weight of fairness; 0 = the ranker's order")
      .text("since", since_,
            "places count since the round's first user, or since round 1 (a creator's impressions so far; T "
            "is then the "
            "visits so far as well)",
            {"round", "start"})
      .flag("budget", budget_,
            "a creator that had its share of the round's places comes after all others, as in the authors' "
            "code");
  shortlist_.add_to(fields);
  return fields;
}

void FairCoReranker::rerank(const RerankRequest& request, Slates& best) {
  const RoundCreators creators(request);
  const auto count = creators.size();
  auto places = std::vector<double>(count, 0.0);
  auto users = static_cast<double>(request.users.size());
  if (since_ == "start") {
    places = shown_so_far(request, creators);
    users += static_cast<double>(request.tables.all.shown) / static_cast<double>(request.slate);
  }
  std::vector<double> rho(count), bonus(count);
  for (std::size_t p = 0; p < count; ++p) rho[p] = creators.share(p);
  PlaceBudgets budgets(request, rho);
  const auto update = [&] {
    const double least = count == 0 ? 0 : *std::ranges::min_element(places);
    for (std::size_t p = 0; p < count; ++p)
      bonus[p] = lambda_ * (least - places[p]) / (rho[p] * users) - (budget_ ? budgets.penalty(p) : 0);
  };
  update();
  serve_by_bonus(
      request, creators, bonus,
      [&](std::span<const std::uint32_t> shown) {
        budgets.take(shown);
        for (const std::uint32_t p : shown) ++places[p];
        update();
      },
      best);
}

}  // namespace perennial
