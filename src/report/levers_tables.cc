#include <cstdint>

#include "report/levers_summary.h"

namespace perennial {
namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;
using Texts = std::vector<std::string>;

/// Calls take(environment, seed, number of the path) for every path played, in the order of the rows.
template <class Take>
void for_each_path(const LeversStudy& study, Take take) {
  for (const auto& environment : study.environments) {
    for (const auto& seed : environment.seeds) {
      for (std::size_t p = 0; p < seed.paths.size(); ++p) take(environment, seed, p);
    }
  }
}

/// A column of one number of every experiment.
template <class Of>
Reals experiments(const LeversStudy& study, Of of) {
  Reals values;
  for (const auto& environment : study.environments) {
    for (const auto& seed : environment.seeds) values.push_back(of(seed.experiment));
  }
  return values;
}

}  // namespace

Table lever_paths_table(const LeversStudy& study) {
  Texts environments, paths;
  Integers seeds;
  std::vector<Reals> measures(lever_measure_count);
  for_each_path(study, [&](const auto& environment, const auto& seed, std::size_t p) {
    environments.push_back(environment.name);
    seeds.push_back(static_cast<std::int64_t>(seed.seed));
    paths.emplace_back(lever_paths[p].name);
    for (std::size_t m = 0; m < lever_measure_count; ++m) measures[m].push_back(seed.paths[p].measures[m]);
  });
  Table table;
  table.add("environment", std::move(environments))
      .add("seed", std::move(seeds))
      .add("path", std::move(paths));
  for (std::size_t m = 0; m < lever_measure_count; ++m)
    table.add(std::string(name_of(static_cast<LeverMeasure>(m))), std::move(measures[m]));
  return table;
}

Table lever_rounds_table(const LeversStudy& study) {
  Texts environments, paths;
  Integers seeds, rounds;
  Reals clicks, posts;
  for_each_path(study, [&](const auto& environment, const auto& seed, std::size_t p) {
    const auto& path = seed.paths[p];
    for (std::size_t round = 0; round < path.clicks.size(); ++round) {
      environments.push_back(environment.name);
      seeds.push_back(static_cast<std::int64_t>(seed.seed));
      paths.emplace_back(lever_paths[p].name);
      rounds.push_back(static_cast<std::int64_t>(seed.clicks_before.size() + round + 1));
      clicks.push_back(path.clicks[round]);
      posts.push_back(path.posts[round]);
    }
  });
  Table table;
  table.add("environment", std::move(environments))
      .add("seed", std::move(seeds))
      .add("path", std::move(paths))
      .add("round", std::move(rounds))
      .add("clicks", std::move(clicks))
      .add("posts", std::move(posts));
  return table;
}

Table lever_experiments_table(const LeversStudy& study) {
  Texts environments;
  Integers seeds;
  for (const auto& environment : study.environments) {
    for (const auto& seed : environment.seeds) {
      environments.push_back(environment.name);
      seeds.push_back(static_cast<std::int64_t>(seed.seed));
    }
  }
  Table table;
  table.add("environment", std::move(environments)).add("seed", std::move(seeds));
  table.add("posts_effect", experiments(study, [](const auto& e) { return e.posts.mean; }))
      .add("posts_effect_se", experiments(study, [](const auto& e) { return e.posts.se; }))
      .add("clicks_effect", experiments(study, [](const auto& e) { return e.clicks.mean; }))
      .add("clicks_effect_se", experiments(study, [](const auto& e) { return e.clicks.se; }))
      .add("control_posts", experiments(study, [](const auto& e) { return e.control_posts; }))
      .add("cv", experiments(study, [](const auto& e) { return e.design.cv; }))
      .add("correlation", experiments(study, [](const auto& e) { return e.design.correlation; }))
      .add("score_spearman", experiments(study, [](const auto& e) { return e.spearman; }))
      .add("effect_spearman", experiments(study, [](const auto& e) { return e.effect_spearman; }));
  return table;
}

}  // namespace perennial
