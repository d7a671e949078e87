#include "simulate/simulation.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "people/creators/creator_models.h"
#include "people/users/user_models.h"
#include "platform/incentive/incentives.h"
#include "platform/recommend/recommenders.h"
#include "platform/rerank/rerankers.h"
#include "platform/suggest/saved_policy.h"
#include "platform/suggest/suggestion_policies.h"
#include "simulate/measure.h"
#include "simulate/population.h"
#include "simulate/prepare.h"
#include "simulate/round.h"

namespace perennial {
namespace {

template <class Interface>
std::unique_ptr<Interface> make_player(std::span<const Plugin<Interface>> list, const std::string& kind,
                                       const Slot& slot) {
  auto player = find_plugin(list, kind, slot.name).make();
  const auto fields = player->fields();
  for (const auto& [key, value] : slot.settings) fields.set(kind, key, value);
  return player;
}

/// All players but the policy, which is made for the platform as it is before round 1.
Players make_players(const SimulationOptions& options) {
  return {.users = make_player(user_models(), "user_model", options.user_model),
          .creators = make_player(creator_models(), "creator_model", options.creator_model),
          .recommender = make_player(recommenders(), "recommender", options.recommender),
          .reranker = options.reranker.name == "none"
                          ? nullptr
                          : make_player(rerankers(), "reranker", options.reranker),
          .incentive = make_player(incentives(), "incentive", options.incentive),
          .policy = nullptr,
          .policy_uses_truth = false};
}

PlatformShape shape_of(const SimulationOptions& options, const World& world, std::uint64_t seed) {
  return {.users = world.users.size(),
          .creators = world.creators.size(),
          .genres = world.genres.size(),
          .slate = static_cast<std::size_t>(options.platform.slate),
          .recency = static_cast<std::uint32_t>(options.platform.recency),
          .seed = seed};
}

UserStates first_users(const World& world, const ArrivalOptions& arrival) {
  UserStates users;
  users.base_activity = arrival.source == "world" ? world.users.activity
                                                  : std::vector<double>(world.users.size(), arrival.users);
  users.activity = users.base_activity;
  users.satisfaction.assign(world.users.size(), 0.5);
  return users;
}

/// Counts before round 1: past clicks, each with its first negative only. One in two clicked is near what slates get; all
/// ten negatives, right for training, would make every known genre look worse than an unknown one.
PlatformTables first_tables(std::size_t users, std::size_t genres, std::span<const PastInteraction> past) {
  PlatformTables tables;
  tables.genres = genres;
  tables.user_genre.resize(users * genres);
  tables.genre.resize(genres);
  tables.recent_clicks.resize(genres);
  tables.made.resize(genres);
  bool after_click = false;
  for (const auto& row : past) {
    if (row.clicked || after_click) tables.of(row.user, row.genre).add(row.clicked);
    after_click = row.clicked;
  }
  return tables;
}

/// How many of its latest items a creator and the rules about it may look back on.
std::size_t memory_of(const SimulationOptions& options, const CreatorModel& creators) {
  return std::max({std::size_t{10}, static_cast<std::size_t>(options.leaving.after), creators.memory()});
}

}  // namespace

std::unique_ptr<SuggestionPolicy> policy_for(const SimulationOptions& options, const World& world,
                                             const std::string& policy, std::uint64_t seed) {
  const auto name = parse_policy_name(policy);
  std::vector<std::pair<std::string, FieldValue>> settings;
  for (const auto& slot : options.policies) {
    if (slot.name == name.policy) settings = slot.settings;
  }
  return make_policy(name, settings, shape_of(options, world, seed), world.genres);
}

Simulation::Simulation(const SimulationOptions& options, World world, const std::string& policy,
                       std::uint64_t seed, Resources resources)
    : options_(options), resources_(resources), players_(make_players(options)) {
  validate(world);
  if (options_.homes.source == "popular") concentrate_homes(world, options_.homes.shares, seed);
  auto& e = ecosystem_;
  e.seed = seed;
  e.world = std::move(world);
  const std::size_t users = e.world.users.size(), genres = e.world.genres.size();
  const auto past = past_interactions(e.world, options_.past, seed);
  e.users = first_users(e.world, options_.arrival);
  e.tables = first_tables(users, genres, past);
  e.records = CreatorRecords(genres, memory_of(options_, *players_.creators));
  e.shown = ShownItems(users, static_cast<std::size_t>(std::max<std::int64_t>(1, options_.platform.recency) *
                                                       options_.platform.slate));
  e.trust_predictor = options_.trust_predictor;
  e.trust_predictor.start(seed);
  e.visible = options_.response.visible(Draws(seed, Purpose::sensitivity), e.world.creators);
  for (std::size_t c = 0; c < e.world.creators.size(); ++c) {
    add_creator(e, options_, static_cast<CreatorId>(c), 0);
  }
  e.trust_predictor.grow(e.creators.size());
  players_.users->start(e.world.users, genres);
  players_.creators->start(e.records, seed);
  players_.recommender->start(e.world, past, seed);
  players_.incentive->start(users);
  if (!players_.incentive->weights().empty()) e.perceived = PerceivedClicks::by_weight(genres);
  set_policy(policy, seed);
}

void Simulation::set_policy(const std::string& policy, std::uint64_t seed) {
  players_.policy = policy_for(options_, ecosystem_.world, policy, seed);
  players_.policy_uses_truth =
      find_plugin(suggestion_policies(), "policy", parse_policy_name(policy).policy).uses_truth;
}

Stage Simulation::stage() {
  return {options_, players_, ecosystem_, resources_};
}

RoundMetrics Simulation::play_round() {
  begin_round();
  return finish_round();
}

std::span<GenreId> Simulation::begin_round() {
  check(!begun_, "a round is finished before the next begins");
  Stage stage = this->stage();
  play_to_suggestions(stage, seconds_);
  begun_ = true;
  return ecosystem_.log.suggested;
}

void Simulation::with_request(const std::function<void(const SuggestionRequest&)>& use) {
  check(begun_, "a request is that of a round that has begun");
  Stage stage = this->stage();
  perennial::with_request(stage, use);
}

void Simulation::reseed(std::uint64_t seed) {
  if (seed == ecosystem_.seed) return;
  ecosystem_.seed = seed;
  Stage stage = this->stage();
  if (begun_) users_arrive(stage);
}

RoundMetrics Simulation::finish_round() {
  check(begun_, "a round begins before it is finished");
  Stage stage = this->stage();
  const auto clicks_before = ecosystem_.cumulative_clicks;
  play_from_suggestions(stage, seconds_);
  begun_ = false;
  const auto clicks = static_cast<double>(ecosystem_.cumulative_clicks - clicks_before);
  ecosystem_.discounted_value += std::pow(options_.platform.discount, ecosystem_.round - 1.0) * clicks;
  return measure(ecosystem_);
}

std::vector<CreatorOutcome> Simulation::outcomes() const {
  const auto& e = ecosystem_;
  std::vector<CreatorOutcome> outcomes;
  for (std::size_t c = 0; c < e.creators.size(); ++c) {
    const auto creator = static_cast<CreatorId>(c);
    std::uint32_t genres = 0;
    for (std::size_t g = 0; g < e.records.genres(); ++g)
      genres += e.records.made(creator, static_cast<GenreId>(g)) > 0 ? 1 : 0;
    outcomes.push_back({.creator = creator,
                        .joined = e.creators.joined[c],
                        .left = e.creators.left[c],
                        .items = e.records.items_made(creator),
                        .genres = genres,
                        .impressions = e.tables.creator[c].shown,
                        .clicks = e.tables.creator[c].clicked,
                        .trust = e.creators.trust[c],
                        .predicted_trust = e.trust_predictor.predicted()[c]});
  }
  return outcomes;
}

void Simulation::persist_all_but_policy(Archive& archive) {
  if (archive.reading()) begun_ = false;
  check(!begun_, "a round is finished before it is saved");
  ecosystem_.persist(archive);
  archive.section("users");
  players_.users->persist(archive);
  archive.section("creators");
  players_.creators->persist(archive);
  archive.section("recommender");
  players_.recommender->persist(archive);
  archive.section("incentive");
  players_.incentive->persist(archive);
}

void Simulation::persist(Archive& archive) {
  persist_all_but_policy(archive);
  archive.section("policy");
  players_.policy->persist(archive);
}

std::vector<std::byte> Simulation::platform() {
  Archive saved;
  persist_all_but_policy(saved);
  return saved.bytes();
}

void Simulation::fork_from(const std::vector<std::byte>& platform) {
  Archive restored(platform);
  persist_all_but_policy(restored);
}

void Simulation::fork_from(Simulation& parent) {
  fork_from(parent.platform());
}

void Simulation::set_boosts(CreatorBoosts boosts) {
  check(boosts.empty() || players_.reranker != nullptr, "boosts need a re-ranker");
  ecosystem_.boosts = std::move(boosts);
}

}  // namespace perennial
