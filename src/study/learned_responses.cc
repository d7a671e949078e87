#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "respond/response/fit.h"
#include "study/levers_parts.h"

namespace perennial {
namespace {

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Scores of all creators for the outcome of that name, learned from all of them: nothing is to be judged here.
std::vector<double> learned_effects(const CreatorTable& table, const std::string& outcome,
                                    const LeversSettings& settings, std::uint64_t seed) {
  FitOptions options;
  options.outcome = outcome;
  options.transform = "raw";
  options.held_out_share = 0;
  options.importance_rows = 1;
  options.learner.learner = settings.learner;
  options.learner.trees.leaf_weight_least = static_cast<double>(settings.leaf_weight);
  options.learner.seed = seed;
  options.learner.threads = 1;
  const auto fit = fit_response(table, options);
  std::vector<std::uint32_t> all(table.size());
  std::iota(all.begin(), all.end(), 0U);
  return fit.model->score(*table.features, all, 1);
}

/// Posts over the extra clicks that a creator's features promise.
NamedValues posts_per_click(const CreatorTable& table, const std::vector<double>& dose, double floor) {
  NamedValues ratio{.name = "posts_per_click", .values = table.outcome("posts")};
  const double least = floor * mean_of(dose);
  for (std::size_t c = 0; c < dose.size(); ++c) ratio.values[c] /= std::max(dose[c], least);
  return ratio;
}

}  // namespace

LearnedResponses learn_responses(CreatorTable table, const LeversSettings& settings, std::uint64_t seed) {
  LearnedResponses learned;
  learned.effect = learned_effects(table, "posts", settings, seed);
  learned.dose = learned_effects(table, "clicks", settings, seed);
  if (!(mean_of(learned.dose) > 0)) {
    throw Error(
        ErrorCode::invalid_data,
        "study levers: the experiment brought its treated creators no clicks, so nothing can be learned "
        "per click; give a larger levers.multiplier or levers.experiment_rounds");
  }
  table.outcomes.push_back(posts_per_click(table, learned.dose, settings.dose_floor));
  learned.score = learned_effects(table, "posts_per_click", settings, seed);
  return learned;
}

}  // namespace perennial
