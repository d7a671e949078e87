#include "cli/plan_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/error.h"

namespace perennial {

void PlanFlags::add_key(CLI::App& command, const std::string& flag, const std::string& key,
                        const std::string& help) {
  command.add_option_function<std::string>(
      flag,
      [this, flag, key](const std::string& typed) {
        given.push_back({flag, key, parse_field_value(typed)});
      },
      fmt::format("{} ({})", help, key));
}

void PlanFlags::add_to(CLI::App& command) {
  command.add_option(
      "--setting", setting,
      "what the platform is like: open, lockin, craft, craft-open, scarce, responsive, sparse, sparse-lockin "
      "(default lockin)");
  add_key(command, "--world", "world.name",
          "a built-in world, a generator file or an imported world's folder");
  add_key(command, "--users", "world.users", "users drawn from the world");
  add_key(command, "--creators", "world.creators", "creators drawn from the world");
  add_key(command, "--recommender", "recommender.name",
          "the ranker: random, popularity, content, mf, bpr, din");
  add_key(command, "--reranker", "reranker.name",
          "who has the last word on slates: none, p-mmf, fairrec, mmr, .. (default none)");
  add_key(command, "--incentive", "incentive.name",
          "what clicks are worth to creators: none (all the same), reweight (more from under-served users)");
  add_key(command, "--creator-model", "creator_model.name",
          "how creators decide: bounded, cfd, lbr, simuline, .., or llm, a language model");
  add_key(command, "--user-model", "user_model.name", "how users decide: interest, or llm, a language model");
  add_key(command, "--slate", "platform.slate", "items shown per visit");
  add_key(command, "--rounds", "run.rounds", "rounds to play");
  command
      .add_option("--set", sets, "any other key, as in --set trust.mean=0.8 (perennial settings lists them)")
      ->take_all()
      ->allow_extra_args(false);
  command.add_option("--config", config, "a TOML file of keys, such as the config.toml of an earlier run");
}

std::vector<Given> PlanFlags::keys() const {
  std::vector<Given> all;
  for (const auto& set : sets) {
    const auto equals = set.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("--set {}: must be key=value, as in --set trust.mean=0.8", set));
    }
    all.push_back({"--set", set.substr(0, equals), parse_field_value(set.substr(equals + 1))});
  }
  all.insert(all.end(), given.begin(), given.end());
  return all;
}

Plan PlanFlags::plan(const std::vector<Given>& defaults) const {
  return make_plan(setting, config, keys(), defaults);
}

}  // namespace perennial
