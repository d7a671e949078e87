#include "study/training.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "base/error.h"
#include "study/describe.h"
#include "study/replay.h"

namespace perennial {
namespace {

/// The plan's one policy, which must be able to learn.
std::string policy_to_train(const Plan& plan) {
  const auto names = plan.policy_names();
  if (names.size() != 1) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("policies = \"{}\": one policy is trained at a time", plan.policies));
  }
  if (parse_policy_name(names.front()).frozen) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("policy '{}': a frozen policy does not learn; leave ':frozen' away", names.front()));
  }
  return names.front();
}

void copy_knowledge(LearnedPolicy& from, LearnedPolicy& to) {
  Archive knowledge;
  from.persist_knowledge(knowledge);
  Archive same(knowledge.bytes());
  to.persist_knowledge(same);
}

/// Gives every copy what the first one knows: each would begin with weights of its own seed.
void share_knowledge(const std::vector<LearnedPolicy*>& copies) {
  for (std::size_t i = 1; i < copies.size(); ++i) copy_knowledge(*copies.front(), *copies[i]);
}

constexpr std::array baselines = {"silent", "random"};

}  // namespace

Training::Training(const Plan& plan, const WorldSource& source, Workers& workers)
    : plan_(plan), workers_(&workers) {
  const auto name = policy_to_train(plan_);
  plan_.policies = fmt::format("{},{}", name, fmt::join(baselines, ","));
  const auto seeds = plan_.seed_list();
  first_world_ = first_world(plan_, source, seeds.front());
  if (!policy_for(plan_.simulation, first_world_, name, seeds.front())->learned()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("policy '{}': does not learn, so it cannot be trained", name));
  }
  for (const auto& policy : plan_.policy_names()) {
    for (const auto seed : seeds)
      runs_.emplace_back(plan_.simulation, first_world(plan_, source, seed), policy, seed, workers);
  }
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    copies_.push_back(runs_[i].policy().learned());
    copies_.back()->update_alone(false);
  }
  share_knowledge(copies_);
}

void Training::imitate(const PlatformLogs& logs) {
  const auto name = parse_policy_name(plan_.policy_names().front());
  auto shape = shape_of(logs);
  shape.seed = plan_.seed_list().front();
  if (copies_.front()->tied_to_platform() &&
      (logs.genres != first_world_.genres || shape.creators != first_world_.creators.size())) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format(
            "policy '{}': is tied to its {} creators and its genres ({}), so it cannot imitate logs of {} "
            "creators and {}",
            name.policy, first_world_.creators.size(), fmt::join(first_world_.genres, ", "), shape.creators,
            fmt::join(logs.genres, ", ")));
  }
  std::vector<std::pair<std::string, FieldValue>> settings;
  for (const auto& slot : plan_.simulation.policies) {
    if (slot.name == name.policy) settings = slot.settings;
  }
  const auto apprentice = make_policy(name, settings, shape, logs.genres);
  copy_knowledge(*copies_.front(), *apprentice->learned());
  imitate_logs(logs, plan_.simulation.trust_predictor, *apprentice, *workers_);
  copy_knowledge(*apprentice->learned(), *copies_.front());
  share_knowledge(copies_);
}

bool Training::play(std::uint32_t rounds, const std::function<bool()>& after_round) {
  while (round() < rounds) {
    play_round();
    if (!after_round()) break;
  }
  return round() >= rounds;
}

void Training::play_round() {
  const auto next = round() + 1;
  workers_->for_blocks(runs_.size(), 1,
                       [&](std::size_t i, std::size_t) { runs_[i].play(next, [] { return true; }); });
  if (copies_.front()->update_due()) copies_.front()->update(copies_, *workers_);
  const auto now = progress();
  rounds_.push_back({.clicks = latest_clicks(0),
                     .silent = latest_clicks(1),
                     .random = latest_clicks(2),
                     .policy_loss = now.policy_loss,
                     .entropy_nats = now.entropy_nats,
                     .clip_share = now.clip_share,
                     .explained_variance = now.explained_variance,
                     .updates = now.updates});
}

double Training::latest_clicks(std::size_t policy) const {
  double sum = 0;
  for (std::size_t i = 0; i < copies_.size(); ++i)
    sum += at(runs_[policy * copies_.size() + i].latest(), Metric::clicks);
  return sum / static_cast<double>(copies_.size());
}

SavedPolicy Training::policy() {
  auto& policy = runs_.front().policy();
  SavedPolicy saved{.policy = parse_policy_name(plan_.policy_names().front()).policy,
                    .settings = {},
                    .genres = first_world_.genres,
                    .creators = first_world_.creators.size(),
                    .knowledge = {}};
  for (const auto& field : policy.fields().all())
    saved.settings.emplace_back(field.name, Fields::value(field));
  Archive knowledge;
  copies_.front()->persist_knowledge(knowledge);
  saved.knowledge = knowledge.bytes();
  return saved;
}

Comparison Training::comparison() const {
  Comparison comparison = describe_comparison(plan_, first_world_);
  comparison.command = "train";
  comparison.rounds = round();
  for (std::size_t i = 0; i < runs_.size(); ++i)
    comparison.policies[i / copies_.size()].runs.push_back(runs_[i].result());
  total_up(comparison);
  if (!plan_.from_logs.empty())
    comparison.settings.emplace_back("train.from_logs", to_toml(FieldValue(plan_.from_logs)));
  comparison.cpu_seconds +=
      comparison.policies.front().runs.front().learning->train_seconds;  // outside any phase
  return comparison;
}

void Training::persist(Archive& archive) {
  auto copies = static_cast<std::uint64_t>(copies_.size());
  archive(copies);
  if (copies != copies_.size()) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("saved training: has {} copies, where {} are played", copies, copies_.size()));
  }
  archive(rounds_);
  for (auto& run : runs_) run.persist(archive);
}

}  // namespace perennial
