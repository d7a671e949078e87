#include "respond/response/fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "io/hash.h"
#include "respond/statistics/quantile.h"

namespace perennial {
namespace {

constexpr std::size_t fit_block_rows = 8192;
constexpr std::size_t expansion_rows_most = 100000;

void refuse_out_of_range(const FitOptions& options) {
  if (!(options.held_out_share >= 0 && options.held_out_share < 1))
    throw Error(ErrorCode::invalid_argument,
                fmt::format("held-out share {}: must be at least 0 and below 1", options.held_out_share));
  if (!(options.propensity >= 0 && options.propensity < 1))
    throw Error(ErrorCode::invalid_argument,
                fmt::format("propensity {}: must lie between 0 and 1", options.propensity));
}

/// About `most` of the rows, evenly over them.
std::vector<std::uint32_t> every_nth(std::span<const std::uint32_t> rows, std::size_t most) {
  const std::size_t step =
      std::max<std::size_t>(1, (rows.size() + most - 1) / std::max<std::size_t>(1, most));
  std::vector<std::uint32_t> sample;
  for (std::size_t i = 0; i < rows.size(); i += step) sample.push_back(rows[i]);
  return sample;
}

/// Sums over the training part.
struct Arms {
  double treated = 0, control = 0, treated_sum = 0, control_sum = 0;

  Arms(const CreatorTable& table, std::span<const std::uint32_t> rows, std::span<const double> outcome) {
    for (const auto row : rows) {
      const bool is_treated = table.arms[row] == Arm::treatment;
      (is_treated ? treated : control) += 1;
      (is_treated ? treated_sum : control_sum) += outcome[row];
    }
  }
  double ate() const { return treated_sum / treated - control_sum / control; }
  double share() const { return treated / (treated + control); }
};

/// The transformed outcome by row; decided on the training part alone.
OutcomeTransform transform_of(const FitOptions& options, std::span<const double> outcome,
                              std::span<const std::uint32_t> training) {
  std::vector<double> seen;
  for (const auto row : training) seen.push_back(outcome[row]);
  return OutcomeTransform(options.transform, seen);
}

void describe_scores(ResponseFit& fit, std::span<const double> scores) {
  const auto n = static_cast<double>(scores.size());
  fit.score_mean = std::accumulate(scores.begin(), scores.end(), 0.0) / n;
  double square = 0;
  for (const double score : scores) square += (score - fit.score_mean) * (score - fit.score_mean);
  fit.score_deviation = std::sqrt(square / n);
  const auto cuts = quantiles(scores, cut_shares);
  std::copy(cuts.begin(), cuts.end(), fit.cuts.begin());
}

void fit_expansion(ResponseFit& fit, const CreatorTable& table, std::span<const double> outcome,
                   std::span<const std::uint32_t> training) {
  std::vector<std::uint32_t> controls;
  for (const auto row : training)
    if (table.arms[row] == Arm::control) controls.push_back(row);
  const auto sample = every_nth(controls, expansion_rows_most);
  const auto predictions = fit.model->predict(*table.features, sample, fit.options.learner.threads);
  std::vector<double> outcomes;
  outcomes.reserve(sample.size());
  for (const auto row : sample) outcomes.push_back(outcome[row]);
  fit.transform.fit_expansion(outcomes, predictions.control_outcome);
}

}  // namespace

std::string ResponseFit::learner_name() const {
  const auto& learner = options.learner;
  return learner.learner == "three-model" ? fmt::format("three-model ({})", learner.imputation)
                                          : learner.learner;
}

ResponseFit fit_response(const CreatorTable& table, const FitOptions& options, const FitProgress& progress) {
  refuse_out_of_range(options);
  if (!table.features)
    throw Error(ErrorCode::invalid_data,
                "the table has no features: nothing tells one creator's response from another's");
  const auto& outcome = table.outcome(options.outcome);
  const CreatorSplit split = split_creators(table, options.salt, options.held_out_share);
  ResponseFit fit;
  fit.schema = table.schema;
  fit.split_by = split_unit(table);
  fit.cluster_column = table.cluster_column;
  fit.options = options;
  fit.transform = transform_of(options, outcome, split.training);
  const auto transformed = fit.transform(outcome);
  const Arms arms(table, split.training, transformed);
  fit.propensity = options.propensity > 0 ? options.propensity : arms.share();
  fit.training_creators = split.training.size();
  fit.held_out_creators = split.evaluation.size();
  std::vector<std::uint8_t> treated(table.size());
  for (std::size_t row = 0; row < table.size(); ++row)
    treated[row] = table.arms[row] == Arm::treatment ? 1 : 0;
  fit.model = fit_response_model({.schema = table.schema,
                                  .features = *table.features,
                                  .rows = split.training,
                                  .treated = treated,
                                  .outcome = transformed,
                                  .propensity = std::clamp(fit.propensity, 1e-6, 1 - 1e-6),
                                  .clusters = table.clusters},
                                 options.learner, progress);
  fit.training_ate = arms.ate();
  describe_scores(fit, fit.model->score(*table.features, split.training, options.learner.threads));
  fit_expansion(fit, table, outcome, split.training);
  fit.importance = fit.model->importance(table.schema, *table.features,
                                         every_nth(split.training, options.importance_rows));
  fit.data_fingerprint = data_fingerprint(table, options.outcome);
  return fit;
}

std::string data_fingerprint(const CreatorTable& table, const std::string& outcome) {
  std::uint64_t hash = 0;
  const auto take = [&](const void* data, std::size_t bytes) {
    hash = hash_bytes({static_cast<const std::byte*>(data), bytes}, hash);
  };
  for (std::size_t i = 0; i < table.ids.size(); ++i) take(table.ids[i].data(), table.ids[i].size());
  take(table.arms.data(), table.arms.size() * sizeof(Arm));
  const auto& values = table.outcome(outcome);
  take(values.data(), values.size() * sizeof(double));
  std::vector<std::uint32_t> rows(table.features ? table.features->rows() : 0);
  std::iota(rows.begin(), rows.end(), 0U);
  if (table.features)
    table.features->for_each_block(rows, fit_block_rows, [&](std::span<const float> block, auto) {
      take(block.data(), block.size_bytes());
    });
  return hash_text(hash);
}

}  // namespace perennial
