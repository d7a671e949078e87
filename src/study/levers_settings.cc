#include "study/levers_settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/names.h"
#include "respond/learners/learner_options.h"
#include "simulate/options.h"

namespace perennial {

Fields LeversSettings::fields() {
  Fields fields;
  fields
      .text(
          "environments", environments,
          "settings to play in, with commas between; where a setting has no response, `response` keys apply")
      .text("suggest", suggest, "the policy that suggests")
      .text("unlearned", unlearned, "a policy beside it that learns nothing")
      .integer("warm_up", warm_up, {2, 100'000}, "silent rounds before the experiment, for features")
      .integer("experiment_rounds", experiment_rounds, {1, 100'000}, "rounds of the experiment on creators")
      .real("share", share, {0.001, 0.999}, "creators treated in the experiment")
      .real("multiplier", multiplier, {0.01, 100}, "the treatment: factor on a treated creator's scores")
      .integer("shortlist", shortlist, {1, 1000},
               "items that the ranker lists per item shown, to be boosted among")
      .text("learner", learner, "what learns the effects on posts and on clicks", learner_names())
      .integer("leaf_weight", leaf_weight, {1, 1e9}, "creators in a leaf of the learner's trees, at least")
      .real("dose_floor", dose_floor, {0.001, 1},
            "least extra clicks of a creator that a score divides by, as a share of their mean")
      .real("strength", strength, {0, 10}, "of the boost by score: factor exp(strength x standardised score)")
      .real("clip", clip, {1, 100}, "largest factor of that before centring; its inverse is the smallest");
  return fields;
}

std::vector<std::string> LeversSettings::environment_list() const {
  std::vector<std::string> known, list;
  for (const auto& [name, summary] : built_in_settings()) known.push_back(name);
  for (std::size_t begin = 0; begin <= environments.size();) {
    const auto comma = std::min(environments.find(',', begin), environments.size());
    const auto name = environments.substr(begin, comma - begin);
    begin = comma + 1;
    const auto refuse = [&](const std::string& why) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("levers.environments = \"{}\": {}", environments, why));
    };
    if (name.empty()) refuse("a name is missing before or after a comma");
    if (std::ranges::find(known, name) == known.end())
      refuse(fmt::format("there is no setting '{}'{}", name, name_hint(name, known)));
    if (std::ranges::find(list, name) != list.end()) refuse(fmt::format("'{}' stands there twice", name));
    list.push_back(name);
  }
  return list;
}

}  // namespace perennial
