#include <fmt/format.h>

#include "studies/curve.h"
#include "studies/figures.h"
#include "studies/markdown.h"
#include "studies/policy_table.h"
#include "studies/section.h"

namespace perennial::studies {
namespace {

constexpr double wanted_gain = 10;        // clicks a round over random
constexpr double wanted_percent = 98;     // of water-filling's last 50 rounds
constexpr std::size_t wanted_round = 60;  // by which 90% of the gain is there

Platform lockin(const std::string& ranker) {
  return {.setting = "lockin", .sets = {"recommender.name=" + ranker}};
}

std::vector<Player> shown(const Platform& platform) {
  const Arm nothing = cold_arm(platform.with({"policy.lore-d.prior=0"}));
  const Arm plan =
      cold_arm(platform.with({"policy.lore-d.prior=12", "policy.lore-d.rounds_per_update=10000"}));
  return {{"`random`", random_arm(platform)},
          {"`water-filling`", water_filling_arm(platform)},
          {"`lore-d`", cold_arm(platform)},
          {"`lore-d` from nothing", nothing},
          {"`lore-d`'s plan alone", plan}};
}

Interval percent_of_water_filling(const Lab& lab, const Arm& arm, const Platform& platform) {
  return percent_of(last_clicks(lab, arm), last_clicks(lab, water_filling_arm(platform)));
}

std::string round_words(const std::optional<RoundOfGain>& when) {
  return when ? fmt::format("{} [{}, {}]", when->round, when->low, when->high) : "-";
}

/// "met", "met by the mean, not by the whole interval" or "not met".
std::string met(double mean, double low, double wanted) {
  if (low >= wanted) return "met by the whole interval";
  return mean >= wanted ? "met by the mean, not by the whole interval" : "not met";
}

std::string claims(const Lab& lab, const Platform& platform) {
  const Arm learned = cold_arm(platform);
  const auto over_random = gain(lab, learned, random_arm(platform));
  const auto percent = percent_of_water_filling(lab, learned, platform);
  const auto when = round_of_gain(lab.runs(learned), lab.runs(random_arm(platform)), 0.9);
  std::vector<std::string> sentences = {
      fmt::format("Asked: {:.0f} clicks a round more than `random`, learning included; found: {}; {}.",
                  wanted_gain, signed_with_range(over_random),
                  met(over_random.mean, over_random.low, wanted_gain)),
      fmt::format("Asked: the last {} rounds at least {:.0f}% of `water-filling`'s; found: {}; {}.",
                  last_rounds, wanted_percent, percent_with_range(percent),
                  met(percent.mean, percent.low, wanted_percent))};
  const auto asked = fmt::format("Asked: 90% of the gain within {} rounds; found: ", wanted_round);
  sentences.push_back(
      !when ? asked + "no gain in the last rounds, or too few rounds to say."
            : asked + fmt::format("by round {}; {}.", round_words(when),
                                  met(-static_cast<double>(when->round), -static_cast<double>(when->high),
                                      -static_cast<double>(wanted_round))));
  return paragraph(sentences);
}

std::string what_learning_adds(const Lab& lab, const Platform& platform) {
  const auto all = shown(platform);
  const Arm &learned = all[2].arm, &nothing = all[3].arm, &plan = all[4].arm;
  return paragraph(
      {fmt::format("What learning adds to the plan: over the whole run {};",
                   verdict("`lore-d`", "its plan alone", gain(lab, learned, plan))),
       fmt::format("in the last {} rounds {}.", last_rounds,
                   verdict("`lore-d`", "its plan alone", last_gain(lab, learned, plan))),
       fmt::format("Without the plan, over the whole run {};",
                   verdict("`lore-d` from nothing", "`random`", gain(lab, nothing, all[0].arm))),
       fmt::format("in the last {} rounds {}.", last_rounds,
                   verdict("`lore-d` from nothing", "`lore-d`", last_gain(lab, nothing, learned)))});
}

/// What `lore-d` is asked to reach in `lockin`.
class LockinClaims final : public Section {
 public:
  std::string title() const override { return "`lockin`: what `lore-d` is asked to reach"; }

  std::vector<Arm> arms() const override {
    std::vector<Arm> all;
    for (const char* ranker : {"content", "mf"}) {
      for (auto& arm : arms_of(shown(lockin(ranker)))) all.push_back(std::move(arm));
    }
    return all;
  }

  std::string text(const Lab& lab) const override {
    std::string text = paragraph(
        {"`from nothing` starts without any leaning towards the plan (`policy.lore-d.prior=0`); `plan alone` "
         "follows the plan and never learns (`prior=12`, no update). The last column is the round by which "
         "the "
         "lead over `random` (mean over seeds, moving mean of 10 rounds) first comes to 90% of its mean over "
         "the last 50 rounds, with 95% of 1,000 resamples of the seeds; 10 is the first round that it can "
         "name."});
    for (const char* ranker : {"content", "mf"}) {
      const Platform platform = lockin(ranker);
      MarkdownTable table({"policy", "clicks per round", "less `random`", "last 50 rounds",
                           "of `water-filling`'s last 50", "90% of the gain by round"});
      for (const auto& [name, arm] : shown(platform)) {
        const bool is_random = arm.policy == "random";
        table.add({name, with_range(interval_of(clicks(lab, arm))),
                   is_random ? "0" : signed_with_range(gain(lab, arm, random_arm(platform))),
                   with_range(interval_of(last_clicks(lab, arm))),
                   percent_with_range(percent_of_water_filling(lab, arm, platform)),
                   is_random
                       ? "-"
                       : round_words(round_of_gain(lab.runs(arm), lab.runs(random_arm(platform)), 0.9))});
      }
      text += fmt::format("### Ranker `{}`\n\n", ranker) + table.text() + claims(lab, platform) +
              what_learning_adds(lab, platform);
    }
    return text;
  }
};

}  // namespace

std::unique_ptr<Section> lockin_claims() {
  return std::make_unique<LockinClaims>();
}

}  // namespace perennial::studies
