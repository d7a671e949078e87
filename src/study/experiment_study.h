#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "respond/evaluation/score_evaluation.h"
#include "study/experiment_designs.h"
#include "study/experiment_settings.h"
#include "study/interval.h"
#include "study/plan.h"
#include "world/catalogue.h"

namespace perennial {

// Everything is per creator and experiment (the plan's rounds), in posts, unless it says otherwise.

/// What a boost truly does to creators, from forks on the same coins with and without it.
struct TrueEffects {
  std::vector<double> effect;       ///< row = creator: boosted with its batch only, less boosted with nobody
  std::vector<double> sensitivity;  ///< row = creator: what its activity adds at full engagement
  std::vector<double> posts;        ///< row = creator: expected when nobody is boosted
  std::vector<double>
      marginal;  ///< row = creator: posts a round that one more click a round adds, before the experiment
  double mean = 0;
  double deviation = 0;      ///< of the effects over creators
  double reliability = 0;    ///< share of their variance that is no noise of the futures played
  double launch_effect = 0;  ///< all boosted less none, mean over creators
};

/// One experiment held against the platform as it would have been without.
struct DesignReplication {
  double treated_share = 0;  ///< as assigned
  Estimate effect;           ///< treated less control, posts; errors by genre where genres were assigned
  double lift = 0;           ///< the same over the control's mean
  double treated_exposure =
      0;  ///< impressions of the treated over those of the same creators untouched, less 1
  double control_exposure = 0;  ///< the same of the controls: contamination
  double control_posts = 0;     ///< expected posts of the controls, likewise
};

/// A design at one share, over replications: assignments and futures of their own.
struct DesignCell {
  Design design = Design::creators;
  double share = 0;  ///< as asked for
  std::vector<DesignReplication> replications;
  Interval treated_share, effect, lift, treated_exposure, control_exposure, control_posts;
  Interval bias;               ///< effect less the true mean effect of boosting one creator
  Interval launch_bias;        ///< effect less that of boosting everybody
  double coverage = 0;         ///< share of 95% intervals that hold the true mean effect
  double launch_coverage = 0;  ///< that hold the effect of boosting everybody
};

/// A score learned from one experiment's logs, beside the truth. On creators that the learner has not seen.
struct LearnedScore {
  std::vector<std::uint8_t> treated;    ///< row = creator: in the experiment it was learned from
  std::vector<double> score;            ///< row = creator, learned from or not
  std::vector<std::uint8_t> evaluated;  ///< row = creator: the learner has not seen it
  std::uint64_t training_creators = 0;
  ScoreEvaluation evaluation;       ///< as the platform itself would see it, on the outcome's learned scale
  double root_pehe = 0;             ///< root mean square of score less true effect
  double constant_root_pehe = 0;    ///< of the training part's mean effect instead
  double calibrated_root_pehe = 0;  ///< of ate + slope (score - mean score), by the evaluation's own line
  double spearman = 0;              ///< of score and true effect
  double sensitivity_spearman = 0;  ///< of score and sensitivity
  double autoc = 0;                 ///< of the score, by true effects
  double best_autoc = 0;            ///< of the true effects themselves: no score has more
  double slope = 0;                 ///< of true effect on score
};

/// One way to boost all creators, played on forks of the platform after the experiment.
struct DeployedBoost {
  std::string name;  ///< "none", "score", "placebo", "oracle", "marginal"
  std::string summary;
  bool uses_truth = false;
  std::vector<double> factors;  ///< row = creator; empty for none, and for placebo, which differs by future
  std::vector<double> clicks, posts;                 ///< per round, one value per future
  Interval clicks_against_none, posts_against_none;  ///< relative, paired by future
  Interval clicks_against_placebo, posts_against_placebo;
};

/// A study's result: everything a report shows.
struct ExperimentStudy {
  std::string world, setting, recommender;
  std::size_t users = 0, creators = 0, slate = 0;
  std::int64_t rounds = 0;  ///< of an experiment
  std::uint64_t seed = 0;
  ExperimentSettings experiment;
  TrueEffects truth;
  std::vector<DesignCell> cells;  ///< by design, then share
  LearnedScore score;
  std::vector<DeployedBoost> boosts;
  std::vector<std::pair<std::string, std::string>> settings;  ///< effective config: dotted key, value as TOML
  std::string result_hash;  ///< 16 hex digits; the same at any number of threads
  double wall_seconds = 0;
};

/// How a study is watched.
struct ExperimentStudyControl {
  std::size_t threads = 1;
  std::function<void()> played;  ///< called after every round; from any thread; may be empty
  std::function<void(const std::string&)> begins;  ///< what comes next, for people; may be empty
};

/// Rounds that the study plays.
std::uint64_t rounds_of(const Plan& plan);

/// Plays an experiment on creators inside a simulated platform and hands its logs to `respond`, which cannot tell them
/// from a real platform's; holds what comes out against what only the simulator knows; boosts creators by the learned
/// score and looks at what that did. docs/study-experiment.md says how.
///
/// Deterministic at any number of threads. Throws Error(invalid_argument) for settings under which nobody responds to
/// engagement, and Error(interrupted).
ExperimentStudy study_experiment(const Plan& plan, const WorldSource& source,
                                 const ExperimentStudyControl& control);

}  // namespace perennial
