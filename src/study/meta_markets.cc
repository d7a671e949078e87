#include "study/meta_markets.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

#include "base/error.h"
#include "base/interrupt.h"
#include "study/creator_panel.h"
#include "study/experiment_designs.h"
#include "study/plan.h"
#include "study/platform_forks.h"

namespace perennial {
namespace {

/// One market after the experiment.
struct Market {
  CreatorTable table;
  std::vector<double> expected_posts, untouched_posts, untouched_exposure, sensitivity;
};

Plan plan_of(const MetaExampleOptions& options) {
  Plan plan = make_plan("responsive", {}, {});
  auto& simulation = plan.simulation;
  simulation.users = options.users;
  simulation.creators = options.creators;
  if (simulation.recommender.name != options.recommender) simulation.recommender = {options.recommender, {}};
  simulation.reranker = {"boost", {{"shortlist", plan.experiment.shortlist}}};
  return plan;
}

CreatorLogs warm_up(Simulation& simulation, std::int64_t rounds) {
  CreatorLogs logs(simulation.ecosystem().records);
  for (std::int64_t round = 0; round < rounds; ++round) {
    simulation.play_round();
    const Ecosystem& e = simulation.ecosystem();
    logs.before.add(e.log, e.items);
    if (round >= rounds - std::max<std::int64_t>(1, rounds / 4)) logs.just_before.add(e.log, e.items);
    if (interrupt_requested()) throw Error(ErrorCode::interrupted, "stopped");
  }
  return logs;
}

Market play_market(const MetaExampleOptions& options, const Plan& plan, const WorldSource& source,
                   std::size_t number, Workers& workers) {
  const std::uint64_t seed = options.seed * 1'000'003 + number;
  const World world = first_world(plan, source, seed);
  Simulation platform(plan.simulation, world, "silent", seed, workers);
  const CreatorLogs logs = warm_up(platform, options.warm_up);
  const auto treated = assign(Design::creators, 0.5, logs.homes, fmt::format("meta-{}", seed));
  PlatformForks forks(plan.simulation, world, seed, platform.platform(), workers);
  const auto rounds = static_cast<std::uint32_t>(options.rounds);
  const std::uint64_t future = seed + 500'000'003;
  const auto with = forks.play({.future = future,
                                .boosts = experiment_boosts(Design::creators, treated, options.multiplier),
                                .rounds = rounds});
  const auto without = forks.play({.future = future, .boosts = {}, .rounds = rounds});
  return {.table = creator_panel(logs, with.counts, treated, world.genres),
          .expected_posts = with.expected_posts,
          .untouched_posts = without.expected_posts,
          .untouched_exposure = without.counts.impressions,
          .sensitivity = platform.ecosystem().creators.sensitivity};
}

/// The markets' tables below each other, categories by name.
class Pool {
 public:
  explicit Pool(const FeatureSchema& schema) {
    pooled_.table.schema = schema;
    pooled_.table.features.emplace(std::filesystem::temp_directory_path(), schema.size());
    for (std::size_t f = 0; f < schema.size(); ++f) {
      pooled_.table.schema.features[f].categories.clear();
      if (schema.features[f].kind == FeatureKind::categorical) categorical_.push_back(f);
    }
    codes_.resize(schema.size());
  }

  void add(const Market& market, std::size_t number) {
    auto& to = pooled_.table;
    const auto& from = market.table;
    for (std::size_t c = 0; c < from.size(); ++c) to.ids.add(fmt::format("m{}-{}", number, from.ids[c]));
    to.arms.insert(to.arms.end(), from.arms.begin(), from.arms.end());
    add_values(to.outcomes, from.outcomes);
    add_values(to.pre_outcomes, from.pre_outcomes);
    add_features(from);
    append(pooled_.expected_posts, market.expected_posts);
    append(pooled_.untouched_posts, market.untouched_posts);
    append(pooled_.untouched_exposure, market.untouched_exposure);
    append(pooled_.sensitivity, market.sensitivity);
  }

  MetaMarkets take() { return std::move(pooled_); }

 private:
  static void append(std::vector<double>& to, const std::vector<double>& from) {
    to.insert(to.end(), from.begin(), from.end());
  }

  static void add_values(std::vector<NamedValues>& to, const std::vector<NamedValues>& from) {
    if (to.empty()) {
      for (const auto& one : from) to.push_back({one.name, {}});
    }
    for (std::size_t i = 0; i < from.size(); ++i) append(to[i].values, from[i].values);
  }

  void add_features(const CreatorTable& from) {
    const std::size_t columns = from.schema.size();
    std::vector<float> rows(from.size() * columns);
    from.features->read(0, rows);
    for (const std::size_t f : categorical_) {
      auto& names = pooled_.table.schema.features[f].categories;
      std::vector<float> code;
      for (const auto& name : from.schema.features[f].categories) {
        const auto [place, fresh] = codes_[f].try_emplace(name, names.size());
        if (fresh) names.push_back(name);
        code.push_back(static_cast<float>(place->second));
      }
      for (std::size_t i = f; i < rows.size(); i += columns)
        rows[i] = code.at(static_cast<std::size_t>(rows[i]));
    }
    pooled_.table.features->append(rows);
  }

  MetaMarkets pooled_;
  std::vector<std::size_t> categorical_;
  std::vector<std::map<std::string, std::size_t>> codes_;  // by feature
};

}  // namespace

MetaMarkets play_markets(const MetaExampleOptions& options, const MetaExampleControl& control) {
  const Plan plan = plan_of(options);
  const auto source = open_world(plan.simulation.world);
  Workers workers(control.threads);
  std::vector<std::optional<Market>> markets(static_cast<std::size_t>(options.markets));
  workers.for_blocks(markets.size(), 1, [&](std::size_t number, std::size_t) {
    markets[number] = play_market(options, plan, source, number, workers);
    if (control.advances) control.advances(1);
  });
  Pool pool(markets.front()->table.schema);
  for (std::size_t number = 0; number < markets.size(); ++number) pool.add(*markets[number], number);
  return pool.take();
}

}  // namespace perennial
