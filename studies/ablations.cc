#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/plugins.h"
#include "platform/suggest/suggestion_policies.h"
#include "studies/figures.h"
#include "studies/markdown.h"
#include "studies/policy_table.h"
#include "studies/section.h"

namespace perennial::studies {
namespace {

constexpr const char* never = "rounds_per_update=10000";

/// Settings of `lore-d` that differ from its defaults.
struct Variant {
  std::string name;
  std::vector<std::string> sets;  ///< "window=1"

  Arm on(const Platform& platform) const {
    Platform changed = platform;
    for (const auto& set : sets) changed.sets.push_back("policy.lore-d." + set);
    return cold_arm(changed);
  }
};

const std::vector<Variant>& variants() {
  static const std::vector<Variant> all = {{"window 1", {"window=1"}},
                                           {"window 2", {"window=2"}},
                                           {"window 4", {"window=4"}},
                                           {"window 8", {"window=8"}},
                                           {"prior 0", {"prior=0"}},
                                           {"prior 12", {"prior=12"}},
                                           {"prior 0, never learns", {"prior=0", never}},
                                           {"prior 5, never learns", {"prior=5", never}},
                                           {"prior 12, never learns", {"prior=12", never}},
                                           {"critic 0.3, gamma 0.9", {"critic=0.3", "gamma=0.9"}},
                                           {"critic 0.3, gamma 0.98", {"critic=0.3", "gamma=0.98"}},
                                           {"horizon 1", {"horizon=1"}},
                                           {"horizon 4", {"horizon=4"}},
                                           {"horizon 8", {"horizon=8"}},
                                           {"update every 10 rounds", {"rounds_per_update=10"}},
                                           {"entropy 0.01", {"entropy=0.01"}}};
  return all;
}

Platform platform_of(const std::string& setting) {
  return {.setting = setting, .sets = {"recommender.name=content"}};
}

/// "window 2, prior 5, ..": the defaults of all that is varied.
std::string defaults() {
  const auto policy = find_plugin(suggestion_policies(), "policy", "lore-d").make();
  std::vector<std::string> words;
  for (const auto& field : policy->fields().all()) {
    for (const char* varied : {"window", "prior", "critic", "horizon", "rounds_per_update", "entropy"}) {
      if (field.name == varied)
        words.push_back(fmt::format("`{}` {}", varied, to_toml(Fields::value(field))));
    }
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string names_with(const Lab& lab, const Platform& platform, Outcome wanted) {
  std::vector<std::string> names;
  for (const auto& variant : variants()) {
    if (outcome_of(last_gain(lab, variant.on(platform), cold_arm(platform))) == wanted)
      names.push_back(variant.name);
  }
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, "; "));
}

/// What was tried in `lore-d`, and what came of it.
class Ablations final : public Section {
 public:
  std::string title() const override { return "What was tried in `lore-d`"; }

  std::vector<Arm> arms() const override {
    std::vector<Arm> all;
    for (const auto& setting : settings) {
      all.push_back(cold_arm(platform_of(setting)));
      for (const auto& variant : variants()) all.push_back(variant.on(platform_of(setting)));
    }
    return all;
  }

  std::string text(const Lab& lab) const override {
    std::string text = paragraph(
        {"Ranker `content`, learning from round 1 on, one thing changed at a time. The defaults are " +
             defaults() + "; a row that changes nothing repeats the first.",
         "Differences are to the defaults, in clicks a round, paired by seed. Of many rows some differ by "
         "chance: about one of forty on either side."});
    for (const auto& setting : settings) {
      const Platform platform = platform_of(setting);
      const Arm base = cold_arm(platform);
      MarkdownTable table({"`lore-d` with", "clicks per round", "less the defaults", "last 50 rounds",
                           "less the defaults, last 50"});
      table.add({"the defaults", with_range(interval_of(clicks(lab, base))), "0",
                 with_range(interval_of(last_clicks(lab, base))), "0"});
      for (const auto& variant : variants()) {
        const Arm arm = variant.on(platform);
        table.add({variant.name, with_range(interval_of(clicks(lab, arm))),
                   signed_with_range(gain(lab, arm, base)), with_range(interval_of(last_clicks(lab, arm))),
                   signed_with_range(last_gain(lab, arm, base))});
      }
      text += fmt::format("### `{}`\n\n", setting) + table.text() +
              paragraph({"In the last 50 rounds better than the defaults: " +
                             names_with(lab, platform, Outcome::better) + ".",
                         "Worse: " + names_with(lab, platform, Outcome::worse) + "."});
    }
    return text;
  }

 private:
  const std::vector<std::string> settings = {"lockin", "craft", "craft-open", "scarce"};
};

}  // namespace

std::unique_ptr<Section> ablations() {
  return std::make_unique<Ablations>();
}

}  // namespace perennial::studies
