#include "studies/arm.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/check.h"

namespace perennial::studies {
namespace {

std::string key_of(const Platform& platform) {
  return fmt::format("{} {}", platform.setting, fmt::join(platform.sets, " "));
}

Given given(const std::string& set) {
  const auto equals = set.find('=');
  check(equals != std::string::npos, "a platform's keys are changed by key=value");
  return {"results", set.substr(0, equals), parse_field_value(set.substr(equals + 1))};
}

}  // namespace

Platform Platform::with(const std::vector<std::string>& more) const {
  Platform changed = *this;
  changed.sets.insert(changed.sets.end(), more.begin(), more.end());
  return changed;
}

std::string Lesson::key() const {
  return fmt::format("{} | {} | {} x {}", key_of(platform), policy, copies, rounds);
}

std::string Arm::key() const {
  return fmt::format("{} | {} | {} x {} | {}{}", key_of(platform), policy, seeds, rounds,
                     lesson ? lesson->key() : "", frozen ? " frozen" : "");
}

Plan plan_of(const Platform& platform, const std::string& policy, std::int64_t seeds, std::int64_t rounds) {
  std::vector<Given> all;
  for (const auto& set : platform.sets) all.push_back(given(set));
  all.push_back({"results", "run.policies", policy});
  all.push_back({"results", "run.seeds", seeds});
  all.push_back({"results", "run.rounds", rounds});
  return make_plan(platform.setting, {}, all);
}

std::uint64_t cost_per_round(const Platform& platform, const std::string& policy) {
  std::uint64_t cost = 1, creators = 50, network = 40;
  for (const auto& set : platform.sets) {
    if (set == "recommender.name=mf") cost = 16;
    if (set.starts_with("world.creators=")) creators = std::stoul(set.substr(set.find('=') + 1));
    if (set.starts_with("policy.lore.hidden=")) network = 2;
  }
  return std::max<std::uint64_t>(1, (cost + (policy == "lore" ? 4 * network : 0)) * creators / 50);
}

}  // namespace perennial::studies
