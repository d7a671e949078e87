#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "base/random.h"
#include "study/comparison.h"

namespace perennial {

/// How a made-up policy does: clicks rise from 0 to `level` with some noise and a luck that seeds share.
struct MadeUpPolicy {
  std::string name;
  double level;
  double noise = 4;
  bool uses_truth = false;
};

inline RunResult made_up_run(const MadeUpPolicy& policy, std::uint64_t seed, std::uint32_t rounds,
                             std::size_t genres) {
  const Draws draws(seed, Purpose::click);
  RunResult run{};
  const auto own = static_cast<std::uint32_t>(policy.level);  // noise of its own, luck shared with the others
  const double luck = 6 * draws.uniform(0) + 3 * draws.uniform(0, own) - 4.5;
  double total = 0;
  for (std::uint32_t i = 0; i < rounds; ++i) {
    const double wobble = policy.noise * (draws.uniform(i + 1, own) + draws.uniform(i + 100000, own) - 1);
    const double part = (i + 1.0) / rounds;
    RoundMetrics metrics{};
    at(metrics, Metric::clicks) = policy.level * (1 - std::exp(-6 * part)) + luck + wobble;
    at(metrics, Metric::impressions) = 250;
    at(metrics, Metric::cumulative_clicks) = total += at(metrics, Metric::clicks);
    at(metrics, Metric::content_diversity_bits) = 2 + policy.level / 120 * part;
    at(metrics, Metric::active_creators) = policy.level / 8;
    at(metrics, Metric::creators_present) = std::round(50 - 20 * part * (1.5 - policy.level / 160));
    at(metrics, Metric::genres_per_creator) = 1 + 3 * part * policy.level / 100;
    at(metrics, Metric::mean_trust) = 0.5;
    at(metrics, Metric::exposure_gini) = 0.7 - 0.2 * policy.level / 160 * part;
    at(metrics, Metric::user_satisfaction) = at(metrics, Metric::clicks) / 250;
    run.rounds.push_back(metrics);
  }
  for (CreatorId c = 0; c < 50; ++c) {
    const auto made =
        static_cast<std::uint32_t>(draws.uniform(c + 500000, own) * policy.level / 160 * double(genres));
    run.creators.push_back(
        {c, 0, c % 5 == 0 ? rounds / 2 : 0, 3 * made, made, 40 * made, 13 * made, 0.5, 0.48});
  }
  run.seconds = {.01, .02, .015, .12, .01, .05, .04, .08};
  return run;
}

/// A comparison as the main job would leave it, with made-up numbers.
inline Comparison made_up_comparison(const std::vector<MadeUpPolicy>& policies, std::size_t seeds = 5,
                                     std::uint32_t rounds = 60) {
  Comparison made;
  made.world = "youtube";
  made.setting = "lockin";
  made.recommender = "content";
  made.reranker = "none";
  made.incentive = "none";
  made.user_model = "interest";
  made.creator_model = "bounded";
  made.users = 100;
  made.creators = 50;
  made.slate = 5;
  for (int i = 0; i < 14; ++i) made.genres.push_back("genre " + std::to_string(i));
  made.rounds = rounds;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) made.seeds.push_back(seed);
  for (const MadeUpPolicy& policy : policies) {
    ComparedPolicy compared{policy.name, "made up for a test", policy.uses_truth, {}};
    for (const std::uint64_t seed : made.seeds) {
      compared.runs.push_back(made_up_run(policy, seed, rounds, made.genres.size()));
    }
    made.policies.push_back(std::move(compared));
  }
  made.settings = {
      {"slate", "5"}, {"setting", "\"lockin\""}, {"trust.floor", "0.02"}, {"trust.dynamic", "false"}};
  made.cpu_seconds = 2;
  made.wall_seconds = 1.1;
  made.impressions = 3'000'000;
  made.result_hash = "0123456789abcdef";
  return made;
}

/// Gives a policy the same clicks in every round, one number per seed.
inline void set_clicks(ComparedPolicy& policy, const std::vector<double>& by_seed) {
  for (std::size_t seed = 0; seed < by_seed.size(); ++seed) {
    for (RoundMetrics& metrics : policy.runs[seed].rounds) at(metrics, Metric::clicks) = by_seed[seed];
  }
}

/// The main job's six policies.
inline Comparison made_up_main_job(std::size_t seeds = 5, std::uint32_t rounds = 200) {
  return made_up_comparison({{"silent", 118, 12},
                             {"random", 142, 14},
                             {"most-click", 94, 10},
                             {"most-history-click", 125, 12},
                             {"water-filling", 157, 12},
                             {"oracle", 159, 12, true}},
                            seeds, rounds);
}

}  // namespace perennial
