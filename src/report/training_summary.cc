#include "report/training_summary.h"

#include <algorithm>

#include "report/summary_json.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t few_rounds = 50;

template <class Value, class Field>
std::vector<Value> column(std::span<const TrainingRound> rounds, Field field) {
  std::vector<Value> values;
  for (const auto& round : rounds) values.push_back(static_cast<Value>(round.*field));
  return values;
}

/// The same policy as if its runs had ended early.
ComparedPolicy beginning_of(ComparedPolicy policy) {
  for (auto& run : policy.runs) run.rounds.resize(std::min(run.rounds.size(), few_rounds));
  return policy;
}

/// The copy that updates for all.
ComparedPolicy first_copy_of(const ComparedPolicy& policy) {
  return {.name = policy.name, .summary = {}, .uses_truth = false, .runs = {policy.runs.front()}};
}

/// Clicks per round and copy over the whole training, its first and its last rounds.
struct Stretches {
  std::vector<double> all, first, last;

  explicit Stretches(const ComparedPolicy& policy)
      : all(seed_values(policy, Metric::clicks)),
        first(seed_values(beginning_of(policy), Metric::clicks)),
        last(seed_values(policy, Metric::clicks, few_rounds)) {}
};

template <class Say>
void add_stretches(Json& json, Say say) {
  json["clicks_per_round"] = say(&Stretches::all);
  json["first50_clicks_per_round"] = say(&Stretches::first);
  json["last50_clicks_per_round"] = say(&Stretches::last);
}

Json versus_json(const Comparison& comparison, const Stretches& policy) {
  Json versus = Json::object();
  for (const char* name : {"silent", "random"}) {
    const Stretches base(*find_policy(comparison, name));
    versus[name] = Json::object();
    add_stretches(versus[name],
                  [&](auto stretch) { return difference_json(policy.*stretch, base.*stretch); });
  }
  return versus;
}

}  // namespace

Table training_table(std::span<const TrainingRound> rounds) {
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < rounds.size(); ++i) numbers.push_back(static_cast<std::int64_t>(i) + 1);
  Table table;
  table.add("round", std::move(numbers))
      .add("clicks", column<double>(rounds, &TrainingRound::clicks))
      .add("silent", column<double>(rounds, &TrainingRound::silent))
      .add("random", column<double>(rounds, &TrainingRound::random))
      .add("policy_loss", column<double>(rounds, &TrainingRound::policy_loss))
      .add("entropy_nats", column<double>(rounds, &TrainingRound::entropy_nats))
      .add("clip_share", column<double>(rounds, &TrainingRound::clip_share))
      .add("explained_variance", column<double>(rounds, &TrainingRound::explained_variance))
      .add("updates", column<std::int64_t>(rounds, &TrainingRound::updates));
  return table;
}

Json training_summary_of(const Comparison& comparison, std::span<const TrainingRound> rounds) {
  const ComparedPolicy& policy = comparison.policies.front();
  const auto name = parse_policy_name(policy.name);
  const TrainingRound& latest = rounds.back();
  Json json{{"command", comparison.command},
            {"policy", name.policy},
            {"warm_start", name.folder.empty() ? Json(nullptr) : Json(name.folder.string())},
            {"world", comparison.world},
            {"setting", comparison.setting},
            {"rounds", comparison.rounds},
            {"copies", comparison.seeds.size()},
            {"seeds", comparison.seeds},
            {"recommender", comparison.recommender},
            {"reranker", comparison.reranker},
            {"incentive", comparison.incentive},
            {"user_model", comparison.user_model},
            {"creator_model", comparison.creator_model},
            {"users", comparison.users},
            {"creators", comparison.creators},
            {"slate", comparison.slate},
            {"genres", comparison.genres}};
  const Stretches trained(policy);
  add_stretches(json, [&](auto stretch) { return interval_json(interval_of(trained.*stretch)); });
  json["versus"] = versus_json(comparison, trained);
  json["updates"] = latest.updates;
  json["policy_loss"] = latest.policy_loss;
  json["entropy_nats"] = latest.entropy_nats;
  json["clip_share"] = latest.clip_share;
  json["explained_variance"] = latest.explained_variance;
  const ComparedPolicy learner = first_copy_of(policy);
  json["rounds_to_converge"] = convergence_json(learner);
  json["train_seconds_per_round"] = train_seconds_json(learner);
  json["cpu_seconds"] = comparison.cpu_seconds;
  json["result_hash"] = comparison.result_hash;
  json["settings"] = settings_json(comparison);
  return json;
}

}  // namespace perennial
