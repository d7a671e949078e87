#include <fmt/format.h>

#include "studies/figures.h"
#include "studies/markdown.h"
#include "studies/policy_table.h"
#include "studies/section.h"

namespace perennial::studies {
namespace {

const Platform lockin{.setting = "lockin", .sets = {"recommender.name=content"}};

std::vector<Player> shown() {
  const Lesson lesson{.platform = lockin, .policy = "lore", .copies = 8, .rounds = 1000};
  return {
      {"`random`", random_arm(lockin)},
      {"`lore`, learns from round 1 on", {.platform = lockin, .policy = "lore"}},
      {"`lore`, without the 20 silent rounds",
       {.platform = lockin.with({"policy.lore.warm_up=0"}), .policy = "lore"}},
      {"`lore`, layers 256, 256",
       {.platform = lockin.with({"policy.lore.preset=compact"}), .policy = "lore"}},
      {"`lore`, trained, frozen", {.platform = lockin, .policy = "lore", .lesson = lesson, .frozen = true}},
      {"`lore`, trained, goes on learning", {.platform = lockin, .policy = "lore", .lesson = lesson}},
      {"`lore-d`, learns from round 1 on", cold_arm(lockin)}};
}

/// LoRe as its paper prints it.
class LoreAsPrinted final : public Section {
 public:
  std::string title() const override { return "LoRe as printed"; }
  std::vector<Arm> arms() const override { return arms_of(shown()); }

  std::string text(const Lab& lab) const override {
    std::string text =
        paragraph({"`lockin`, ranker `content`. `lore` with the released widths and values, which is told "
                   "nothing in its "
                   "first 20 rounds and updates every 20. `trained`: on 8 parallel copies of the world for "
                   "1,000 rounds, "
                   "then played on seeds that it never saw."});
    const auto all = shown();
    MarkdownTable table({"policy", "clicks per round", "less `random`", "last 50 rounds",
                         "less `random`, last 50", "entropy of genres, bits"});
    for (const auto& [name, arm] : all) {
      const bool is_random = arm.policy == "random";
      table.add({name, with_range(interval_of(clicks(lab, arm))),
                 is_random ? "0" : signed_with_range(gain(lab, arm, all[0].arm)),
                 with_range(interval_of(last_clicks(lab, arm))),
                 is_random ? "0" : signed_with_range(last_gain(lab, arm, all[0].arm)),
                 with_range(interval_of(values(lab, arm, Metric::content_diversity_bits, last_rounds)), 2)});
    }
    const auto against_random = [&](std::size_t i, const std::string& name) {
      return verdict(name, "`random`", gain(lab, all[i].arm, all[0].arm));
    };
    return text + table.text() +
           paragraph({fmt::format("Over the whole run: {};", against_random(1, "`lore` as printed")),
                      fmt::format("{};", against_random(2, "`lore` without the silent rounds")),
                      fmt::format("{};", against_random(4, "`lore` trained and frozen")),
                      fmt::format("{}.", against_random(5, "`lore` trained and learning on")),
                      "Its first 20 rounds without a suggestion are part of the first row's whole run; the "
                      "last 50 rounds are free of them."});
  }
};

}  // namespace

std::unique_ptr<Section> lore_as_printed() {
  return std::make_unique<LoreAsPrinted>();
}

}  // namespace perennial::studies
