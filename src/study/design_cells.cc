#include "respond/statistics/quotient.h"
#include "respond/statistics/two_sample.h"
#include "study/experiment_parts.h"

namespace perennial {
namespace {

/// Sum over the creators of one arm, experiment over untouched, less 1; 0 where untouched has none.
double change(const std::vector<double>& experiment, const std::vector<double>& untouched,
              const std::vector<std::uint8_t>& treated, bool of_treated) {
  double with = 0, without = 0;
  for (std::size_t c = 0; c < treated.size(); ++c) {
    if ((treated[c] != 0) != of_treated) continue;
    with += experiment[c];
    without += untouched[c];
  }
  return without > 0 ? with / without - 1 : 0;
}

DesignReplication replication_of(const StudyStage& stage, Design design,
                                 const std::vector<std::uint8_t>& treated, const ForkOutcome& experiment,
                                 const ForkOutcome& untouched) {
  std::vector<std::uint32_t> clusters;
  if (design == Design::genres) clusters.assign(stage.logs.homes.begin(), stage.logs.homes.end());
  const auto means = arm_means(experiment.counts.posts, {.treated = treated, .clusters = clusters});
  double treated_count = 0;
  for (const auto arm : treated) treated_count += arm;
  return {
      .treated_share = treated_count / static_cast<double>(treated.size()),
      .effect = difference(means),
      .lift = means.control > 0 ? means.treatment / means.control - 1 : 0,
      .treated_exposure = change(experiment.counts.impressions, untouched.counts.impressions, treated, true),
      .control_exposure = change(experiment.counts.impressions, untouched.counts.impressions, treated, false),
      .control_posts = change(experiment.expected_posts, untouched.expected_posts, treated, false)};
}

template <class Of>
Interval over(const std::vector<DesignReplication>& replications, Of of) {
  std::vector<double> values;
  values.reserve(replications.size());
  for (const auto& replication : replications) values.push_back(of(replication));
  return interval_of(values);
}

double coverage_of(const std::vector<DesignReplication>& replications, double truth) {
  double covered = 0;
  for (const auto& r : replications) covered += r.effect.low <= truth && truth <= r.effect.high ? 1 : 0;
  return covered / static_cast<double>(replications.size());
}

void describe(DesignCell& cell, const TrueEffects& truth) {
  const auto& all = cell.replications;
  cell.treated_share = over(all, [](const auto& r) { return r.treated_share; });
  cell.effect = over(all, [](const auto& r) { return r.effect.mean; });
  cell.lift = over(all, [](const auto& r) { return r.lift; });
  cell.treated_exposure = over(all, [](const auto& r) { return r.treated_exposure; });
  cell.control_exposure = over(all, [](const auto& r) { return r.control_exposure; });
  cell.control_posts = over(all, [](const auto& r) { return r.control_posts; });
  cell.bias = over(all, [&](const auto& r) { return r.effect.mean - truth.mean; });
  cell.launch_bias = over(all, [&](const auto& r) { return r.effect.mean - truth.launch_effect; });
  cell.coverage = coverage_of(all, truth.mean);
  cell.launch_coverage = coverage_of(all, truth.launch_effect);
}

}  // namespace

std::vector<DesignCell> design_cells(const StudyStage& stage, const TrueEffects& truth) {
  const auto& settings = stage.plan.experiment;
  std::vector<DesignCell> cells;
  for (const Design design : all_designs) {
    for (const double share : settings.share_list()) {
      cells.emplace_back();
      cells.back().design = design;
      cells.back().share = share;
    }
  }
  for (std::size_t r = 0; r < static_cast<std::size_t>(settings.replications); ++r) {
    std::vector<std::vector<std::uint8_t>> treated;
    std::vector<ForkPlan> plans = {{.future = stage.future(2, r), .boosts = {}, .rounds = stage.rounds()}};
    for (const auto& cell : cells) {
      treated.push_back(assign(cell.design, cell.share, stage.logs.homes, stage.salt("design", r)));
      plans.push_back({.future = stage.future(2, r),
                       .boosts = experiment_boosts(cell.design, treated.back(), settings.multiplier),
                       .rounds = stage.rounds()});
    }
    const auto outcomes = stage.forks.play(plans);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      cells[i].replications.push_back(
          replication_of(stage, cells[i].design, treated[i], outcomes[i + 1], outcomes[0]));
    }
  }
  for (auto& cell : cells) describe(cell, truth);
  return cells;
}

}  // namespace perennial
