#include "platform/suggest/demand.h"

#include <algorithm>

namespace perennial {

Demand::Demand(std::span<const double> rates, std::span<const double> arrival, std::size_t genres,
               std::size_t slate, std::size_t most_users)
    : genres_(genres), slate_(static_cast<double>(slate)) {
  const std::size_t users = arrival.size();
  const std::size_t kept = std::min(users, most_users);
  weight_ = static_cast<double>(users) / static_cast<double>(kept);
  arrival_.resize(kept);
  tastes_.resize(kept * genres);
  for (std::size_t i = 0; i < kept; ++i) {
    const std::size_t user = i * users / kept;
    arrival_[i] = std::max(arrival[user], 1e-6);
    const auto mine = tastes_.begin() + static_cast<std::ptrdiff_t>(i * genres);
    for (std::size_t g = 0; g < genres; ++g)
      mine[static_cast<std::ptrdiff_t>(g)] = {static_cast<GenreId>(g), rates[user * genres + g]};
    std::stable_sort(mine, mine + static_cast<std::ptrdiff_t>(genres),
                     [](const Taste& a, const Taste& b) { return a.rate > b.rate; });
  }
}

std::size_t Demand::full_at(std::size_t user, std::span<const double> supply) const {
  const Taste* mine = tastes_.data() + user * genres_;
  double room = slate_ * arrival_[user];
  std::size_t place = 0;
  while (place < genres_ && room > supply[mine[place].genre]) room -= supply[mine[place++].genre];
  return place;
}

void Demand::marginal_clicks(std::span<const double> supply, std::span<double> clicks) const {
  std::fill(clicks.begin(), clicks.end(), 0.0);
  for (std::size_t i = 0; i < arrival_.size(); ++i) {
    const Taste* mine = tastes_.data() + i * genres_;
    const std::size_t full = full_at(i, supply);
    const double displaced = full < genres_ ? mine[full].rate : 0.0;
    for (std::size_t g = 0; g < full; ++g) clicks[mine[g].genre] += mine[g].rate - displaced;
  }
  for (double& value : clicks) value *= weight_;
}

void Demand::marginal_clicks(std::span<const double> supply, std::span<double> drawn,
                             std::span<double> displaced) const {
  std::fill(drawn.begin(), drawn.end(), 0.0);
  std::fill(displaced.begin(), displaced.end(), 0.0);
  for (std::size_t i = 0; i < arrival_.size(); ++i) {
    const Taste* mine = tastes_.data() + i * genres_;
    const std::size_t full = full_at(i, supply);
    const double loses = full < genres_ ? mine[full].rate : 0.0;
    for (std::size_t g = 0; g < full; ++g) {
      drawn[mine[g].genre] += weight_ * mine[g].rate;
      displaced[mine[g].genre] += weight_ * loses;
    }
  }
}

}  // namespace perennial
