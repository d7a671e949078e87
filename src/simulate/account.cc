#include <algorithm>
#include <span>

#include "simulate/round.h"

namespace perennial {
namespace {

void impressions_reach_items(Ecosystem& e) {
  const auto& log = e.log;
  for (std::size_t row = 0; row < log.shown.rows(); ++row) {
    const auto slate = log.shown.row(row);
    for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place) {
      const ItemId item = slate[place];
      const bool click = log.clicked[row * slate.size() + place] != 0;
      ++e.items.shown[item];
      e.shown.add(log.active_users[row], item);
      if (!click) continue;
      ++e.items.clicked[item];
      e.records.got_clicks(e.items.creator[item], e.items.genre[item], 1);
      ++e.round_clicks[e.items.creator[item]];
      ++e.cumulative_clicks;
    }
  }
}

/// What creators feel of the round under an incentive: each click by its user's weight, in place of counts.
void creators_perceive(Ecosystem& e, std::span<const double> weights) {
  if (weights.empty()) return;
  const auto& log = e.log;
  std::fill(e.round_clicks.begin(), e.round_clicks.end(), 0);
  for (std::size_t i = 0; i < log.clicked.size(); ++i) {
    if (log.clicked[i] == 0) continue;
    const ItemId item = log.shown.items[i];
    const double weight = weights[log.active_users[i / log.shown.width]];
    e.perceived.add(e.items, item, weight);
    e.round_clicks[e.items.creator[item]] += weight;
  }
}

void trust_moves(Stage& stage) {
  auto& e = stage.ecosystem;
  for (std::size_t i = 0; i < e.log.active_creators.size(); ++i) {
    const CreatorId creator = e.log.active_creators[i];
    if (stage.options.trust.moves() && e.followed[i] && e.records.recent_count(creator) > 1) {
      const auto newest = e.perceived.on(e.items, e.records.recent_item(creator, 0));
      const auto before = e.perceived.on(e.items, e.records.recent_item(creator, 1));
      e.creators.trust[creator] = stage.options.trust.after_following(
          e.creators.trust[creator], newest, before, e.creators.followed_last[creator] != 0);
    }
    e.creators.followed_last[creator] = e.followed[i];
  }
}

void activity_moves(Stage& stage) {
  auto& e = stage.ecosystem;
  auto& creators = e.creators;
  if (!stage.options.response.on()) return;
  for (std::size_t c = 0; c < creators.size(); ++c) {
    creators.engagement[c] = stage.options.response.smoothed(creators.engagement[c], e.round_clicks[c]);
    creators.activity[c] = stage.options.response.activity(creators.base_activity[c], creators.sensitivity[c],
                                                           creators.engagement[c]);
  }
}

void satisfaction_moves(Stage& stage) {
  auto& e = stage.ecosystem;
  if (!stage.options.churn.on()) return;
  const std::size_t width = e.log.shown.width;
  for (std::size_t row = 0; row < e.log.active_users.size(); ++row) {
    double clicks = 0;
    for (std::size_t place = 0; place < width; ++place) clicks += e.log.clicked[row * width + place];
    const UserId user = e.log.active_users[row];
    e.users.satisfaction[user] =
        stage.options.churn.smoothed(e.users.satisfaction[user], clicks / static_cast<double>(width));
    e.users.activity[user] =
        stage.options.churn.activity(e.users.base_activity[user], e.users.satisfaction[user]);
  }
}

}  // namespace

void account(Stage& stage) {
  auto& e = stage.ecosystem;
  e.round_clicks.assign(e.creators.size(), 0);
  impressions_reach_items(e);
  creators_perceive(e, stage.players.incentive->weights());
  e.tables.account(e.log, e.items);
  e.trust_predictor.learn(e.log);
  stage.players.incentive->account(e.log);
  trust_moves(stage);
  activity_moves(stage);
  satisfaction_moves(stage);
}

}  // namespace perennial
