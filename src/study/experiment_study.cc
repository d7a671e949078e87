#include "study/experiment_study.h"

#include <fmt/format.h>

#include <chrono>

#include "base/error.h"
#include "base/interrupt.h"
#include "io/hash.h"
#include "study/experiment_parts.h"

namespace perennial {
namespace {

/// The plan's platform, with somebody who boosts.
SimulationOptions with_boost(const Plan& plan) {
  SimulationOptions options = plan.simulation;
  if (!options.response.on()) {
    throw Error(
        ErrorCode::invalid_argument,
        "study experiment: nobody's posts respond to engagement here; take --setting responsive or give "
        "response.sensitivity_mean");
  }
  if (options.reranker.name != "none" && options.reranker.name != "boost") {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("study experiment: reranker.name = {}: an experiment's boosts are applied by the "
                            "re-ranker boost, "
                            "and there is one at a time; leave it out",
                            options.reranker.name));
  }
  options.reranker = {"boost", {{"shortlist", plan.experiment.shortlist}}};
  options.platform.rerank_from = 0;  // whom it boosts, and from when, is the experiment's to say
  return options;
}

void tell(const ExperimentStudyControl& control, const std::string& what) {
  if (control.begins) control.begins(what);
}

ExperimentStudy described(const Plan& plan, const World& world) {
  ExperimentStudy study;
  study.world = world.name;
  study.setting = plan.simulation.setting;
  study.recommender = plan.simulation.recommender.name;
  study.users = world.users.size();
  study.creators = world.creators.size();
  study.slate = static_cast<std::size_t>(plan.simulation.platform.slate);
  study.rounds = plan.rounds;
  study.seed = static_cast<std::uint64_t>(plan.first_seed);
  study.experiment = plan.experiment;
  for (const auto& [key, value, help] : effective(plan.simulation))
    study.settings.emplace_back(key, to_toml(value));
  for (const auto& field : study.experiment.fields().all())
    study.settings.emplace_back("experiment." + field.name, to_toml(Fields::value(field)));
  return study;
}

std::string hash_of(const ExperimentStudy& study) {
  std::uint64_t hash = 0;
  const auto add = [&](const std::vector<double>& values) {
    hash = hash_bytes(std::as_bytes(std::span(values)), hash);
  };
  add(study.truth.effect);
  for (const auto& cell : study.cells) {
    for (const auto& r : cell.replications)
      add({r.effect.mean, r.effect.se, r.control_exposure, r.control_posts});
  }
  add(study.score.score);
  for (const auto& boost : study.boosts) {
    add(boost.clicks);
    add(boost.posts);
  }
  return hash_text(hash);
}

/// What the simulator need not play to know.
void add_known(TrueEffects& truth, const Plan& plan, const CreatorStates& creators, const CreatorLogs& logs) {
  for (std::size_t c = 0; c < truth.effect.size(); ++c) {
    const double clicks = logs.before.clicks[c] / static_cast<double>(plan.experiment.warm_up);
    truth.sensitivity.push_back(creators.sensitivity[c]);
    truth.marginal.push_back(plan.simulation.response.marginal(creators.sensitivity[c], clicks));
  }
}

/// The experiment that a score is learned from, and the platform after it.
ForkOutcome main_experiment(const StudyStage& stage, std::vector<std::uint8_t>& treated,
                            std::vector<std::byte>& platform_after) {
  const auto& settings = stage.plan.experiment;
  treated = assign(Design::creators, settings.share, stage.logs.homes, stage.salt("experiment"));
  return stage.forks.play({.future = stage.future(0, 0),
                           .boosts = experiment_boosts(Design::creators, treated, settings.multiplier),
                           .rounds = stage.rounds()},
                          platform_after);
}

}  // namespace

CreatorLogs play_before(Simulation& simulation, std::int64_t rounds,
                        const std::function<void(const RoundMetrics&)>& played) {
  CreatorLogs logs(simulation.ecosystem().records);
  for (std::int64_t round = 0; round < rounds; ++round) {
    const RoundMetrics metrics = simulation.play_round();
    const Ecosystem& e = simulation.ecosystem();
    logs.before.add(e.log, e.items);
    if (round >= rounds - std::max<std::int64_t>(1, rounds / 4)) logs.just_before.add(e.log, e.items);
    played(metrics);
    if (interrupt_requested()) throw Error(ErrorCode::interrupted, "stopped");
  }
  return logs;
}

std::uint64_t StudyStage::future(std::uint64_t part, std::size_t number) const {
  return static_cast<std::uint64_t>(plan.first_seed) + (part + 1) * 1'000'003 + number;
}

std::string StudyStage::salt(const std::string& part, std::size_t number) const {
  return fmt::format("study-{}-{}-{}", plan.first_seed, part, number);
}

std::uint64_t rounds_of(const Plan& plan) {
  const auto& s = plan.experiment;
  const auto cells = static_cast<std::int64_t>(std::size(all_designs) * s.share_list().size());
  const auto batches = std::min(s.truth_batches, plan.simulation.creators);
  const auto forks = 1 + s.truth_futures * (2 + batches) + s.replications * (1 + cells);
  return static_cast<std::uint64_t>(s.warm_up + plan.rounds * forks +
                                    5 * s.deployment_futures * s.deployment_rounds);
}

ExperimentStudy study_experiment(const Plan& plan, const WorldSource& source,
                                 const ExperimentStudyControl& control) {
  const auto start = std::chrono::steady_clock::now();
  const auto seed = static_cast<std::uint64_t>(plan.first_seed);
  const SimulationOptions options = with_boost(plan);
  const World world = first_world(plan, source, seed);
  ExperimentStudy study = described(plan, world);
  Workers workers(control.threads);

  tell(control, "before the experiment");
  Simulation platform(options, world, "silent", seed, workers);
  const CreatorLogs logs = play_before(platform, plan.experiment.warm_up, [&](const RoundMetrics&) {
    if (control.played) control.played();
  });
  PlatformForks forks(options, world, seed, platform.platform(), workers, control.played);
  const StudyStage stage{plan, world.genres, logs, forks, workers};

  tell(control, "every creator's true effect");
  study.truth = true_effects(stage);
  add_known(study.truth, plan, platform.ecosystem().creators, logs);
  tell(control, "designs and shares");
  study.cells = design_cells(stage, study.truth);
  tell(control, "the experiment and its score");
  std::vector<std::uint8_t> treated;
  std::vector<std::byte> platform_after;
  const auto experiment = main_experiment(stage, treated, platform_after);
  study.score =
      learn_score(stage, creator_panel(logs, experiment.counts, treated, world.genres), study.truth);
  tell(control, "deployment");
  PlatformForks after(options, world, seed, std::move(platform_after), workers, control.played);
  study.boosts = deploy_score(stage, after, study.score.score, study.truth, experiment.counts.impressions);

  study.result_hash = hash_of(study);
  study.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return study;
}

}  // namespace perennial
