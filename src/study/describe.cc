#include "study/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "io/hash.h"
#include "platform/suggest/saved_policy.h"
#include "platform/suggest/suggestion_policies.h"

namespace perennial {
namespace {

ComparedPolicy describe_policy(const std::string& name) {
  const auto parsed = parse_policy_name(name);
  const auto& plugin = find_plugin(suggestion_policies(), "policy", parsed.policy);
  std::string summary = plugin.summary;
  if (!parsed.folder.empty()) {
    summary += fmt::format("; trained before ({}), {}", parsed.folder.string(),
                           parsed.frozen ? "played as it is" : "learning on");
  }
  return {.name = name, .summary = std::move(summary), .uses_truth = plugin.uses_truth, .runs = {}};
}

/// "lore-d@trained" for "lore-d@../last/week/trained"; the name itself where there is no folder.
std::string short_name(const std::string& name) {
  const auto parsed = parse_policy_name(name);
  if (parsed.folder.empty()) return name;
  const auto folder = (parsed.folder / "").parent_path().filename();
  return fmt::format("{}@{}{}", parsed.policy, folder.string(), parsed.frozen ? ":frozen" : "");
}

/// Short names where they tell the policies apart.
void label_policies(std::vector<ComparedPolicy>& policies) {
  std::vector<std::string> labels;
  labels.reserve(policies.size());
  for (const auto& policy : policies) labels.push_back(short_name(policy.name));
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (std::ranges::count(labels, labels[i]) == 1) policies[i].label = labels[i];
  }
}

}  // namespace

std::string result_hash(const std::vector<ComparedPolicy>& policies) {
  std::uint64_t hash = 0;
  const auto add = [&](const auto& value) { hash = hash_bytes(std::as_bytes(std::span(&value, 1)), hash); };
  for (const auto& policy : policies) {
    for (const auto& run : policy.runs) {
      for (const auto& round : run.rounds) add(round);
      for (const auto& c : run.creators) {
        add(std::array<std::uint64_t, 6>{c.creator, c.joined, c.left, c.items, c.impressions, c.clicks});
        add(c.trust);
      }
    }
  }
  return hash_text(hash);
}

Comparison describe_comparison(const Plan& plan, const World& world) {
  const auto& simulation = plan.simulation;
  Comparison c;
  c.world = world.name;
  c.setting = simulation.setting;
  c.recommender = simulation.recommender.name;
  c.reranker = simulation.reranker.name;
  c.incentive = simulation.incentive.name;
  c.user_model = simulation.user_model.name;
  c.creator_model = simulation.creator_model.name;
  c.users = world.users.size();
  c.creators = world.creators.size();
  c.slate = static_cast<std::size_t>(simulation.platform.slate);
  c.genres = world.genres;
  c.rounds = static_cast<std::uint32_t>(plan.rounds);
  c.seeds = plan.seed_list();
  for (const auto& [key, value, help] : effective(simulation)) c.settings.emplace_back(key, to_toml(value));
  for (const auto& name : plan.policy_names()) c.policies.push_back(describe_policy(name));
  label_policies(c.policies);
  return c;
}

void total_up(Comparison& c) {
  for (const auto& policy : c.policies) {
    for (const auto& run : policy.runs) {
      c.cpu_seconds += std::accumulate(run.seconds.begin(), run.seconds.end(), 0.0);
      for (const auto& round : run.rounds)
        c.impressions += static_cast<std::uint64_t>(at(round, Metric::impressions));
    }
  }
  c.result_hash = result_hash(c.policies);
}

}  // namespace perennial
