#include <algorithm>
#include <numeric>

#include "study/experiment_parts.h"
#include "study/score_boost.h"

namespace perennial {
namespace {

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Interval relative(const std::vector<double>& boosted, const std::vector<double>& base) {
  std::vector<double> changes;
  for (std::size_t f = 0; f < base.size(); ++f) changes.push_back(boosted[f] / base[f] - 1);
  return interval_of(changes);
}

std::vector<DeployedBoost> boosts_to_play() {
  std::vector<DeployedBoost> boosts(5);
  boosts[0].name = "none";
  boosts[0].summary = "nobody is boosted";
  boosts[1].name = "score";
  boosts[1].summary = "boosts by the learned score";
  boosts[2].name = "placebo";
  boosts[2].summary = "the same scores, each given to another creator at random";
  boosts[3].name = "oracle";
  boosts[3].summary = "boosts by the true effects";
  boosts[3].uses_truth = true;
  boosts[4].name = "marginal";
  boosts[4].summary = "boosts by what one more click truly adds to a creator's posts";
  boosts[4].uses_truth = true;
  return boosts;
}

}  // namespace

std::vector<DeployedBoost> deploy_score(const StudyStage& stage, PlatformForks& after,
                                        const std::vector<double>& score, const TrueEffects& truth,
                                        const std::vector<double>& exposure) {
  const auto& settings = stage.plan.experiment;
  const auto boost_by = [&](const std::vector<double>& scores) {
    return score_boost(scores, exposure, settings.strength, settings.clip);
  };
  const auto by_score = boost_by(score), by_truth = boost_by(truth.effect),
             by_marginal = boost_by(truth.marginal);
  auto boosts = boosts_to_play();
  boosts[1].factors.assign(by_score.begin(), by_score.end());
  boosts[3].factors.assign(by_truth.begin(), by_truth.end());
  boosts[4].factors.assign(by_marginal.begin(), by_marginal.end());
  std::vector<ForkPlan> plans;
  for (std::size_t f = 0; f < static_cast<std::size_t>(settings.deployment_futures); ++f) {
    const auto future = stage.future(3, f);
    const auto rounds = static_cast<std::uint32_t>(settings.deployment_rounds);
    plans.push_back({.future = future, .boosts = {}, .rounds = rounds});
    plans.push_back({.future = future, .boosts = launched_boosts(by_score), .rounds = rounds});
    plans.push_back(
        {.future = future, .boosts = launched_boosts(boost_by(permuted(score, future))), .rounds = rounds});
    plans.push_back({.future = future, .boosts = launched_boosts(by_truth), .rounds = rounds});
    plans.push_back({.future = future, .boosts = launched_boosts(by_marginal), .rounds = rounds});
  }
  const auto outcomes = after.play(plans);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    boosts[i % boosts.size()].clicks.push_back(mean_of(outcomes[i].clicks));
    boosts[i % boosts.size()].posts.push_back(mean_of(outcomes[i].posts));
  }
  for (auto& boost : boosts) {
    boost.clicks_against_none = relative(boost.clicks, boosts[0].clicks);
    boost.posts_against_none = relative(boost.posts, boosts[0].posts);
    boost.clicks_against_placebo = relative(boost.clicks, boosts[2].clicks);
    boost.posts_against_placebo = relative(boost.posts, boosts[2].posts);
  }
  return boosts;
}

}  // namespace perennial
