#include "respond/response/compare.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/check.h"
#include "base/error.h"
#include "respond/evaluation/doubly_robust.h"
#include "respond/response/held_out.h"
#include "respond/statistics/rank_correlation.h"

namespace perennial {
namespace {

void require_same(const NamedFit& first, const NamedFit& other, const char* what, const std::string& a,
                  const std::string& b) {
  if (a == b) return;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format(
          "{} and {}: were fitted with different {} ('{}' and '{}'); only models that were fitted alike "
          "can be compared creator by creator",
          first.name, other.name, what, a, b));
}

void require_alike(const std::vector<NamedFit>& fits) {
  const auto& first = fits.front();
  const auto& a = first.fit->options;
  for (const auto& other : fits) {
    const auto& b = other.fit->options;
    require_same(first, other, "outcomes", a.outcome, b.outcome);
    require_same(first, other, "transforms", first.fit->transform.name(), other.fit->transform.name());
    require_same(first, other, "salts", a.salt, b.salt);
    require_same(first, other, "clusters held out as a whole", first.fit->cluster_column,
                 other.fit->cluster_column);
    require_same(first, other, "held-out shares", fmt::format("{}", a.held_out_share),
                 fmt::format("{}", b.held_out_share));
    require_same(first, other, "features", fmt::format("{}", fmt::join(first.fit->schema.names(), ", ")),
                 fmt::format("{}", fmt::join(other.fit->schema.names(), ", ")));
  }
}

ComparedResponse compared(const NamedFit& named, const ScoreEvaluation& found) {
  return {.name = named.name,
          .score_sd = found.score_sd,
          .autoc = found.targeting.autoc,
          .qini = found.targeting.qini,
          .curve = found.targeting.curve,
          .autoc_versus_first = {},
          .slope = found.blp.slope,
          .high_low = found.primary().split.difference,
          .rank_correlation = 1,
          .decision = found.decision};
}

}  // namespace

ResponseComparison compare_responses(const std::vector<NamedFit>& fits, const CreatorTable& table,
                                     std::size_t threads) {
  check(!fits.empty(), "a comparison needs models");
  require_alike(fits);
  const ResponseFit& first = *fits.front().fit;
  const HeldOut held_out = held_out_creators(table, first);
  Workers workers(threads);
  const auto nuisance = first.model->predict(*table.features, held_out.rows, threads);
  const auto effects = doubly_robust_scores(held_out.outcome, held_out.treated, nuisance.control_outcome,
                                            nuisance.treated_outcome, first.propensity);
  const auto first_ranking = rank_by(nuisance.score);
  ResponseComparison comparison;
  comparison.outcome = first.options.outcome;
  comparison.transform = first.transform.name();
  comparison.creators = held_out.rows.size();
  comparison.ate = mean_estimate(effects, held_out.clusters);
  comparison.warnings = table.warnings;
  for (const auto& named : fits) {
    auto predictions = nuisance;
    predictions.score = named.fit->model->score(*table.features, held_out.rows, threads);
    EvaluationData data = evaluation_data(held_out, predictions, first);
    data.cuts = named.fit->cuts;
    ComparedResponse model = compared(named, evaluate_score(data, 0, 1, workers));
    if (named.fit != &first) {
      model.autoc_versus_first =
          autoc_difference(rank_by(predictions.score), first_ranking, effects, held_out.clusters);
      model.rank_correlation = spearman_correlation(predictions.score, nuisance.score);
    }
    comparison.models.push_back(model);
  }
  return comparison;
}

}  // namespace perennial
