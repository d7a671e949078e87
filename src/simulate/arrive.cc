#include <algorithm>
#include <span>

#include "simulate/population.h"
#include "simulate/round.h"

namespace perennial {
namespace {

/// Its last `after` items drew no click at all, as it perceives them.
bool gives_up(const Ecosystem& e, const LeavingOptions& leaving, CreatorId creator) {
  const auto after = static_cast<std::size_t>(leaving.after);
  if (after == 0 || e.round <= leaving.warm_up || e.records.items_made(creator) < after) return false;
  for (std::size_t i = 0; i < after; ++i) {
    if (e.perceived.on(e.items, e.records.recent_item(creator, i)) > 0) return false;
  }
  return true;
}

double return_probability(const JoiningOptions& joining, double clicks, double rank) {
  if (clicks == 0) return joining.return_unseen;
  return rank < 1.0 / 3 ? joining.return_low : rank < 2.0 / 3 ? joining.return_middle : joining.return_high;
}

/// A newcomer about to make its second item: does it come back at all? Asked once. `liked`: perceived clicks of the latest items
/// that drew any, ascending.
bool turns_away(Ecosystem& e, const JoiningOptions& joining, std::span<const double> liked,
                const Draws& draws, CreatorId creator) {
  if (e.creators.joined[creator] == 0 || e.creators.came_back[creator] || e.records.items_made(creator) != 1)
    return false;
  const auto clicks = e.perceived.on(e.items, e.records.recent_item(creator, 0));
  e.creators.came_back[creator] =
      draws.coin(return_probability(joining, clicks, feedback_rank(e, liked, creator)), creator);
  return !e.creators.came_back[creator];
}

void creators_arrive(Stage& stage) {
  auto& e = stage.ecosystem;
  const auto coins = stage.draws(Purpose::creator_arrival);
  const auto returns = stage.draws(Purpose::comeback);
  const auto latest = stage.options.joining.per_round > 0 ? latest_clicks(e) : std::vector<double>{};
  const std::span liked(std::upper_bound(latest.begin(), latest.end(), 0.0), latest.end());
  for (std::size_t c = 0; c < e.creators.size(); ++c) {
    const auto creator = static_cast<CreatorId>(c);
    if (!e.creators.present(creator) || !coins.coin(e.creators.activity[c], creator)) continue;
    if (gives_up(e, stage.options.leaving, creator) ||
        turns_away(e, stage.options.joining, liked, returns, creator)) {
      e.creators.left[c] = e.round;
    } else {
      e.log.active_creators.push_back(creator);
    }
  }
}

}  // namespace

void users_arrive(Stage& stage) {
  auto& e = stage.ecosystem;
  const auto coins = stage.draws(Purpose::user_arrival);
  e.log.active_users.clear();
  for (std::size_t u = 0; u < e.users.activity.size(); ++u) {
    if (coins.coin(e.users.activity[u], static_cast<UserId>(u)))
      e.log.active_users.push_back(static_cast<UserId>(u));
  }
}

void arrive(Stage& stage) {
  join(stage.ecosystem, stage.options, stage.draws(Purpose::join));
  creators_arrive(stage);
  users_arrive(stage);
}

}  // namespace perennial
