#include "respond/response/placebo.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/random.h"
#include "respond/evaluation/doubly_robust.h"

namespace perennial {
namespace {

/// Numbers below `count` in a random order.
std::vector<std::uint32_t> random_order(std::size_t count, const Draws& draws) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (auto last = static_cast<std::uint32_t>(count); last > 1; --last)
    std::swap(order[last - 1], order[draws.below(last, last)]);
  return order;
}

/// Each cluster's arm, or nothing where a cluster has creators in both.
std::vector<std::uint8_t> arms_of_clusters(std::span<const std::uint8_t> treated, Clusters clusters) {
  constexpr std::uint8_t nobody = 2;
  if (clusters.empty()) return {};
  std::vector<std::uint8_t> arms(*std::max_element(clusters.begin(), clusters.end()) + std::size_t{1},
                                 nobody);
  for (std::size_t i = 0; i < treated.size(); ++i) {
    auto& arm = arms[clusters[i]];
    if (arm != nobody && arm != treated[i]) return {};
    arm = treated[i];
  }
  return arms;
}

/// What the fit kept together, and its placebos must.
Clusters fit_clusters(const ResponseFit& fit, const CreatorTable& table) {
  return fit.split_by == SplitUnit::cluster ? Clusters(table.clusters) : Clusters();
}

/// What one placebo found.
struct Found {
  double autoc = 0, autoc_z = 0, slope = 0, loss_ratio = 1;
};

Found fit_placebo(const ResponseFit& fit, const CreatorTable& table, std::span<const std::uint32_t> training,
                  std::span<const double> outcome, std::span<const std::uint8_t> treated,
                  const HeldOut& held_out) {
  LearnerOptions options = fit.options.learner;
  options.threads = 1;
  const auto model = fit_response_model({.schema = table.schema,
                                         .features = *table.features,
                                         .rows = training,
                                         .treated = treated,
                                         .outcome = outcome,
                                         .propensity = std::clamp(fit.propensity, 1e-6, 1 - 1e-6),
                                         .clusters = fit_clusters(fit, table)},
                                        options);
  const auto predictions = model->predict(*table.features, held_out.rows, 1);
  std::vector<std::uint8_t> arms;
  for (const auto row : held_out.rows) arms.push_back(treated[row]);
  const auto effects = doubly_robust_scores(held_out.outcome, arms, predictions.control_outcome,
                                            predictions.treated_outcome, fit.propensity);
  const auto autoc = measure_targeting(rank_by(predictions.score), effects, held_out.clusters).autoc;
  const auto blp = best_linear_predictor({held_out.outcome, arms, held_out.clusters}, predictions.score,
                                         predictions.control_outcome, fit.propensity);
  return {autoc.mean, autoc.z, blp.slope.mean, model->final_loss().ratio()};
}

double chance(std::size_t as_good, std::size_t placebos) {
  return static_cast<double>(1 + as_good) / static_cast<double>(1 + placebos);
}

PlaceboFits gather(const std::vector<Found>& found, double real_autoc, double real_loss_ratio) {
  PlaceboFits fits;
  std::size_t better = 0, lower = 0;
  for (const auto& placebo : found) {
    fits.autoc.push_back(placebo.autoc);
    fits.autoc_z.push_back(placebo.autoc_z);
    fits.slope.push_back(placebo.slope);
    fits.loss_ratio.push_back(placebo.loss_ratio);
    better += placebo.autoc >= real_autoc;
    lower += placebo.loss_ratio <= real_loss_ratio;
  }
  fits.autoc_p = chance(better, found.size());
  fits.loss_ratio_p = chance(lower, found.size());
  return fits;
}

}  // namespace

std::vector<std::uint8_t> shuffled_treatment(std::span<const std::uint8_t> treated, Clusters clusters,
                                             std::uint64_t seed, std::uint32_t placebo) {
  const Draws draws(seed, Purpose::placebo, placebo);
  const auto arms = arms_of_clusters(treated, clusters);
  const auto order = random_order(arms.empty() ? treated.size() : arms.size(), draws);
  std::vector<std::uint8_t> shuffled(treated.size());
  for (std::size_t i = 0; i < treated.size(); ++i)
    shuffled[i] = arms.empty() ? treated[order[i]] : arms[order[clusters[i]]];
  return shuffled;
}

PlaceboFits fit_placebos(const ResponseFit& fit, const CreatorTable& table, const HeldOut& held_out,
                         double real_autoc, std::size_t count, std::uint64_t seed, Workers& workers,
                         const std::function<void()>& done) {
  const auto training = split_as_fitted(table, fit).training;
  const auto outcome = fit.transform(table.outcome(fit.options.outcome));
  // Only creators of the experiment are shuffled; untouched ones belong to neither part.
  std::vector<std::uint32_t> rows = training;
  rows.insert(rows.end(), held_out.rows.begin(), held_out.rows.end());
  std::sort(rows.begin(), rows.end());
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> clusters;
  for (const auto row : rows) {
    treated.push_back(table.arms[row] == Arm::treatment ? 1 : 0);
    if (!table.clusters.empty()) clusters.push_back(table.clusters[row]);
  }
  std::vector<Found> found(count);
  workers.for_blocks(count, 1, [&](std::size_t placebo, std::size_t) {
    const auto shuffled = shuffled_treatment(treated, clusters, seed, static_cast<std::uint32_t>(placebo));
    std::vector<std::uint8_t> by_row(table.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i) by_row[rows[i]] = shuffled[i];
    found[placebo] = fit_placebo(fit, table, training, outcome, by_row, held_out);
    if (done) done();
  });
  return gather(found, real_autoc, fit.model->final_loss().ratio());
}

}  // namespace perennial
