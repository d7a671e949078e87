#include <fmt/format.h>

#include "studies/figures.h"
#include "studies/markdown.h"
#include "studies/policy_table.h"
#include "studies/section.h"

namespace perennial::studies {
namespace {

struct Case {
  std::string name;
  Platform platform;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const std::string setting : {"open", "lockin", "craft", "craft-open", "scarce"}) {
    for (const std::string ranker : {"content", "mf"})
      all.push_back({fmt::format("`{}`, ranker `{}`", setting, ranker),
                     {.setting = setting, .sets = {"recommender.name=" + ranker}}});
  }
  return all;
}

/// In how many cases a policy was better, worse or neither.
class Tally {
 public:
  void add(const Interval& difference) {
    ++cases_;
    const auto outcome = outcome_of(difference);
    better_ += outcome == Outcome::better;
    worse_ += outcome == Outcome::worse;
  }
  std::string words() const {
    return fmt::format("better in {} of {} cases, worse in {}, no difference seen in {}", better_, cases_,
                       worse_, cases_ - better_ - worse_);
  }

 private:
  int cases_ = 0, better_ = 0, worse_ = 0;
};

std::string overview(const Lab& lab) {
  MarkdownTable table({"platform", "best baseline", "`lore-d`", "", "trained elsewhere", "",
                       "last 50, against `most-history-click`", ""});
  Tally cold, warm, history;
  for (const auto& [name, platform] : cases()) {
    const Arm best = best_of(lab, baselines(platform));
    const auto from_cold = gain(lab, cold_arm(platform), best);
    const auto from_warm = gain(lab, warm_arm(platform), best);
    const auto late = last_gain(lab, warm_arm(platform), history_arm(platform));
    cold.add(from_cold);
    warm.add(from_warm);
    history.add(late);
    table.add({name, code(best.policy), signed_with_range(from_cold), outcome_words(from_cold),
               signed_with_range(from_warm), outcome_words(from_warm), signed_with_range(late),
               outcome_words(late)});
  }
  return "### All at a glance\n\n" +
         paragraph(
             {"Clicks a round of `lore-d` less those of the best baseline, which is the one of `silent`, "
              "`random`, `most-history-click` and `water-filling` with most clicks over the whole run: "
              "learning from round 1 on, and going on from what it learned on another world (`trained "
              "elsewhere`). On the right the last 50 rounds of the latter against `most-history-click`."}) +
         table.text() +
         paragraph({"Over the whole run against the best baseline, `lore-d` is " + cold.words() + ".",
                    "Trained elsewhere it is " + warm.words() + ".",
                    "In the last 50 rounds against `most-history-click` it is " + history.words() + "."});
}

std::string words_about(const Lab& lab, const Platform& platform) {
  const Arm best = best_of(lab, baselines(platform));
  const auto name = name_of(best);
  const Arm cold = cold_arm(platform), warm = warm_arm(platform);
  return paragraph({fmt::format("Over the whole run: {};", verdict("`lore-d`", name, gain(lab, cold, best))),
                    fmt::format("{}.", verdict("`lore-d` trained elsewhere", name, gain(lab, warm, best))),
                    fmt::format("In the last {} rounds: {}.", last_rounds,
                                verdict("`lore-d` trained elsewhere", name, last_gain(lab, warm, best)))});
}

/// Every policy in every built-in setting.
class EverySetting final : public Section {
 public:
  std::string title() const override { return "Every setting"; }

  std::vector<Arm> arms() const override {
    std::vector<Arm> all;
    for (const auto& c : cases()) {
      for (auto& arm : arms_of(players(c.platform))) all.push_back(std::move(arm));
    }
    return all;
  }

  std::string text(const Lab& lab) const override {
    std::string text = paragraph(
        {"World `youtube`. `trained elsewhere` is `lore-d` trained on 4 copies of the world "
         "`amazon-video-games` for 300 rounds, in the same setting with the same ranker, which then goes on "
         "learning here. `less random` and the column after it are differences in clicks a round over the "
         "whole run, paired by seed; diversity is the entropy of the genres of all items made."});
    text += overview(lab);
    for (const auto& [name, platform] : cases())
      text += "### " + name + "\n\n" + policy_table(lab, platform) + words_about(lab, platform);
    return text;
  }
};

}  // namespace

std::unique_ptr<Section> every_setting() {
  return std::make_unique<EverySetting>();
}

}  // namespace perennial::studies
