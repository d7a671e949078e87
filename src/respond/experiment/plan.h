#pragma once

#include <optional>
#include <string>
#include <vector>

#include "respond/statistics/power.h"
#include "respond/table/creator_table.h"

namespace perennial {

/// What is known before an experiment. Two of treated creators, effect and power are given; the third follows.
struct PlanOptions {
  PowerDesign design;
  std::optional<double> treated;  ///< creators in the treatment arm
  std::optional<double> effect;   ///< relative, > 0: 0.01 is +1%
  std::optional<double> power;    ///< in (alpha / 2, 1)
};

/// Chance to find one effect with one size of experiment.
struct PowerPoint {
  double treated = 0;
  double control = 0;
  double effect = 0;
  double power = 0;
};

/// An experiment's size and what it can find.
struct ExperimentPlan {
  PowerDesign design;
  double treated = 0;  ///< creators, rounded up where they follow from effect and power
  double control = 0;
  double effect = 0;  ///< relative; the smallest found with that power
  double power = 0;
  double half_width = 0;  ///< of the 95% interval of the relative effect
  double paper_treated =
      0;  ///< treated creators for an interval as narrow as +-0.17%, at this design's spread
  std::vector<PowerPoint>
      curve;  ///< sizes from a quarter to four times, effects from 0 to three times the plan's
  std::vector<std::string> sentences;  ///< what to know before starting, for people
};

/// Throws Error(invalid_argument) unless exactly two of treated, effect and power are given and in range, or for fewer than
/// two creators (or clusters) in an arm.
ExperimentPlan plan_experiment(const PlanOptions& options);

/// CV and correlation with the past of an outcome, and, where the table has clusters, their size and correlation. Of the
/// creators in control, or of all where the table has no arms. Throws Error(invalid_data) for a mean that is not positive
/// or an outcome that never varies.
PowerDesign measured_design(const CreatorTable& table, const std::string& outcome);

}  // namespace perennial
