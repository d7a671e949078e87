#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "base/random.h"
#include "platform/suggest/demand.h"

namespace perennial {

/// Users' tastes and arrivals with nothing special about them, for the tests of demand and of what is built on it.
struct FluidRound {
  std::size_t users, genres, slate;
  std::vector<double> rates;    ///< users x genres
  std::vector<double> arrival;  ///< per user

  FluidRound(std::size_t user_count, std::size_t genre_count, std::size_t slate_length, std::uint64_t seed)
      : users(user_count), genres(genre_count), slate(slate_length), rates(users * genres), arrival(users) {
    const Draws draws(seed, Purpose::world);
    for (std::uint32_t i = 0; i < rates.size(); ++i) rates[i] = draws.uniform(i, 0);
    for (std::uint32_t u = 0; u < users; ++u) arrival[u] = 0.1 + 0.9 * draws.uniform(u, 1);
  }

  Demand demand(std::size_t most_users = 2000) const {
    return Demand(rates, arrival, genres, slate, most_users);
  }

  /// Expected clicks of a round, by filling every user's slate from its best genre downwards, the plain way.
  double clicks(std::span<const double> supply) const {
    double total = 0;
    for (std::size_t u = 0; u < users; ++u) {
      std::vector<std::size_t> order(genres);
      for (std::size_t g = 0; g < genres; ++g) order[g] = g;
      std::sort(order.begin(), order.end(),
                [&](std::size_t a, std::size_t b) { return rates[u * genres + a] > rates[u * genres + b]; });
      double room = static_cast<double>(slate);
      for (const std::size_t g : order) {
        const double taken = std::min(room, supply[g] / arrival[u]);
        total += arrival[u] * taken * rates[u * genres + g];
        room -= taken;
      }
    }
    return total;
  }
};

}  // namespace perennial
