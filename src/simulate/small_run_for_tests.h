#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "io/hash.h"
#include "simulate/simulation.h"

namespace perennial {

/// A world of a few people with nothing special about it: user u likes genre u % genres and, every third one, the next
/// too; creator c made three items of genre c % genres and every second one also one of the next.
inline World small_world(std::size_t users = 30, std::size_t creators = 12, std::size_t genres = 5) {
  World world;
  world.name = "small";
  for (std::size_t g = 0; g < genres; ++g) world.genres.push_back("genre " + std::to_string(g));
  const auto pair = [&](std::size_t i) {
    auto a = static_cast<GenreId>(i % genres), b = static_cast<GenreId>((i + 1) % genres);
    return std::pair{std::min(a, b), std::max(a, b)};
  };
  for (std::size_t u = 0; u < users; ++u) {
    const auto [low, high] = pair(u);
    world.users.interests.push_back(u % 3 == 0 ? std::vector<GenreId>{low, high}
                                               : std::vector<GenreId>{static_cast<GenreId>(u % genres)});
    world.users.activity.push_back(0.2 + 0.6 * static_cast<double>(u % 4) / 3);
  }
  for (std::size_t c = 0; c < creators; ++c) {
    const auto [low, high] = pair(c);
    const auto home = static_cast<GenreId>(c % genres);
    world.creators.history.push_back(
        c % 2 == 0 ? std::vector<GenreCount>{{low, low == home ? 3U : 1U}, {high, high == home ? 3U : 1U}}
                   : std::vector<GenreCount>{{home, 3}});
    world.creators.activity.push_back(0.3 + 0.1 * static_cast<double>(c % 5));
  }
  return world;
}

/// Defaults with some keys changed.
inline SimulationOptions options_with(const std::vector<std::pair<std::string, FieldValue>>& changes = {}) {
  SimulationOptions options;
  std::vector<Given> given;
  for (const auto& [key, value] : changes) given.push_back({"test", key, value});
  set_options(options, given);
  return options;
}

/// A built-in setting with everything optional turned on: joining, churn, response, dynamics, satiation, noise.
inline SimulationOptions lively(const std::string& setting, const std::string& recommender = "content") {
  SimulationOptions options;
  use_setting(options, setting);
  set_options(options, {{"test", "recommender.name", recommender},
                        {"test", "joining.per_round", 0.7},
                        {"test", "churn.strength", 1.0},
                        {"test", "response.sensitivity_mean", 0.3},
                        {"test", "response.sensitivity_spread", 0.2},
                        {"test", "trust.dynamics", std::string("additive")},
                        {"test", "user_model.satiation", 0.1},
                        {"test", "skill.noise", 0.2}});
  return options;
}

/// Hash of every byte that a simulation would save.
inline std::uint64_t state_hash(Simulation& simulation) {
  Archive saved;
  simulation.persist(saved);
  return hash_bytes(saved.bytes());
}

/// Plays rounds and folds their metrics, bit by bit, into a hash.
inline std::uint64_t play_rounds(Simulation& simulation, int rounds, std::uint64_t hash = 0) {
  for (int r = 0; r < rounds; ++r) {
    const RoundMetrics metrics = simulation.play_round();
    hash = hash_bytes(std::as_bytes(std::span(metrics)), hash);
  }
  return hash;
}

}  // namespace perennial
