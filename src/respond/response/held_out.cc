#include "respond/response/held_out.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace perennial {
namespace {

void refuse_unusable(const HeldOut& held_out, const ResponseFit& fit) {
  const auto treated = std::count(held_out.treated.begin(), held_out.treated.end(), 1);
  const auto control = static_cast<std::ptrdiff_t>(held_out.rows.size()) - treated;
  if (treated < 2 || control < 2 || held_out.rows.size() < 5) {
    throw Error(
        ErrorCode::invalid_data,
        fmt::format(
            "{} treated and {} control creators are held out from the model (share {}): an evaluation "
            "needs two of each and five in all; give a larger table, or fit with a larger held-out share",
            treated, control, fit.options.held_out_share));
  }
  const auto [least, most] = std::minmax_element(held_out.outcome.begin(), held_out.outcome.end());
  if (*least == *most) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("outcome '{}': is {} for every held-out creator; there is no effect to look for",
                            fit.options.outcome, *least));
  }
}

}  // namespace

CreatorSplit split_as_fitted(const CreatorTable& table, const ResponseFit& fit) {
  if (fit.split_by == SplitUnit::cluster &&
      (table.clusters.empty() || table.cluster_column != fit.cluster_column)) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("the model holds out whole clusters of column '{0}', and this table is read {1}: say "
                    "--cluster {0}, else creators that it has learned from would judge it",
                    fit.cluster_column,
                    table.clusters.empty() ? "without clusters"
                                           : fmt::format("with those of '{}'", table.cluster_column)));
  }
  return split_creators(table, fit.options.salt, fit.options.held_out_share, fit.split_by);
}

HeldOut held_out_creators(const CreatorTable& table, const ResponseFit& fit) {
  HeldOut held_out;
  held_out.rows = split_as_fitted(table, fit).evaluation;
  const auto& outcome = table.outcome(fit.options.outcome);
  for (const auto row : held_out.rows) {
    held_out.raw_outcome.push_back(outcome[row]);
    held_out.treated.push_back(table.arms[row] == Arm::treatment ? 1 : 0);
    if (!table.clusters.empty()) held_out.clusters.push_back(table.clusters[row]);
  }
  held_out.outcome = fit.transform(held_out.raw_outcome);
  refuse_unusable(held_out, fit);
  return held_out;
}

EvaluationData evaluation_data(const HeldOut& held_out, const CreatorPredictions& predictions,
                               const ResponseFit& fit) {
  return {.units = held_out.units(),
          .propensity = fit.propensity,
          .score = predictions.score,
          .order = {},
          .control_outcome = predictions.control_outcome,
          .treated_outcome = predictions.treated_outcome,
          .cuts = fit.cuts};
}

}  // namespace perennial
