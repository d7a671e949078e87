#include "report/summary.h"

#include <string>

#include "report/answers.h"
#include "report/summary_json.h"
#include "study/interval.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t last_rounds = 50;

std::string key_of(Metric metric) {
  if (metric == Metric::clicks) return "clicks_per_round";
  if (metric == Metric::impressions) return "impressions_per_round";
  return std::string(name_of(metric));
}

Json versus_json(const Comparison& comparison, const ComparedPolicy& policy) {
  Json versus = Json::object();
  for (const char* name : {"silent", "random"}) {
    const ComparedPolicy* base = find_policy(comparison, name);
    if (base == nullptr || base == &policy) continue;
    versus[name] = {
        {"clicks_per_round",
         difference_json(seed_values(policy, Metric::clicks), seed_values(*base, Metric::clicks))},
        {"last50_clicks_per_round", difference_json(seed_values(policy, Metric::clicks, last_rounds),
                                                    seed_values(*base, Metric::clicks, last_rounds))}};
  }
  return versus;
}

Json phases_json(const ComparedPolicy& policy) {
  Json phases;
  for (std::size_t phase = 0; phase < phase_count; ++phase) {
    double seconds = 0;
    for (const RunResult& run : policy.runs) seconds += run.seconds[phase];
    phases[std::string(name_of(static_cast<Phase>(phase)))] = seconds;
  }
  return phases;
}

Json policy_json(const Comparison& comparison, const ComparedPolicy& policy) {
  Json json{{"name", policy.name}, {"summary", policy.summary}, {"uses_truth", policy.uses_truth}};
  for (std::size_t i = 0; i < metric_count; ++i) {
    const auto metric = static_cast<Metric>(i);
    json[key_of(metric)] = interval_json(interval_of(seed_values(policy, metric)));
    if (metric == Metric::clicks) {
      json["last50_clicks_per_round"] = interval_json(interval_of(seed_values(policy, metric, last_rounds)));
    }
  }
  json["versus"] = versus_json(comparison, policy);
  json["train_seconds_per_round"] = train_seconds_json(policy);
  json["rounds_to_converge"] = convergence_json(policy);
  json["answers"] = answers_json(policy);
  json["seconds_by_phase"] = phases_json(policy);
  return json;
}

}  // namespace

nlohmann::ordered_json summary_of(const Comparison& comparison) {
  Json json{{"command", comparison.command},       {"world", comparison.world},
            {"setting", comparison.setting},       {"rounds", comparison.rounds},
            {"seeds", comparison.seeds},           {"recommender", comparison.recommender},
            {"reranker", comparison.reranker},     {"incentive", comparison.incentive},
            {"user_model", comparison.user_model}, {"creator_model", comparison.creator_model},
            {"users", comparison.users},           {"creators", comparison.creators},
            {"slate", comparison.slate},           {"genres", comparison.genres}};
  json["policies"] = Json::array();
  for (const ComparedPolicy& policy : comparison.policies)
    json["policies"].push_back(policy_json(comparison, policy));
  json["impressions"] = comparison.impressions;
  json["impressions_per_second"] =
      comparison.cpu_seconds > 0 ? static_cast<double>(comparison.impressions) / comparison.cpu_seconds : 0;
  json["cpu_seconds"] = comparison.cpu_seconds;
  json["wall_seconds"] = comparison.wall_seconds;
  json["result_hash"] = comparison.result_hash;
  json["settings"] = settings_json(comparison);
  return json;
}

}  // namespace perennial
