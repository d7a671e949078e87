// Net training time of learned suggestion policies: forward, backward and step, no simulation. One iteration is as many
// rounds as lie between two updates; ms_per_round is what the platform waits for, per round.

#include <benchmark/benchmark.h>

#include <chrono>
#include <string>
#include <vector>

#include "platform/suggest/suggestion_policies.h"

namespace perennial {
namespace {

constexpr std::size_t genres = 15;
constexpr std::uint32_t rounds = 20;

/// A platform where half of the creators make something each round, as they are told or their first genre, and users click by
/// chance: enough to learn from, and nothing to wait for.
struct BusyPlatform {
  explicit BusyPlatform(std::size_t creator_count) : creators(creator_count), trust(creator_count, 0.5) {
    tables.genres = genres;
    tables.user_genre.resize(users * genres);
    tables.genre.resize(genres);
    tables.recent_clicks.resize(genres);
    tables.made.resize(genres);
    tables.creator.resize(creators);
    for (CreatorId c = 0; c < creators; ++c) {
      const GenreCount home{static_cast<GenreId>(c % genres), 3};
      records.add_creator({&home, 1});
    }
  }

  PlatformShape shape() const {
    return {.users = users, .creators = creators, .genres = genres, .slate = slate, .recency = 4, .seed = 1};
  }

  void suggest(SuggestionPolicy& policy, Workers& workers) {
    ++round;
    log = {};
    log.round = round;
    for (CreatorId c = 0; c < creators; ++c) {
      if (Draws(1, Purpose::creator_arrival, round).coin(0.5, c)) log.active_creators.push_back(c);
    }
    log.suggested.assign(log.active_creators.size(), no_genre);
    policy.suggest({.round = round,
                    .creators = log.active_creators,
                    .records = records,
                    .items = items,
                    .tables = tables,
                    .predicted_trust = trust,
                    .truth = nullptr,
                    .draws = Draws(1, Purpose::suggestion, round),
                    .workers = workers},
                   log.suggested);
  }

  void make_items() {
    for (std::size_t i = 0; i < log.active_creators.size(); ++i) {
      const CreatorId c = log.active_creators[i];
      const bool follows = log.suggested[i] != no_genre && Draws(1, Purpose::follow, round).coin(trust[c], c);
      const GenreId genre = follows ? log.suggested[i] : records.last_genre(c);
      log.followed.push_back(follows ? 1 : 0);
      log.made.push_back(static_cast<ItemId>(items.size()));
      records.made_item(c, log.made.back(), genre);
      items.add(c, genre, round);
    }
  }

  void click() {
    const Draws draws(1, Purpose::click, round);
    log.shown.reset(users, slate);
    log.clicked.assign(users * slate, 0);
    log.next_best.assign(users, no_item);
    log.next_best_score.assign(users, 0);
    for (UserId u = 0; u < users; ++u) {
      log.active_users.push_back(u);
      for (std::uint32_t place = 0; place < slate && !log.made.empty(); ++place) {
        const ItemId item = log.made[draws.below(static_cast<std::uint32_t>(log.made.size()), u, place, 1)];
        log.shown.row(u)[place] = item;
        log.clicked[u * slate + place] = draws.coin(0.2 + 0.04 * items.genre[item], u, place) ? 1 : 0;
      }
    }
    tables.account(log, items);
  }

  static constexpr std::size_t users = 1000, slate = 5;
  std::size_t creators;
  std::vector<double> trust;
  CreatorRecords records{genres, 10};
  Items items;
  PlatformTables tables;
  RoundLog log;
  std::uint32_t round = 0;
};

/// ranges: creators, threads.
void BM_Train(benchmark::State& state, const std::string& name,
              const std::vector<std::pair<std::string, FieldValue>>& settings) {
  BusyPlatform platform(static_cast<std::size_t>(state.range(0)));
  Workers workers(static_cast<std::size_t>(state.range(1)));
  const auto policy = find_plugin(suggestion_policies(), "policy", name).make();
  for (const auto& [key, value] : settings) policy->fields().set(name, key, value);
  policy->start(platform.shape());
  policy->learned()->update_alone(false);
  LearnedPolicy* const self = policy->learned();
  double seconds = 0, played = 0;
  for (auto _ : state) {
    for (std::uint32_t r = 0; r < rounds; ++r) {
      platform.suggest(*policy, workers);
      platform.make_items();
      platform.click();
      policy->learn(platform.log, platform.items, platform.tables, workers);
      ++played;
      if (!self->update_due()) continue;
      const auto begin = std::chrono::steady_clock::now();
      self->update({&self, 1}, workers);
      seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
  }
  state.counters["ms_per_round"] = 1e3 * seconds / played;
  state.counters["cpu_ms_per_round"] = 1e3 * self->progress().seconds / played;
}

using Settings = std::vector<std::pair<std::string, FieldValue>>;
const Settings compact = {{"preset", "compact"}, {"warm_up", std::int64_t{0}}};
const Settings released = {{"preset", "paper"}, {"warm_up", std::int64_t{0}}};

BENCHMARK_CAPTURE(BM_Train, lore_d, "lore-d", Settings{})
    ->ArgsProduct({{50, 200, 1000, 10000}, {1, 2}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Train, lore_256_256, "lore", compact)
    ->ArgsProduct({{50, 200, 1000}, {1, 2}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Train, lore_as_released, "lore", released)
    ->Args({50, 2})
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace
}  // namespace perennial
