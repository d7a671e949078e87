#include "platform/suggest/oracle.h"

#include <vector>

#include "base/check.h"
#include "platform/suggest/demand.h"
#include "platform/suggest/supply_plan.h"

namespace perennial {

void OraclePolicy::suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) {
  check(request.truth != nullptr, "the oracle needs the truth");
  const Truth& truth = *request.truth;
  const Demand demand(truth.click_probability, truth.user_activity, shape_.genres, shape_.slate);
  std::vector<double> quality;
  for (const CreatorId creator : request.creators) {
    const auto row = truth.quality.subspan(creator * shape_.genres, shape_.genres);
    quality.insert(quality.end(), row.begin(), row.end());
  }
  plan_supply(demand, request.creators, request.records, truth.trust, quality, suggestions);
}

}  // namespace perennial
