#include <fmt/format.h>

#include <iterator>

#include "report/experiment_study_summary.h"

namespace perennial {
namespace {

std::string percent(const Interval& interval) {
  return fmt::format("{:+.2f}% [{:+.2f}, {:+.2f}]", 100 * interval.mean, 100 * interval.low,
                     100 * interval.high);
}

std::string posts(const Interval& interval) {
  return fmt::format("{:+.3f} [{:+.3f}, {:+.3f}]", interval.mean, interval.low, interval.high);
}

std::string truth_text(const ExperimentStudy& study) {
  const auto& truth = study.truth;
  double usual = 0;
  for (const double p : truth.posts) usual += p / static_cast<double>(truth.posts.size());
  return fmt::format(
      "True effect of boosting one creator x{}, over {} rounds: {:+.3f} posts ({:+.1f}% of {:.2f}), {:.3f} "
      "apart between "
      "creators (reliability {:.2f}). Of boosting all: {:+.4f}.\n",
      study.experiment.multiplier, study.rounds, truth.mean, usual > 0 ? 100 * truth.mean / usual : 0.0,
      usual, truth.deviation, truth.reliability, truth.launch_effect);
}

std::string cells_text(const ExperimentStudy& study) {
  auto text = fmt::format("\n{:<12}{:>6}  {:<27}{:<27}{:<29}{:<27}{:<27}{:>9}{:>9}\n", "design", "share",
                          "posts, treated/control", "bias, posts", "treated exposure", "control exposure",
                          "control posts", "covered", "launch");
  for (const auto& cell : study.cells) {
    text += fmt::format("{:<12}{:>5.0f}%  {:<27}{:<27}{:<29}{:<27}{:<27}{:>8.0f}%{:>8.0f}%\n",
                        name_of(cell.design), 100 * cell.share, percent(cell.lift), posts(cell.bias),
                        percent(cell.treated_exposure), percent(cell.control_exposure),
                        percent(cell.control_posts), 100 * cell.coverage, 100 * cell.launch_coverage);
  }
  return text +
         "covered, launch: 95% intervals that hold the true effect of boosting one creator, and of boosting "
         "all\n";
}

std::string score_text(const LearnedScore& score) {
  const auto& e = score.evaluation;
  return fmt::format(
      "\nScore from {} creators, on {} others: AUTOC {:.3f} +- {:.3f} by the logs, {:.3f} in truth, {:.3f} "
      "at best; rank "
      "correlation with the true effect {:.2f}; root PEHE {:.3f} (calibrated {:.3f}, constant {:.3f}); slope "
      "{:.2f} +- "
      "{:.2f}, in truth {:.2f}; verdict {}\n",
      score.training_creators, e.creators, e.targeting.autoc.mean, 1.96 * e.targeting.autoc.se, score.autoc,
      score.best_autoc, score.spearman, score.root_pehe, score.calibrated_root_pehe, score.constant_root_pehe,
      e.blp.slope.mean, 1.96 * e.blp.slope.se, score.slope, verdict_name(e.decision.verdict));
}

std::string boosts_text(const ExperimentStudy& study) {
  auto text = fmt::format("\n{:<26}{:<27}{:<27}{:<27}{:<27}\n",
                          fmt::format("{} rounds", study.experiment.deployment_rounds), "clicks against none",
                          "posts against none", "clicks against placebo", "posts against placebo");
  for (const auto& boost : study.boosts) {
    if (boost.name == "none") continue;
    const bool placebo = boost.name == "placebo";
    text += fmt::format("{:<26}{:<27}{:<27}{:<27}{:<27}\n",
                        boost.name + (boost.uses_truth ? " (uses the truth)" : ""),
                        percent(boost.clicks_against_none), percent(boost.posts_against_none),
                        placebo ? "" : percent(boost.clicks_against_placebo),
                        placebo ? "" : percent(boost.posts_against_placebo));
  }
  return text;
}

}  // namespace

std::string experiment_study_text(const ExperimentStudy& study) {
  return truth_text(study) + cells_text(study) + score_text(study.score) + boosts_text(study) +
         fmt::format("\n{} creators, {} users, seed {}, {:.0f} s, result {}\n", study.creators, study.users,
                     study.seed, study.wall_seconds, study.result_hash);
}

}  // namespace perennial
