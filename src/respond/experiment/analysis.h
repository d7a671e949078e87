#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "respond/experiment/covariate_balance.h"
#include "respond/experiment/outcome_effect.h"
#include "respond/experiment/sample_ratio.h"
#include "respond/table/creator_table.h"

namespace perennial {

/// "likes/posts".
struct RatioMetric {
  std::string numerator;
  std::string denominator;
};

/// What to analyze of a table, and how.
struct AnalysisOptions {
  std::vector<std::string> outcomes;   ///< the first is the one that the experiment is about
  std::vector<std::string> exposures;  ///< outcomes of the table that measure the dose: impressions, ..
  std::vector<RatioMetric> ratios;     ///< of outcomes of the table
  std::string engagement;  ///< outcome of the table for "posts per unit of engagement"; empty: none
  std::vector<double> shares = {1,
                                1};  ///< by design: treatment, control and, optionally, untouched; of any sum
  double planned_creators = 0;  ///< for the always-valid intervals, see sequential.h; 0: as many as there are
  bool force = false;           ///< go on after a failed sample-ratio check
};

/// How much more of an exposure the treated got.
struct ExposureDose {
  std::string exposure;
  double treatment_mean = 0;
  double control_mean = 0;
  std::optional<Lift> lift;  ///< treatment / control - 1; nothing for a control mean of 0
};

/// Control against untouched: what the treatment of others did to creators who were not treated. What is not 0 here is
/// missing from, or counted twice in, treatment against control.
struct Contamination {
  std::string outcome;  ///< an outcome or exposure
  double control_mean = 0;
  double untouched_mean = 0;
  Estimate difference;       ///< control - untouched
  std::optional<Lift> lift;  ///< control / untouched - 1
};

/// Extra outcome per unit of engagement received.
struct EngagementElasticity {
  std::string outcome;
  std::string engagement;
  Elasticity elasticity;
};

/// What an experiment says. An effect is that of treating this share of creators while the others are not: exposure is
/// zero-sum, so it is never the effect of a full launch.
struct ExperimentAnalysis {
  std::vector<std::string> warnings;  ///< sentences for the top of everything made of this
  std::uint64_t treatment_creators = 0;
  std::uint64_t control_creators = 0;
  std::uint64_t untouched_creators = 0;
  std::uint64_t clusters = 0;  ///< of treatment and control; 0: creators are independent
  double planned_creators = 0;
  SampleRatio sample_ratio;
  CovariateBalance balance;
  std::vector<ExposureDose> doses;
  std::vector<OutcomeEffect>
      effects;  ///< outcomes in the order asked for, each raw first, then its forms; then ratios
  std::vector<EngagementElasticity> elasticities;
  std::vector<Contamination> contaminations;  ///< empty without an untouched arm
};

/// Throws Error(invalid_data) for a failed sample-ratio check that is not forced, outcomes that are all the
/// same for every creator, an arm with fewer than two creators (or clusters), a ratio whose denominator is 0 throughout an arm;
/// Error(invalid_argument) for a name that the table has no outcome of.
ExperimentAnalysis analyze_experiment(const CreatorTable& table, const AnalysisOptions& options);

}  // namespace perennial
