#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "respond/learners/learners.h"
#include "respond/response/outcome_transform.h"
#include "respond/response/split.h"
#include "respond/table/creator_table.h"

namespace perennial {

/// What is asked of a fit.
struct FitOptions {
  std::string outcome;
  std::string transform = "auto";
  double propensity = 0;  ///< share treated by design; 0: the training part's own share
  double held_out_share = 0.5;
  std::string salt = "perennial";
  LearnerOptions learner;
  std::size_t importance_rows = 500;  ///< creators of the training part whose SHAP values are averaged
};

/// Shares of the training scores at which high is told from low.
inline constexpr std::array<double, 3> cut_shares = {0.2, 0.5, 0.8};

/// A fitted model with all that later commands must know of its making.
struct ResponseFit {
  FeatureSchema schema;
  FitOptions options;
  OutcomeTransform transform;
  double propensity = 0.5;  ///< as used
  std::uint64_t training_creators = 0;
  std::uint64_t held_out_creators = 0;
  SplitUnit split_by = SplitUnit::creator;  ///< what was held out as a whole
  std::string cluster_column;               ///< that named the clusters; empty: held out by creator
  double training_ate = 0;       ///< difference of the arms' means in the training part, transformed
  std::array<double, 3> cuts{};  ///< quantiles (type 7) of the training scores at cut_shares
  double score_mean = 0;         ///< of the training scores
  double score_deviation = 0;
  std::string data_fingerprint;  ///< of ids, arms, outcome and features of the table it was fitted on
  std::vector<FeatureImportance> importance;  ///< by the schema's order
  std::unique_ptr<LearnedResponse> model;
  std::string hash;  ///< of the saved model: tells one fit from another; empty until saved or loaded

  /// "three-model (x)", for people.
  std::string learner_name() const;
};

/// Splits the table, transforms the outcome, fits the learner on the training part. A function of table and options,
/// whatever the threads. A table without features only has the learner "constant".
///
/// Throws as fit_response_model does, and Error(invalid_argument) for an unknown outcome or a share out of range.
ResponseFit fit_response(const CreatorTable& table, const FitOptions& options,
                         const FitProgress& progress = {});

/// XXH3 of what the table holds.
std::string data_fingerprint(const CreatorTable& table, const std::string& outcome);

}  // namespace perennial
