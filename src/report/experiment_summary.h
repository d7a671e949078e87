#pragma once

#include <nlohmann/json.hpp>

#include "io/table.h"
#include "respond/experiment/analysis.h"
#include "respond/experiment/assignment.h"
#include "respond/experiment/plan.h"

namespace perennial {

// The contents of summary.json and the tables of perennial experiment; docs/experiment.md names keys and columns, which are
// a contract. A bound that is infinite is null.

nlohmann::ordered_json experiment_plan_summary(const ExperimentPlan& plan);
/// power_curve.parquet: creators_treatment, creators_control, relative_effect, power.
Table power_curve_table(const ExperimentPlan& plan);

nlohmann::ordered_json assignment_summary(const Assignment& assignment, const AssignmentOptions& options,
                                          bool clustered, bool stratified);
/// assignment.parquet: creator_id, arm, evaluation, multiplier; one row per creator in the order given.
Table assignment_table(const Creators& creators, const Assignment& assignment,
                       const AssignmentOptions& options);

nlohmann::ordered_json experiment_analysis_summary(const ExperimentAnalysis& analysis);
/// effects.parquet: a row for each outcome and form; missing numbers are NaN.
Table effects_table(const ExperimentAnalysis& analysis);
/// balance.parquet: covariate, treatment_mean, control_mean, standardised_difference.
Table balance_table(const ExperimentAnalysis& analysis);

}  // namespace perennial
