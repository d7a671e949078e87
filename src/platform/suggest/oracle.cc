#include "platform/suggest/oracle.h"

#include "base/check.h"
#include "platform/suggest/demand.h"
#include "platform/suggest/greedy_assignment.h"

namespace perennial {

void OraclePolicy::suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) {
  check(request.truth != nullptr, "the oracle needs the truth");
  const Demand demand(request.truth->click_probability, request.truth->user_activity, shape_.genres,
                      shape_.slate);
  assign_greedily(demand, request.creators, request.records, request.truth->trust, request.truth->quality,
                  suggestions);
}

}  // namespace perennial
