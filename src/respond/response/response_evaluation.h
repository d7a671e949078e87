#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "respond/evaluation/contrast.h"
#include "respond/evaluation/score_evaluation.h"
#include "respond/learners/learned_response.h"

namespace perennial {

/// The same learner, fitted and evaluated again and again with the treatment shuffled among the creators: what one finds
/// where there is nothing to find. One value per placebo, in order.
struct PlaceboFits {
  std::vector<double> autoc;       ///< on held-out creators
  std::vector<double> autoc_z;     ///< over its standard error
  std::vector<double> slope;       ///< of the best linear predictor
  std::vector<double> loss_ratio;  ///< of the effect model (FinalLoss::ratio)
  /// (1 + placebos with at least the real fit's AUTOC) / (1 + placebos): how often chance does as well; never below
  /// 1 / (1 + placebos).
  double autoc_p = 1;
  /// The same of placebos with at most the real fit's loss ratio.
  double loss_ratio_p = 1;
};

/// The paper's simpler split, by one thing known of creators instead of the score: a separate, weaker test.
struct FeatureSplit {
  std::string feature;  ///< the most important numeric or boolean one
  HighLow split;        ///< cut at its median over the held-out creators who have it
};

/// One feature, or one category of one, in creators of the highest against those of the lowest fifth of scores.
struct FeatureContrast {
  std::string feature;
  std::string category;  ///< empty for a numeric or boolean feature; otherwise the contrast is of shares
  Contrast contrast;
};

/// Everything that `response evaluate` found out about a fitted model; a report is made of this alone.
///
/// `judged` is on the scale the model was trained on and carries the verdict. `raw` shows the same creators in the same
/// order with the outcome in its own units (posts): high against low, AUTOC and Qini rank by the same score; slope, groups
/// and calibration are of the score expanded to the outcome's units. Its decision is not the verdict.
struct ResponseEvaluation {
  std::string model, table;  ///< where they came from, as the user named them
  std::string learner;       ///< "three-model", ..
  std::string imputation;    ///< "x", "model"; empty for learners without
  std::string outcome;
  std::string transform;  ///< "log1p", ..; "raw": `raw` is no different and empty
  double propensity = 0.5;
  std::uint64_t training_creators = 0;  ///< of the fit
  std::uint64_t creators = 0;           ///< rows of the table that was evaluated on, held out or not
  ScoreEvaluation judged;
  std::optional<ScoreEvaluation> raw;
  std::vector<FeatureContrast> contrasts;  ///< by the schema's order
  std::optional<FeatureSplit> feature_split;
  std::vector<FeatureImportance> importance;  ///< most important first, by gain and then by contribution
  /// Loss of the effect model over that of a constant; nothing for learners without one. Shown, never a gate: it says as
  /// much where no effect exists.
  std::optional<double> third_model_loss_ratio;
  std::optional<PlaceboFits> placebo;
  std::vector<std::string> warnings;  ///< sentences for the top of the report

  const ResponseDecision& decision() const { return judged.decision; }
};

}  // namespace perennial
