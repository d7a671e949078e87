#include <cmath>
#include <numeric>

#include "respond/statistics/rank_correlation.h"
#include "study/experiment_parts.h"

namespace perennial {
namespace {

/// Creators in batches of nearly equal size, by hash.
std::vector<std::size_t> batches_of(const StudyStage& stage, std::size_t count) {
  const std::size_t creators = stage.forks.creators();
  std::vector<std::size_t> batch(creators);
  std::vector<std::uint8_t> taken(creators, 0);
  // assign() treats the creators of lowest hash, so a larger share holds the smaller one.
  for (std::size_t b = 0; b + 1 < count; ++b) {
    const double share = static_cast<double>(b + 1) / static_cast<double>(count);
    const auto up_to = assign(Design::creators, share, stage.logs.homes, stage.salt("truth"));
    for (std::size_t c = 0; c < creators; ++c) {
      if (up_to[c] != 0 && taken[c] == 0) {
        taken[c] = 1;
        batch[c] = b;
      }
    }
  }
  for (std::size_t c = 0; c < creators; ++c) {
    if (taken[c] == 0) batch[c] = count - 1;
  }
  return batch;
}

/// The first plan boosts nobody, the second everybody, the others one batch each.
std::vector<ForkPlan> plans_of(const StudyStage& stage, const std::vector<std::size_t>& batch,
                               std::size_t batches, std::uint64_t future) {
  const double multiplier = stage.plan.experiment.multiplier;
  const auto all = std::vector<float>(batch.size(), static_cast<float>(multiplier));
  std::vector<ForkPlan> plans = {
      {.future = future, .boosts = {}, .rounds = stage.rounds()},
      {.future = future, .boosts = launched_boosts(all), .rounds = stage.rounds()}};
  for (std::size_t b = 0; b < batches; ++b) {
    std::vector<std::uint8_t> treated(batch.size());
    for (std::size_t c = 0; c < batch.size(); ++c) treated[c] = batch[c] == b ? 1 : 0;
    plans.push_back({.future = future,
                     .boosts = experiment_boosts(Design::creators, treated, multiplier),
                     .rounds = stage.rounds()});
  }
  return plans;
}

/// Sums of the effects over every second future, by creator.
struct Sums {
  std::vector<double> even, odd;
};

void describe(TrueEffects& truth, const Sums& sums) {
  const auto count = static_cast<double>(truth.effect.size());
  truth.mean = std::accumulate(truth.effect.begin(), truth.effect.end(), 0.0) / count;
  double squares = 0;
  for (const double effect : truth.effect) squares += (effect - truth.mean) * (effect - truth.mean);
  truth.deviation = std::sqrt(squares / count);
  const double halves = pearson_correlation(sums.even, sums.odd);
  truth.reliability = halves > 0 ? 2 * halves / (1 + halves) : 0;  // Spearman and Brown
}

}  // namespace

TrueEffects true_effects(const StudyStage& stage) {
  const auto& settings = stage.plan.experiment;
  const std::size_t creators = stage.forks.creators();
  const auto batches = std::min(static_cast<std::size_t>(settings.truth_batches), creators);
  const auto futures = static_cast<std::size_t>(settings.truth_futures);
  const auto batch = batches_of(stage, batches);
  TrueEffects truth;
  truth.effect.resize(creators);
  truth.posts.resize(creators);
  Sums sums{.even = std::vector<double>(creators), .odd = std::vector<double>(creators)};
  const double weight = 1.0 / static_cast<double>(futures);
  for (std::size_t f = 0; f < futures; ++f) {
    const auto outcomes = stage.forks.play(plans_of(stage, batch, batches, stage.future(1, f)));
    for (std::size_t c = 0; c < creators; ++c) {
      const double none = outcomes[0].expected_posts[c];
      const double effect = outcomes[2 + batch[c]].expected_posts[c] - none;
      truth.effect[c] += weight * effect;
      (f % 2 == 0 ? sums.even : sums.odd)[c] += effect;
      truth.posts[c] += weight * none;
      truth.launch_effect += weight * (outcomes[1].expected_posts[c] - none) / static_cast<double>(creators);
    }
  }
  describe(truth, sums);
  return truth;
}

}  // namespace perennial
