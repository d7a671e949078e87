#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "platform/recommend/recommenders.h"
#include "simulate/prepare.h"
#include "simulate/simulation.h"
#include "world/catalogue.h"

namespace perennial {

/// A ranker's scores of what users were shown, and who clicked: the area under the curve per user, that is the share of
/// (clicked, skipped) pairs in which the clicked one scores higher, ties half; users weigh by their impressions, as in Zhou
/// et al. (KDD 2018, section 6.3).
class ClickAuc {
 public:
  void add(UserId user, float score, bool clicked) {
    if (user >= shown_.size()) shown_.resize(user + std::size_t{1});
    shown_[user].emplace_back(score, clicked);
  }

  /// Closes a stretch of rounds: impressions are only compared within one.
  void close() {
    for (auto& impressions : shown_) {
      const auto [pairs, right] = compare(impressions);
      if (pairs > 0) {
        weight_ += static_cast<double>(impressions.size());
        sum_ += static_cast<double>(impressions.size()) * right / pairs;
      }
      impressions.clear();
    }
  }

  /// 0.5 = no better than chance.
  double value() const { return weight_ == 0 ? 0.5 : sum_ / weight_; }

 private:
  static std::pair<double, double> compare(const std::vector<std::pair<float, bool>>& impressions) {
    double pairs = 0, right = 0;
    for (const auto& [score, clicked] : impressions) {
      if (!clicked) continue;
      for (const auto& [other, other_clicked] : impressions) {
        if (other_clicked) continue;
        pairs += 1;
        right += score > other ? 1 : score == other ? 0.5 : 0;
      }
    }
    return {pairs, right};
  }

  std::vector<std::vector<std::pair<float, bool>>> shown_;  // row = UserId
  double weight_ = 0, sum_ = 0;
};

/// A ranker that looks on while another one ranks: it learns from the same logs and is asked before every round what it
/// thinks of the candidates.
struct Onlooker {
  std::string name;
  std::vector<std::pair<std::string, FieldValue>> settings;
  std::unique_ptr<Recommender> ranker;
  ClickAuc auc;
};

/// Plays `rounds` rounds on a simulated platform whose slates are `options.recommender`'s, and judges the onlookers on what
/// it showed after round `judged_after`: in every stretch of five rounds, by scores that knew only the rounds before each.
inline void judge_next_clicks(const SimulationOptions& options, std::uint64_t seed, std::uint32_t rounds,
                              std::uint32_t judged_after, std::vector<Onlooker>& onlookers) {
  static const WorldSource source = open_world("youtube");
  Workers workers(1);
  World world =
      source.make(static_cast<std::size_t>(options.users), static_cast<std::size_t>(options.creators), seed);
  Simulation simulation(options, world, "silent", seed, workers);
  const Ecosystem& now = simulation.ecosystem();
  const auto past = past_interactions(now.world, options.past, seed);
  for (Onlooker& o : onlookers) {
    const auto& plugin = find_plugin(recommenders(), "recommender", o.name);
    o.ranker = plugin.make();
    for (const auto& [name, value] : o.settings) o.ranker->fields().set("onlooker", name, value);
    o.ranker->start(now.world, past, seed);
  }
  const ShownItems nothing(now.world.users.size(), 1);
  Slates all;
  for (std::uint32_t round = 1; round <= rounds; ++round) {
    const PlatformTables tables = now.tables;
    Items items = now.items;
    simulation.play_round();
    for (std::size_t i = items.size(); i < now.items.size(); ++i)
      items.add(now.items.creator[i], now.items.genre[i], now.items.born[i]);
    for (Onlooker& o : onlookers) {
      if (round > judged_after) {
        o.ranker->rank({.round = round,
                        .users = now.log.active_users,
                        .candidates = now.candidates,
                        .items = items,
                        .shown = nothing,
                        .tables = tables,
                        .depth = now.candidates.size(),
                        .draws = Draws(seed, Purpose::ranking, round),
                        .workers = workers},
                       all);
        for (std::size_t row = 0; row < all.rows(); ++row) {
          const auto slate = now.log.shown.row(row);
          for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place) {
            const auto ranked = all.row(row);
            const auto at = std::find(ranked.begin(), ranked.end(), slate[place]) - ranked.begin();
            o.auc.add(now.log.active_users[row], all.row_scores(row)[static_cast<std::size_t>(at)],
                      now.log.clicked[row * now.log.shown.width + place] != 0);
          }
        }
        if ((round - judged_after) % 5 == 0) o.auc.close();
      }
      o.ranker->learn(now.log, now.items, now.tables, workers);
    }
  }
}

}  // namespace perennial
