#pragma once

#include <optional>
#include <string>
#include <vector>

#include "respond/statistics/cuped.h"
#include "respond/statistics/quotient.h"
#include "respond/statistics/sequential.h"
#include "respond/statistics/two_sample.h"

namespace perennial {

/// What was made of an outcome before its means were compared.
enum class OutcomeForm {
  raw,
  winsorised,  ///< values above the 99.9% quantile of both arms together count as that
  log1p,       ///< log(1 + value); of outcomes that are never negative
  any,         ///< 1 for a value above 0
  ratio,       ///< sum over sum of two outcomes
};

/// "raw", "winsorised", "log1p", "any", "ratio".
std::string form_name(OutcomeForm form);

/// An effect with what takes the creators' own past out of it.
struct AdjustedEffect {
  double theta = 0;           ///< of CUPED
  double variance_ratio = 1;  ///< of the adjusted values to the raw ones
  Estimate difference;
  std::optional<Lift> lift;
};

/// One outcome in one form, treatment against control.
struct OutcomeEffect {
  std::string outcome;  ///< "posts"; "likes/posts" for a ratio
  OutcomeForm form = OutcomeForm::raw;
  double treatment_mean = 0;
  double control_mean = 0;
  Estimate difference;                  ///< treatment - control (Welch, or CR1 by clusters)
  std::optional<Lift> lift;             ///< treatment / control - 1; nothing for a control mean of 0
  std::optional<AdjustedEffect> cuped;  ///< where the table has the outcome before the experiment
  ConfidenceInterval sequential;        ///< always-valid interval of primary()
  double p_holm = 1;  ///< of primary(), over the analysis's effects of this form; ratios count as raw
  double p_benjamini_hochberg = 1;

  /// What the outcome is judged by: with CUPED where there is a past, so that the choice does not depend on the result.
  const Estimate& primary() const { return cuped ? cuped->difference : difference; }
  const std::optional<Lift>& primary_lift() const { return cuped ? cuped->lift : lift; }
};

/// The values of an outcome in some form; nothing where the form says no more than raw does (all values 0 or 1), cannot
/// be (log1p of a negative value), or leaves a constant. `past`: the same before the experiment, may be empty.
std::optional<OutcomeEffect> outcome_effect(const std::string& outcome, OutcomeForm form,
                                            const std::vector<double>& values,
                                            const std::vector<double>& past, const TwoArms& arms,
                                            double planned_creators);

/// Ratio of two outcomes' sums; neither arm's denominator sums to 0.
OutcomeEffect ratio_effect(const std::string& name, const std::vector<double>& numerator,
                           const std::vector<double>& denominator, const TwoArms& arms,
                           double planned_creators);

}  // namespace perennial
