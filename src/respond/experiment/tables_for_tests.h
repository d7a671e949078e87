#pragma once

#include <string>

#include "respond/statistics/samples_for_tests.h"
#include "respond/table/creator_table.h"

namespace perennial {

/// For tests: an experiment of which everything is known.
struct KnownExperiment {
  std::uint64_t seed = 1;
  std::uint32_t creators = 4000;
  double treatment_share = 0.4, control_share = 0.4;  ///< the rest is untouched
  double lift = 0;                                    ///< of the treated's posts
  double leak = 0;                                    ///< lift of the controls' posts
};

/// Posts with their past, impressions (the dose, 1.3 times for the treated) and likes; no features, no clusters.
inline CreatorTable known_experiment(const KnownExperiment& known) {
  const Samples samples(known.seed);
  const Draws draws(known.seed, Purpose::history);
  CreatorTable table;
  std::vector<double> posts, before, impressions, likes;
  for (std::uint32_t i = 0; i < known.creators; ++i) {
    const double u = draws.uniform(i);
    const Arm arm = u < known.treatment_share                         ? Arm::treatment
                    : u < known.treatment_share + known.control_share ? Arm::control
                                                                      : Arm::untouched;
    table.ids.add("creator-" + std::to_string(i));
    table.arms.push_back(arm);
    const double factor = 1 + (arm == Arm::treatment ? known.lift : arm == Arm::control ? known.leak : 0);
    posts.push_back(factor * samples.posts(i));
    before.push_back(samples.posts(i, 1) + 0.5 * samples.posts(i));
    impressions.push_back((arm == Arm::treatment ? 1.3 : 1) * std::exp(samples.normal(i, 7)));
    likes.push_back(0.1 * impressions.back() * std::exp(0.1 * samples.normal(i, 8)));
  }
  table.outcomes = {{"posts", posts}, {"impressions", impressions}, {"likes", likes}};
  table.pre_outcomes = {{"posts", before}};
  return table;
}

}  // namespace perennial
