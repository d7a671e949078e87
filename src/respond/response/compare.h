#pragma once

#include <string>
#include <vector>

#include "respond/evaluation/score_evaluation.h"
#include "respond/response/fit.h"

namespace perennial {

/// One model among those compared.
struct ComparedResponse {
  std::string name;  ///< the learner's, or the model folder's
  double score_sd = 0;
  Estimate autoc;
  Estimate qini;
  std::vector<CurvePoint> curve;  ///< targeting operator characteristic
  Estimate autoc_versus_first;  ///< paired: on the same creators, with the same effects; all 0 for the first
  Estimate slope;               ///< of the best linear predictor
  Estimate high_low;            ///< effect above minus effect below the median of the model's training scores
  double rank_correlation = 1;  ///< Spearman's, of its scores with the first one's
  ResponseDecision decision;
};

/// Several models judged on the same held-out creators. How far their scores lie from the true effects (PEHE) cannot be
/// known of real creators; AUTOC and slope stand in for it.
struct ResponseComparison {
  std::string table;
  std::string outcome;
  std::string transform;
  std::size_t creators = 0;  ///< held out
  Estimate ate;
  std::vector<ComparedResponse> models;
  std::vector<std::string> warnings;
};

/// A model to compare; `fit` must outlive the call.
struct NamedFit {
  std::string name;
  const ResponseFit* fit;
};

/// The doubly robust effects that all are measured by come from the first model's predictions. Throws
/// Error(invalid_argument) unless all were fitted to the same outcome, transform, held-out share, salt and features;
/// Error(invalid_data) as held_out_creators does.
ResponseComparison compare_responses(const std::vector<NamedFit>& fits, const CreatorTable& table,
                                     std::size_t threads);

}  // namespace perennial
