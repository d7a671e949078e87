#include "studies/policy_table.h"

#include "studies/figures.h"
#include "studies/markdown.h"
#include "study/seed_values.h"

namespace perennial::studies {
namespace {

constexpr const char* elsewhere = "world.name=amazon-video-games";
constexpr const char* other_elsewhere = "world.name=youtube";

bool is_on(const Platform& platform, const std::string& set) {
  return std::find(platform.sets.begin(), platform.sets.end(), set) != platform.sets.end();
}

/// The same platform with another world's people and genres.
Platform another_world(const Platform& platform) {
  return platform.with({is_on(platform, elsewhere) ? other_elsewhere : elsewhere});
}

}  // namespace

Arm random_arm(const Platform& platform) {
  return {.platform = platform, .policy = "random"};
}
Arm history_arm(const Platform& platform) {
  return {.platform = platform, .policy = "most-history-click"};
}
Arm water_filling_arm(const Platform& platform) {
  return {.platform = platform, .policy = "water-filling"};
}
Arm cold_arm(const Platform& platform) {
  return {.platform = platform, .policy = "lore-d"};
}
Arm warm_arm(const Platform& platform) {
  return {
      .platform = platform,
      .policy = "lore-d",
      .lesson = Lesson{.platform = another_world(platform), .policy = "lore-d", .copies = 4, .rounds = 300}};
}

std::string name_of(const Arm& arm) {
  const auto name = code(arm.policy);
  if (!arm.lesson) return arm.policy == "oracle" ? name + " (uses the truth)" : name;
  return name + ", trained elsewhere";
}

std::vector<Player> players(const Platform& platform) {
  std::vector<Player> all;
  for (const char* policy : {"silent", "random", "most-click", "most-history-click", "water-filling"})
    all.push_back({code(policy), {.platform = platform, .policy = policy}});
  // The released widths draw the same clicks (section 3 has them) and take 60 times as long.
  all.push_back({"`lore`, layers 256, 256",
                 {.platform = platform.with({"policy.lore.preset=compact"}), .policy = "lore"}});
  all.push_back({code("lore-d"), cold_arm(platform)});
  all.push_back({name_of(warm_arm(platform)), warm_arm(platform)});
  const Arm oracle{.platform = platform, .policy = "oracle"};
  all.push_back({name_of(oracle), oracle});
  return all;
}

std::vector<Arm> baselines(const Platform& platform) {
  return {{.platform = platform, .policy = "silent"},
          random_arm(platform),
          history_arm(platform),
          water_filling_arm(platform)};
}

std::vector<Arm> arms_of(const std::vector<Player>& players) {
  std::vector<Arm> arms;
  for (const auto& player : players) arms.push_back(player.arm);
  return arms;
}

std::string policy_table(const Lab& lab, const Platform& platform) {
  const Arm random = random_arm(platform);
  const Arm best = best_of(lab, baselines(platform));
  MarkdownTable table({"policy", "clicks per round", "last 50 rounds", "less random",
                       "less " + code(best.policy), "diversity, bits", "active creators"});
  for (const auto& [name, arm] : players(platform)) {
    const auto less = [&, &arm = arm](const Arm& other) {
      return arm.key() == other.key() ? std::string("0") : signed_with_range(gain(lab, arm, other));
    };
    table.add({name, with_range(interval_of(clicks(lab, arm))),
               with_range(interval_of(last_clicks(lab, arm))), less(random), less(best),
               with_range(interval_of(values(lab, arm, Metric::content_diversity_bits, all_rounds)), 2),
               with_range(interval_of(values(lab, arm, Metric::active_creators, all_rounds)))});
  }
  return table.text();
}

}  // namespace perennial::studies
