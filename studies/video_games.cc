#include <fmt/format.h>

#include <algorithm>

#include "studies/figures.h"
#include "studies/markdown.h"
#include "studies/policy_table.h"
#include "studies/section.h"

namespace perennial::studies {
namespace {

/// One thing about the platform and the values it takes in turn; the setting has one of them.
struct Thing {
  std::string name, key;
  std::vector<std::string> values;
};

const std::vector<Thing> things = {
    {"whose world it is", "world.name", {"amazon-video-games", "youtube"}},
    {"where creators are at home", "homes.source", {"world", "popular"}},
    {"clicks outside one's interests", "user_model.out_of_interest", {"0", "0.05", "0.15", "0.3"}},
    {"items without a click until a creator leaves", "leaving.after", {"0", "2", "3", "5", "10"}},
    {"herding into what trends", "creator_model.herding", {"0", "0.4", "0.8", "1"}},
    {"creators", "world.creators", {"20", "50", "100"}},
    {"rounds an item can be shown after its own", "platform.recency", {"1", "10"}}};

Platform games(const std::string& setting) {
  return {.setting = setting, .sets = {"recommender.name=content", "world.name=amazon-video-games"}};
}

Platform changed(const Thing& thing, const std::string& value) {
  return games("lockin").with({thing.key + "=" + value});
}

/// All that makes creators crowd or leave at once.
Platform harshest() {
  return games("lockin").with(
      {"homes.source=popular", "user_model.out_of_interest=0", "leaving.after=2", "creator_model.herding=1"});
}

Arm silent_arm(const Platform& platform) {
  return {.platform = platform, .policy = "silent"};
}

Interval percent_of_silent(const Lab& lab, const Platform& platform) {
  return percent_of(clicks(lab, cold_arm(platform)), clicks(lab, silent_arm(platform)));
}

Interval percent_of_best(const Lab& lab, const Platform& platform) {
  return percent_of(clicks(lab, cold_arm(platform)), clicks(lab, best_of(lab, baselines(platform))));
}

std::vector<std::string> cells(const Lab& lab, const std::string& name, const std::string& value,
                               const Platform& platform) {
  const Arm silent = silent_arm(platform);
  const auto present = values(lab, silent, Metric::creators_present, 1);
  return {name,
          value,
          with_range(interval_of(clicks(lab, silent))),
          with_range(interval_of(clicks(lab, cold_arm(platform)))),
          percent_with_range(percent_of_silent(lab, platform)),
          percent_with_range(percent_of_best(lab, platform)),
          code(best_of(lab, baselines(platform)).policy),
          with_range(interval_of(present))};
}

/// How far the ratio to silent moves when one thing does: names of both ends, and the distance.
struct Movement {
  std::string words;
  double points;
};

Movement movement(const Lab& lab, const Thing& thing) {
  const auto ratio = [&](const std::string& value) { return percent_of_silent(lab, changed(thing, value)); };
  const auto [low, high] =
      std::minmax_element(thing.values.begin(), thing.values.end(),
                          [&](const auto& a, const auto& b) { return ratio(a).mean < ratio(b).mean; });
  return {fmt::format("{} (`{}`: from {} at {} to {} at {})", thing.name, thing.key,
                      percent_with_range(ratio(*low)), *low, percent_with_range(ratio(*high)), *high),
          ratio(*high).mean - ratio(*low).mean};
}

std::string explanation(const Lab& lab) {
  std::vector<Movement> moved;
  for (const auto& thing : things) moved.push_back(movement(lab, thing));
  std::stable_sort(moved.begin(), moved.end(),
                   [](const auto& a, const auto& b) { return a.points > b.points; });
  std::string order;
  for (const auto& m : moved) order += (order.empty() ? "" : "; then ") + m.words;
  return paragraph({"What moves `lore-d`'s share of `silent`'s clicks, most first: " + order + ".",
                    fmt::format("With everything that makes creators crowd or leave at once it is {} of "
                                "`silent` and {} of the best baseline.",
                                percent_with_range(percent_of_silent(lab, harshest())),
                                percent_with_range(percent_of_best(lab, harshest())))});
}

std::string what_moves(const Lab& lab) {
  MarkdownTable table({"thing changed", "value", "`silent`", "`lore-d`", "of `silent`",
                       "of the best baseline", "which is", "creators still there"});
  table.add(cells(lab, "nothing", "-", games("lockin")));
  for (const auto& thing : things) {
    for (const auto& value : thing.values)
      table.add(cells(lab, code(thing.key), value, changed(thing, value)));
  }
  table.add(cells(lab, "the harshest", "-", harshest()));
  return "### What in the world moves that number\n\n" +
         paragraph(
             {"`lockin` with one thing changed at a time; clicks a round over the whole run. `the harshest`: "
              "popular homes, no click outside one's interests, a creator leaves after 2 items without "
              "a click, and every unknown genre is the trending one. The last column is how many of the "
              "creators are still there in the end when nothing is suggested."}) +
         table.text() + explanation(lab);
}

/// The world of video games, beside what the paper reports there.
class VideoGames final : public Section {
 public:
  std::string title() const override { return "The world `amazon-video-games`"; }

  std::vector<Arm> arms() const override {
    std::vector<Arm> all;
    for (const char* setting : {"lockin", "open"}) {
      for (auto& arm : arms_of(players(games(setting)))) all.push_back(std::move(arm));
    }
    std::vector<Platform> platforms = {harshest()};
    for (const auto& thing : things) {
      for (const auto& value : thing.values) platforms.push_back(changed(thing, value));
    }
    for (const auto& platform : platforms) {
      for (const auto& arm : baselines(platform)) all.push_back(arm);
      all.push_back(cold_arm(platform));
    }
    return all;
  }

  std::string text(const Lab& lab) const override {
    std::string text = paragraph(
        {"The paper reports for its Amazon data 95.1 clicks with LoRe, 51.3 with P-MMF and 46.2 with "
         "FairRec: "
         "86% over the best baseline. Its baselines have no random suggestions among them. Here the world is "
         "generated from shares published with the paper's code, and `trained elsewhere` means trained on "
         "`youtube`."});
    for (const char* setting : {"lockin", "open"}) {
      const Platform platform = games(setting);
      text += fmt::format("### `{}`, ranker `content`\n\n", setting) + policy_table(lab, platform) +
              paragraph({fmt::format("`lore-d` draws {} of `silent`'s clicks and {} of the best baseline's, "
                                     "where the paper has 186% of the best of its own.",
                                     percent_with_range(percent_of_silent(lab, platform)),
                                     percent_with_range(percent_of_best(lab, platform)))});
    }
    return text + what_moves(lab);
  }
};

}  // namespace

std::unique_ptr<Section> video_games() {
  return std::make_unique<VideoGames>();
}

}  // namespace perennial::studies
