#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "base/check.h"
#include "base/plugins.h"
#include "people/creators/creator_models.h"
#include "people/users/user_models.h"
#include "platform/incentive/incentives.h"
#include "platform/recommend/recommenders.h"
#include "platform/suggest/click_rates.h"
#include "platform/suggest/difference_reward.h"
#include "simulate/round.h"
#include "simulate/simulation.h"

namespace perennial {

/// Click rates by which displaced items are judged: the platform's own estimates, as lore-d takes them, or the truth.
enum class Rates { estimated, true_ones };

/// Suggests what it is told, nothing to those it was told nothing for, and keeps the books of difference reward as lore-d
/// does, from the platform's logs.
class ToldPolicy final : public SuggestionPolicy {
 public:
  ToldPolicy(std::size_t users, std::uint32_t window) : users_(users), window_(window) {}

  Fields fields() override { return {}; }
  void start(const PlatformShape&) override {}
  void suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) override {
    const std::size_t genres = request.tables.genres;
    Decisions decisions;
    decisions.options = genres + 1;
    std::vector<std::uint8_t> practice;
    for (std::size_t i = 0; i < suggestions.size(); ++i) {
      const CreatorId creator = request.creators[i];
      const auto told = told_.find(creator);
      suggestions[i] = told == told_.end() ? no_genre : told->second;
      decisions.round.push_back(request.round);
      decisions.chosen.push_back(creator);  // to find it again: nobody learns from this
      decisions.log_probability.push_back(0);
      decisions.credit.push_back(0);
      decisions.weight.push_back(1);
      for (std::size_t g = 0; g < genres; ++g)
        practice.push_back(PracticeModel::class_of(request.records, creator, static_cast<GenreId>(g)));
    }
    if (request.truth) {
      rates_.assign(request.truth->click_probability.begin(), request.truth->click_probability.end());
    } else {
      rates_ = click_rates(request.tables, users_, 2, GenreRate::of_users);
    }
    reward_.open(request.round, std::move(decisions), std::move(practice));
  }
  void learn(const RoundLog& log, const Items& items, const PlatformTables& tables, Workers&) override {
    reward_.learn(log, items, tables, rates_, practice_);
    done_.clear();
    reward_.close(log.round, window_, done_);
  }
  void persist(Archive&) override {}

  void tell(std::map<CreatorId, GenreId> suggestions) { told_ = std::move(suggestions); }

  /// Credit of what was suggested to a creator in the round that closed last; it must have been active then.
  double credit(CreatorId creator) const {
    const auto at = std::find(done_.chosen.begin(), done_.chosen.end(), creator);
    check(at != done_.chosen.end(), "a creator whose credit is asked for was active");
    return double{done_.credit[static_cast<std::size_t>(at - done_.chosen.begin())]};
  }

 private:
  std::size_t users_;
  std::uint32_t window_;
  std::map<CreatorId, GenreId> told_;
  std::vector<double> rates_;
  DifferenceReward reward_;
  PracticeModel practice_;
  Decisions done_;
};

/// A simulated platform under a ToldPolicy. A copy of it is a fork that shares every coin. Creators and users must be of
/// models that keep nothing between rounds, the recommender `content`, the incentive `none`.
class ToldPlatform {
 public:
  ToldPlatform(const SimulationOptions& options, const World& world, std::uint32_t window, Rates rates,
               std::uint64_t seed)
      : options_(options), rates_(rates), policy_(world.users.size(), window) {
    Workers workers(1);
    ecosystem_ = Simulation(options, world, "silent", seed, workers).ecosystem();
  }

  /// Plays a round and returns its clicks.
  double play(const std::map<CreatorId, GenreId>& suggestions) {
    Workers workers(1);
    policy_.tell(suggestions);
    Players players{.users = made(user_models(), options_.user_model),
                    .creators = made(creator_models(), options_.creator_model),
                    .recommender = made(recommenders(), options_.recommender),
                    .incentive = made(incentives(), options_.incentive),
                    .policy = std::make_unique<ToldPolicy>(std::move(policy_)),
                    .policy_uses_truth = rates_ == Rates::true_ones};
    players.users->start(ecosystem_.world.users, ecosystem_.world.genres.size());
    players.creators->start(ecosystem_.records, ecosystem_.seed);
    players.recommender->start(ecosystem_.world, {}, ecosystem_.seed);
    const auto before = ecosystem_.cumulative_clicks;
    Stage stage{options_, players, ecosystem_, workers};
    std::array<double, phase_count> seconds{};
    perennial::play(stage, seconds);
    policy_ = std::move(dynamic_cast<ToldPolicy&>(*players.policy));
    return static_cast<double>(ecosystem_.cumulative_clicks - before);
  }

  /// How likely a creator is to create in the rounds that follow.
  void set_activity(CreatorId creator, double activity) { ecosystem_.creators.activity[creator] = activity; }

  const Ecosystem& ecosystem() const { return ecosystem_; }
  const ToldPolicy& policy() const { return policy_; }

 private:
  template <class Interface>
  static std::unique_ptr<Interface> made(std::span<const Plugin<Interface>> list, const Slot& slot) {
    auto player = find_plugin(list, "test", slot.name).make();
    const auto fields = player->fields();
    for (const auto& [key, value] : slot.settings) fields.set("test", key, value);
    return player;
  }

  SimulationOptions options_;
  Rates rates_;
  ToldPolicy policy_;
  Ecosystem ecosystem_;
};

}  // namespace perennial
