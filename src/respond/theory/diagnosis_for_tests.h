#pragma once

#include <array>
#include <cmath>
#include <fstream>
#include <string>

#include "base/random.h"
#include "io/temporary_folder.h"
#include "respond/theory/creator_periods.h"

namespace perennial {

/// Poisson with a small mean, by inversion.
inline double poisson(const Draws& draws, double mean, std::uint32_t entity, std::uint32_t index,
                      std::uint32_t lane = 0) {
  const double u = draws.uniform(entity, index, lane);
  double chance = std::exp(-mean), below = chance;
  double n = 0;
  while (u >= below && n < 1000) {
    n += 1;
    chance *= mean / n;
    below += chance;
  }
  return n;
}

/// How simulated creators behave.
struct SimulatedCreators {
  std::size_t creators = 200;
  std::size_t periods = 8;
  double response = 0;  ///< extra posts next period per unit of engagement
  double impressions_per_post = 20;
  double rate = .1;  ///< engagement per impression; luck of each period varies it by half
};

/// Creators with tempers of their own, whose engagement follows from their posts and from luck, and who post again by what they got: the
/// known answer of the within-creator estimate.
inline CreatorPeriods simulate_creators(const SimulatedCreators& how, std::uint64_t seed) {
  CreatorPeriods logs{.periods = how.periods, .counts = {}};
  const Draws draws(seed, Purpose::creation);
  for (std::uint32_t c = 0; c < how.creators; ++c) {
    const double usual = 1 + 2 * draws.uniform(c, 0, 1);
    double received = usual * how.impressions_per_post * how.rate;
    for (std::uint32_t t = 0; t < how.periods; ++t) {
      PeriodCounts counts;
      counts.posts = poisson(draws, usual + how.response * received, c, t, 2);
      counts.impressions = counts.posts * how.impressions_per_post;
      const double luck = .5 + draws.uniform(c, t, 3);
      counts.engagement_first_half = poisson(draws, counts.impressions * how.rate * luck / 2, c, t, 4);
      counts.engagement_second_half = poisson(draws, counts.impressions * how.rate * luck / 2, c, t, 5);
      received = counts.engagement();
      logs.counts.push_back(counts);
    }
  }
  return logs;
}

}  // namespace perennial
