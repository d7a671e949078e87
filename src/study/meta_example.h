#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "respond/experiment/analysis.h"
#include "respond/response/response_evaluation.h"
#include "study/claim_verdict.h"

namespace perennial {

/// What is played: many simulated markets, each with its own users and creators, under one experiment.
struct MetaExampleOptions {
  std::int64_t markets = 200;
  std::int64_t creators = 2421;  ///< of a market; half of all learn: 242,100 with 200 markets
  std::int64_t users = 1200;     ///< of a market
  std::int64_t warm_up = 28;     ///< rounds before the experiment, from which features are taken
  std::int64_t rounds = 14;      ///< of the experiment
  std::string recommender = "content";
  double multiplier =
      1.02;  ///< factor on a treated creator's scores: chosen to bring about the published dose
  std::size_t placebos =
      3;  ///< fits with shuffled treatment, of the early-stopped learner; the preset gets one
  std::uint64_t seed = 1;
};

/// One claim of the paper's section 4, beside what the same pipeline finds here and what the simulator knows.
struct MetaClaim {
  std::string claim;      ///< in words
  std::string published;  ///< "0.11% +-0.17 against 1.5% +-1.1"
  std::string ours;       ///< from the logs alone
  std::string truth;      ///< what the simulator knows; empty: nothing
  ClaimVerdict verdict = ClaimVerdict::untestable;
  std::string rule;  ///< by which the verdict was reached
};

/// Two groups of creators whom no model has seen, by the logs and in truth. Relative to the controls' (in truth: to the same
/// creators' untouched) posts.
struct GroupsBesideTruth {
  Estimate high, low, difference;  ///< by the logs
  Estimate true_high, true_low,
      true_difference;  ///< treated creators, boosted less untouched, on the same coins
};

/// One fit, its evaluation, and what only the simulator can say of it.
struct MetaFit {
  std::string name;                                        ///< "early-stopped", "paper"
  std::string transform;                                   ///< of posts
  std::vector<std::pair<std::string, std::size_t>> sizes;  ///< trees of each model
  double loss_ratio = 1;                                   ///< third model's loss over its baseline
  std::vector<double> placebo_loss_ratios;                 ///< the same with shuffled treatment
  std::vector<std::string> outcome_features;  ///< the most important of mu_0 and mu_1, best first
  std::string top_feature;                    ///< of the third model
  ResponseEvaluation evaluation;
  GroupsBesideTruth by_score;        ///< cut at the median training score
  GroupsBesideTruth by_top_feature;  ///< cut at its median
  Estimate true_autoc;               ///< of the score, by the treated creators' true effects
  double sensitivity_spearman = 0;   ///< of the score and how strongly a creator truly responds
  double cpu_seconds = 0;            ///< of the fit
};

/// The paper's section 4 on logs of its size.
struct MetaExample {
  MetaExampleOptions options;
  std::uint64_t creators = 0, training_creators = 0, evaluation_creators = 0;
  ExperimentAnalysis analysis;  ///< clicks and posts, treated against control
  Estimate true_lift;           ///< posts of the treated, boosted less untouched, over untouched
  Estimate true_control_lift;   ///< the same of the controls: contamination
  Estimate true_control_exposure;
  std::vector<MetaFit> fits;               ///< early-stopped first
  Estimate paper_less_early_stopped;       ///< AUTOC in posts, paired
  Estimate true_paper_less_early_stopped;  ///< the same by true effects
  double creators_per_arm_needed = 0;      ///< for the published +-0.17% at this coefficient of variation
  double cv = 0;                           ///< of posts
  std::vector<MetaClaim> claims;
  std::string result_hash;
  double cpu_seconds = 0;
};

/// How it is watched: part after part, each of its own steps of about equal weight. Either may be empty.
struct MetaExampleControl {
  std::size_t threads = 1;
  std::function<void(const std::string& part, std::uint64_t steps)> begins;  ///< from the calling thread
  std::function<void(std::uint64_t steps)> advances;                         ///< from any thread
};

/// Plays the experiment in every market, hands the logs alone to `respond`, and holds what comes out against the published
/// numbers and the truth; docs/meta-example.md. The same at any number of threads. Throws Error(interrupted).
MetaExample play_meta_example(const MetaExampleOptions& options, const MetaExampleControl& control);

/// Fills in the claims from the rest.
void judge_claims(MetaExample& example);

}  // namespace perennial
