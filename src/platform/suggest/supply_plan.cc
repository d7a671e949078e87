#include "platform/suggest/supply_plan.h"

#include <algorithm>
#include <vector>

namespace perennial {
namespace {

constexpr std::size_t plan_renewals = 64;

struct PlanMove {
  std::size_t who;  // place in the list of creators
  GenreId genre;
  double gain;  // clicks
};

class Planner {
 public:
  Planner(const Demand& demand, std::span<const CreatorId> creators, const CreatorRecords& records,
          std::span<const double> trust, std::span<const double> quality)
      : demand_(demand),
        creators_(creators),
        records_(records),
        trust_(trust),
        quality_(quality),
        genres_(records.genres()),
        supply_(genres_),
        drawn_(genres_ * genres_),
        displaced_(genres_ * genres_) {
    for (std::size_t i = 0; i < creators.size(); ++i) {
      waiting_.push_back(i);
      supply_[own(i)] += 1;
    }
  }

  void plan(std::span<GenreId> plan) {
    for (std::size_t i = 0; i < plan.size(); ++i) plan[i] = own(i);
    const std::size_t batch = std::max<std::size_t>(1, creators_.size() / plan_renewals);
    while (!waiting_.empty()) {
      auto moves = gaining_moves();
      if (moves.empty()) return;
      const auto count = static_cast<std::ptrdiff_t>(std::min(batch, moves.size()));
      std::partial_sort(moves.begin(), moves.begin() + count, moves.end(),
                        [](const PlanMove& a, const PlanMove& b) {
                          return a.gain != b.gain ? a.gain > b.gain : a.who < b.who;
                        });
      for (const PlanMove& move : std::span(moves).first(static_cast<std::size_t>(count))) {
        plan[move.who] = move.genre;
        supply_[own(move.who)] -= trust_[creators_[move.who]];
        supply_[move.genre] += trust_[creators_[move.who]];
        std::erase(waiting_, move.who);
      }
    }
  }

 private:
  GenreId own(std::size_t i) const { return records_.last_genre(creators_[i]); }

  /// Marginal clicks, for each genre that waiting creators make, with one of their moves taken out of it.
  void renew_worth() {
    std::vector<double> makers(genres_), trust(genres_);
    for (const std::size_t i : waiting_) {
      makers[own(i)] += 1;
      trust[own(i)] += trust_[creators_[i]];
    }
    for (std::size_t from = 0; from < genres_; ++from) {
      if (makers[from] == 0) continue;
      const double moved = trust[from] / makers[from];
      supply_[from] -= moved;
      demand_.marginal_clicks(supply_, std::span(drawn_).subspan(from * genres_, genres_),
                              std::span(displaced_).subspan(from * genres_, genres_));
      supply_[from] += moved;
    }
  }

  double worth(std::size_t i, std::size_t genre) const {
    const std::size_t at = own(i) * genres_ + genre;
    return drawn_[at] * (quality_.empty() ? 1.0 : quality_[i * genres_ + genre]) - displaced_[at];
  }

  std::vector<PlanMove> gaining_moves() {
    renew_worth();
    std::vector<PlanMove> moves;
    for (const std::size_t i : waiting_) {
      PlanMove best{i, own(i), 0};
      const double stays = worth(i, own(i));
      for (std::size_t g = 0; g < genres_; ++g) {
        const double gain = trust_[creators_[i]] * (worth(i, g) - stays);
        if (gain > best.gain) best = {i, static_cast<GenreId>(g), gain};
      }
      if (best.gain > 0) moves.push_back(best);
    }
    return moves;
  }

  const Demand& demand_;
  std::span<const CreatorId> creators_;
  const CreatorRecords& records_;
  std::span<const double> trust_, quality_;
  std::size_t genres_;
  std::vector<double> supply_;             // items per round and genre
  std::vector<double> drawn_, displaced_;  // genre moved from x genre
  std::vector<std::size_t> waiting_;       // places of creators not moved yet, ascending
};

}  // namespace

void plan_supply(const Demand& demand, std::span<const CreatorId> creators, const CreatorRecords& records,
                 std::span<const double> trust, std::span<const double> quality, std::span<GenreId> plan) {
  Planner(demand, creators, records, trust, quality).plan(plan);
}

}  // namespace perennial
