#include "respond/theory/two_period_example.h"

#include <algorithm>

namespace perennial {

LongRunProblem TwoPeriodExample::problem() const {
  const auto second = second_creator;
  return {.users = 2,
          .periods = 2,
          .positions = 1,
          .gamma = gamma,
          .values = {{first_creator[0], second_creator[0]}, {first_creator[1], second_creator[1]}},
          .available = [second](const RankingHistory& history) -> ShownItems {
            if (history.empty()) return {0, 1};
            for (std::size_t viewer = 0; viewer < 2; ++viewer) {
              const auto& shown = history.front()[viewer];
              if (!shown.empty() && shown.front() == 1 && second[viewer] > 0) return {1};
            }
            return {};
          }};
}

bool TwoPeriodExample::long_run_differs() const {
  const double loss = std::min(first_creator[0] - second_creator[0], first_creator[1] - second_creator[1]);
  return loss < gamma * (second_creator[0] + second_creator[1]);
}

}  // namespace perennial
