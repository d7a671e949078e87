#include <fmt/format.h>

#include "studies/figures.h"
#include "studies/markdown.h"
#include "studies/policy_table.h"
#include "studies/section.h"

namespace perennial::studies {
namespace {

/// Where a policy goes that was trained on `youtube` with 50 creators and 100 users.
struct Destination {
  std::string name;
  std::string setting;
  std::vector<std::string> sets;

  Platform platform() const {
    return Platform{.setting = setting, .sets = {"recommender.name=content"}}.with(sets);
  }
};

std::vector<Destination> destinations() {
  std::vector<Destination> all;
  for (const char* setting : {"lockin", "craft-open"}) {
    all.push_back(
        {"`amazon-video-games`: other people, other genres", setting, {"world.name=amazon-video-games"}});
    all.push_back(
        {"`youtube` with 200 creators and 400 users", setting, {"world.creators=200", "world.users=400"}});
    all.push_back(
        {"`youtube` with 20 creators and 100 users", setting, {"world.creators=20", "world.users=100"}});
  }
  return all;
}

std::vector<Player> shown(const Destination& to) {
  const Platform platform = to.platform();
  const Lesson lesson{.platform = {.setting = to.setting, .sets = {"recommender.name=content"}},
                      .policy = "lore-d",
                      .copies = 4,
                      .rounds = 300};
  return {{"`random`", random_arm(platform)},
          {"`most-history-click`", history_arm(platform)},
          {"`lore-d`, learns there from round 1 on", cold_arm(platform)},
          {"`lore-d`, trained on `youtube`, frozen",
           {.platform = platform, .policy = "lore-d", .lesson = lesson, .frozen = true}},
          {"`lore-d`, trained on `youtube`, goes on learning",
           {.platform = platform, .policy = "lore-d", .lesson = lesson}}};
}

std::string words_about(const Lab& lab, const std::vector<Player>& all) {
  const Arm& frozen = all[3].arm;
  return paragraph({fmt::format("Frozen, over the whole run: {};",
                                verdict("it", "`random`", gain(lab, frozen, all[0].arm))),
                    fmt::format("{};", verdict("it", "`most-history-click`", gain(lab, frozen, all[1].arm))),
                    fmt::format("{}.", verdict("it", "`lore-d` that learns there from round 1 on",
                                               gain(lab, frozen, all[2].arm)))});
}

/// A policy carried over to people, genres and numbers that it never saw.
class Transfer final : public Section {
 public:
  std::string title() const override { return "A policy carried over"; }

  std::vector<Arm> arms() const override {
    std::vector<Arm> all;
    for (const auto& to : destinations()) {
      for (auto& arm : arms_of(shown(to))) all.push_back(std::move(arm));
    }
    return all;
  }

  std::string text(const Lab& lab) const override {
    std::string text = paragraph(
        {"`lore-d` trained on 4 copies of `youtube` (50 creators, 100 users) for 300 rounds in the same "
         "setting, ranker `content`, and then played elsewhere: `frozen` plays what it learned and "
         "learns no more."});
    for (const auto& to : destinations()) {
      const auto all = shown(to);
      MarkdownTable table(
          {"policy", "clicks per round", "less `random`", "less `most-history-click`", "last 50 rounds"});
      for (const auto& [name, arm] : all) {
        const auto less = [&, &arm = arm](const Arm& other) {
          return arm.key() == other.key() ? std::string("0") : signed_with_range(gain(lab, arm, other));
        };
        table.add({name, with_range(interval_of(clicks(lab, arm))), less(all[0].arm), less(all[1].arm),
                   with_range(interval_of(last_clicks(lab, arm)))});
      }
      text += fmt::format("### {}, `{}`\n\n", to.name, to.setting) + table.text() + words_about(lab, all);
    }
    return text;
  }
};

}  // namespace

std::unique_ptr<Section> transfer() {
  return std::make_unique<Transfer>();
}

}  // namespace perennial::studies
