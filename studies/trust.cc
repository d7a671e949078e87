#include <fmt/format.h>

#include "studies/figures.h"
#include "studies/markdown.h"
#include "studies/policy_table.h"
#include "studies/section.h"

namespace perennial::studies {
namespace {

/// How far creators follow.
struct Case {
  std::string mean, spread, dynamics;

  Platform platform() const {
    return {.setting = "lockin",
            .sets = {"recommender.name=content", "trust.mean=" + mean, "trust.spread=" + spread,
                     "trust.dynamics=" + dynamics}};
  }
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const char* dynamics : {"static", "additive", "ratio"}) {
    for (const char* spread : {"1.0", "0.15"}) {
      for (const char* mean : {"0.4", "0.6", "0.8"}) all.push_back({mean, spread, dynamics});
    }
  }
  return all;
}

Arm silent_arm(const Platform& platform) {
  return {.platform = platform, .policy = "silent"};
}

std::string summary(const Lab& lab) {
  int over_silent = 0, over_random = 0, over_filling = 0, under_filling = 0;
  for (const auto& c : cases()) {
    const Platform platform = c.platform();
    const Arm learned = cold_arm(platform);
    over_silent += outcome_of(gain(lab, learned, silent_arm(platform))) == Outcome::better;
    over_random += outcome_of(gain(lab, learned, random_arm(platform))) == Outcome::better;
    const auto filling = outcome_of(gain(lab, learned, water_filling_arm(platform)));
    over_filling += filling == Outcome::better;
    under_filling += filling == Outcome::worse;
  }
  return paragraph(
      {fmt::format("In the {} rows `lore-d` is better than `silent` in {} and than `random` in {};",
                   cases().size(), over_silent, over_random),
       fmt::format("against `water-filling` it is better in {} and worse in {}.", over_filling,
                   under_filling)});
}

/// The words after a spread's comparison: what more followers are worth to `lore-d` there.
std::string worth_of_trust(const Lab& lab, const char* spread) {
  const Case low{"0.4", spread, "static"}, high{"0.8", spread, "static"};
  const auto more =
      paired_difference(clicks(lab, cold_arm(high.platform())), clicks(lab, cold_arm(low.platform())));
  return fmt::format("{} clicks a round at deviation {}", signed_with_range(more), spread);
}

/// Who follows, and whether trust moves.
class TrustKinds final : public Section {
 public:
  std::string title() const override { return "Trust"; }

  std::vector<Arm> arms() const override {
    std::vector<Arm> all;
    for (const auto& c : cases()) {
      const Platform platform = c.platform();
      for (const auto& arm :
           {silent_arm(platform), random_arm(platform), water_filling_arm(platform), cold_arm(platform)})
        all.push_back(arm);
    }
    return all;
  }

  std::string text(const Lab& lab) const override {
    std::string text = paragraph(
        {"`lockin`, ranker `content`. A creator follows a suggestion with probability = its trust, drawn "
         "from a "
         "normal with this mean and deviation and cut to [0, 1]: at deviation 1.0 nearly uniform, at 0.15 "
         "alike. "
         "`additive` and `ratio` move trust after each suggestion followed. Differences to `silent` in "
         "clicks a "
         "round over the whole run; the last column is the mean true trust in the last 50 rounds."});
    MarkdownTable table({"dynamics", "deviation", "mean", "`silent`", "`random`", "`water-filling`",
                         "`lore-d`", "`lore-d` less `random`", "trust in the end"});
    for (const auto& c : cases()) {
      const Platform platform = c.platform();
      const Arm silent = silent_arm(platform), learned = cold_arm(platform);
      table.add({code(c.dynamics), c.spread, c.mean, with_range(interval_of(clicks(lab, silent))),
                 signed_with_range(gain(lab, random_arm(platform), silent)),
                 signed_with_range(gain(lab, water_filling_arm(platform), silent)),
                 signed_with_range(gain(lab, learned, silent)),
                 signed_with_range(gain(lab, learned, random_arm(platform))),
                 with_range(interval_of(values(lab, learned, Metric::mean_trust, last_rounds)), 2)});
    }
    return text + table.text() + summary(lab) +
           paragraph({fmt::format("From mean 0.4 to 0.8 with static trust `lore-d` gains {} and {}.",
                                  worth_of_trust(lab, "1.0"), worth_of_trust(lab, "0.15"))});
  }
};

}  // namespace

std::unique_ptr<Section> trust() {
  return std::make_unique<TrustKinds>();
}

}  // namespace perennial::studies
