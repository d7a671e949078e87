#include <fmt/format.h>

#include <algorithm>

#include "respond/experiment/plan.h"
#include "respond/statistics/rank_correlation.h"
#include "respond/statistics/two_sample.h"
#include "simulate/measure.h"
#include "study/experiment_designs.h"
#include "study/experiment_parts.h"
#include "study/levers_parts.h"
#include "study/score_boost.h"

namespace perennial {
namespace {

constexpr std::size_t late_rounds = 50;

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

/// What one more click truly adds to every creator's posts, as things stand.
std::vector<double> true_marginals(const Plan& plan, const CreatorStates& creators) {
  std::vector<double> marginal;
  for (std::size_t c = 0; c < creators.size(); ++c) {
    const bool present = creators.present(static_cast<CreatorId>(c));
    marginal.push_back(
        present ? plan.simulation.response.marginal(creators.sensitivity[c], creators.engagement[c]) : 0);
  }
  return marginal;
}

/// The factors of every creator, by BoostBy.
struct Boosts {
  std::vector<float> dose, effect, placebo, truth;

  std::vector<float> of(BoostBy by) const {
    switch (by) {
      case BoostBy::dose:
        return dose;
      case BoostBy::effect:
        return effect;
      case BoostBy::placebo:
        return placebo;
      case BoostBy::truth:
        return truth;
      default:
        return {};
    }
  }
};

Boosts boosts_by(const LeversSettings& settings, const LearnedResponses& learned,
                 const std::vector<double>& truth, const std::vector<double>& exposure, std::uint64_t seed) {
  const auto boost = [&](const std::vector<double>& score) {
    return score_boost(score, exposure, settings.strength, settings.clip);
  };
  return {.dose = boost(learned.score),
          .effect = boost(learned.effect),
          .placebo = boost(permuted(learned.score, seed)),
          .truth = boost(truth)};
}

std::string policy_of(const LeversSettings& settings, SuggestBy by) {
  return by == SuggestBy::learned     ? settings.suggest
         : by == SuggestBy::unlearned ? settings.unlearned
                                      : "silent";
}

std::vector<ForkPlan> forks_of(const Plan& plan, const Boosts& boosts, std::uint64_t seed) {
  std::vector<ForkPlan> forks;
  forks.reserve(std::size(lever_paths));
  for (const LeverPath& path : lever_paths) {
    forks.push_back(
        {.future = seed,
         .boosts = path.boost == BoostBy::nobody ? CreatorBoosts{} : launched_boosts(boosts.of(path.boost)),
         .rounds = static_cast<std::uint32_t>(plan.rounds),
         .policy = policy_of(plan.levers, path.suggest)});
  }
  return forks;
}

PlayedPath played_path(const ForkOutcome& outcome) {
  PlayedPath path{.measures = {}, .clicks = outcome.clicks, .posts = outcome.posts};
  const auto set = [&](LeverMeasure measure, double value) {
    path.measures[static_cast<std::size_t>(measure)] = value;
  };
  const std::span all(path.clicks);
  set(LeverMeasure::clicks, mean_of(all));
  set(LeverMeasure::late_clicks, mean_of(all.last(std::min(late_rounds, all.size()))));
  set(LeverMeasure::posts, mean_of(path.posts));
  set(LeverMeasure::creators, at(outcome.metrics.back(), Metric::creators_present));
  set(LeverMeasure::worst_decile, outcome.users.worst_decile());
  set(LeverMeasure::exposure_gini, gini(outcome.counts.impressions));
  return path;
}

/// What the platform reads off its experiment.
PlayedExperiment analysed(const CreatorTable& table, const std::vector<std::uint8_t>& treated, double share) {
  const TwoArms arms{.treated = treated, .clusters = {}};
  const auto posts = arm_means(table.outcome("posts"), arms);
  PlayedExperiment experiment;
  experiment.posts = difference(posts);
  experiment.clicks = difference(arm_means(table.outcome("clicks"), arms));
  experiment.control_posts = posts.control;
  experiment.design = measured_design(table, "posts");
  experiment.design.control_ratio = (1 - share) / share;
  return experiment;
}

}  // namespace

LeverSeed play_levers(const Plan& plan, const WorldSource& source, std::uint64_t seed, Workers& workers,
                      const std::function<void()>& played) {
  const auto& settings = plan.levers;
  const World world = first_world(plan, source, seed);
  LeverSeed result;
  result.seed = seed;
  Simulation platform(plan.simulation, world, "silent", seed, workers);
  const auto logs = play_before(platform, settings.warm_up, [&](const RoundMetrics& metrics) {
    result.clicks_before.push_back(at(metrics, Metric::clicks));
    if (played) played();
  });

  PlatformForks before(plan.simulation, world, seed, platform.platform(), workers, played);
  const auto salt = fmt::format("levers-{}", seed);
  const auto treated = assign(Design::creators, settings.share, logs.homes, salt);
  std::vector<std::byte> platform_after;
  const auto experiment =
      before.play({.future = seed,
                   .boosts = experiment_boosts(Design::creators, treated, settings.multiplier),
                   .rounds = static_cast<std::uint32_t>(settings.experiment_rounds)},
                  platform_after);
  result.clicks_before.insert(result.clicks_before.end(), experiment.clicks.begin(), experiment.clicks.end());
  auto table = creator_panel(logs, experiment.counts, treated, world.genres);
  result.experiment = analysed(table, treated, settings.share);
  const auto learned = learn_responses(std::move(table), settings, seed);

  platform.fork_from(platform_after);
  const auto truth = true_marginals(plan, platform.ecosystem().creators);
  result.experiment.spearman = spearman_correlation(learned.score, truth);
  result.experiment.effect_spearman = spearman_correlation(learned.effect, truth);
  PlatformForks after(plan.simulation, world, seed, std::move(platform_after), workers, played);
  const auto boosts = boosts_by(settings, learned, truth, experiment.counts.impressions, seed);
  for (const auto& outcome : after.play(forks_of(plan, boosts, seed)))
    result.paths.push_back(played_path(outcome));
  return result;
}

}  // namespace perennial
