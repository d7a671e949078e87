#include "study/experiment_settings.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/error.h"
#include "respond/learners/learner_options.h"
#include "respond/response/outcome_transform.h"

namespace perennial {

Fields ExperimentSettings::fields() {
  Fields fields;
  fields
      .real("share", share, {0.001, 0.999}, "creators treated in the experiment that a score is learned from")
      .real("multiplier", multiplier, {0.01, 100},
            "the treatment: factor on the scores of a treated creator's items")
      .integer("shortlist", shortlist, {1, 1000},
               "items that the ranker lists per item shown, to be boosted among")
      .integer("warm_up", warm_up, {2, 100'000},
               "rounds before the experiment, from which features are taken")
      .text("shares", shares,
            "per cent treated, with commas between, at which each design is held against the truth")
      .integer("replications", replications, {2, 10'000},
               "experiments per design and share, each with its own coins")
      .integer("truth_batches", truth_batches, {2, 100'000},
               "groups that creators are boosted in, one at a time, to learn each one's true effect")
      .integer("truth_futures", truth_futures, {2, 10'000}, "futures over which true effects are averaged")
      .text("learner", learner, "what learns the score", learner_names())
      .text("transform", transform, "what posts are learned as", transform_names())
      .integer("leaf_weight", leaf_weight, {1, 1e9}, "creators in a leaf of the learner's trees, at least")
      .real("strength", strength, {0, 10}, "of the deployed boost: factor exp(strength x standardised score)")
      .real("clip", clip, {1, 100},
            "largest factor of the deployed boost before centring; its inverse is the smallest")
      .integer("deployment_rounds", deployment_rounds, {1, 1'000'000},
               "rounds played with the deployed boost")
      .integer("deployment_futures", deployment_futures, {2, 10'000}, "futures in which it is played");
  return fields;
}

std::vector<double> ExperimentSettings::share_list() const {
  std::vector<double> list;
  const char* at = shares.c_str();
  for (;;) {
    char* end = nullptr;
    const double percent = std::strtod(at, &end);
    if (end == at || !(percent > 0 && percent < 100) || (*end != '\0' && *end != ',')) {
      throw Error(
          ErrorCode::invalid_argument,
          fmt::format(
              "experiment.shares = \"{}\": must be percentages between 0 and 100 with commas between, "
              "as in 2,10,50",
              shares));
    }
    list.push_back(percent / 100);
    if (*end == '\0') return list;
    at = end + 1;
  }
}

}  // namespace perennial
