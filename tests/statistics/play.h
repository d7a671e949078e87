#pragma once

#include <string>
#include <vector>

#include "simulate/options.h"
#include "simulate/simulation.h"
#include "world/catalogue.h"

namespace perennial {

/// The first of the seeds that these tests use; everything was tuned below it.
inline constexpr std::uint64_t first_test_seed = 2000;

/// A built-in setting with some keys changed.
inline SimulationOptions setting(const std::string& name, const std::vector<Given>& changes = {}) {
  SimulationOptions options;
  use_setting(options, name);
  set_options(options, changes);
  return options;
}

/// Plays `rounds` rounds on the built-in youtube world and calls look(simulation, metrics) after each.
template <class Look>
void play(const SimulationOptions& options, const std::string& policy, std::uint64_t seed, int rounds,
          Look look) {
  static const WorldSource source = open_world("youtube");
  Workers workers(1);
  Simulation simulation(
      options,
      source.make(static_cast<std::size_t>(options.users), static_cast<std::size_t>(options.creators), seed),
      policy, seed, workers);
  for (int round = 0; round < rounds; ++round) look(simulation, simulation.play_round());
}

}  // namespace perennial
