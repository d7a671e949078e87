#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "simulate/options.h"
#include "study/experiment_settings.h"
#include "study/levers_settings.h"
#include "world/catalogue.h"

namespace perennial {

/// What a comparison plays: every policy on the seeds first_seed .. first_seed + seeds - 1.
struct Plan {
  SimulationOptions simulation;
  std::string policies = "silent,random,most-click,most-history-click,water-filling,lore-d,oracle";
  std::int64_t rounds = 200;
  std::int64_t seeds = 5;
  std::int64_t first_seed = 1;
  std::string from_logs;          ///< train only
  ExperimentSettings experiment;  ///< study experiment only; its table is `experiment`
  LeversSettings levers;          ///< study levers only; its table is `levers`

  /// Keys of the `run` table.
  Fields fields();
  /// Keys of the `train` table, which only a training goes by.
  Fields training_fields();

  /// The names in `policies` (platform/suggest/saved_policy.h), in order. Throws Error(invalid_argument) for an unknown or repeated one, or none.
  std::vector<std::string> policy_names() const;
  std::vector<std::uint64_t> seed_list() const;
  /// The folders in `from_logs`, in order; the same one twice is two passes. Throws Error(invalid_argument) for an empty name.
  std::vector<std::filesystem::path> log_folders() const;
};

/// A plan from, in this order: `defaults` (keys of the `run` table), the named setting, a config file (empty path = none),
/// keys given one by one. A non-empty `setting` wins over the one the file names; without either it is `lockin`.
/// Throws also for a trained policy that is not in its folder or cannot be read. Logs are not looked for: only a training
/// needs them.
Plan make_plan(const std::string& setting, const std::filesystem::path& config,
               const std::vector<Given>& given, const std::vector<Given>& defaults = {});

/// The world that the plan's runs of one seed start from.
World first_world(const Plan& plan, const WorldSource& source, std::uint64_t seed);

/// The whole plan as TOML with every effective value: make_plan reads it back to an equal plan.
std::string to_toml(const Plan& plan);
/// Its table `experiment`, which only a study of experiments goes by.
std::string experiment_toml(const Plan& plan);

}  // namespace perennial
