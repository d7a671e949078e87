#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "study/plan.h"

namespace perennial {

/// The flags that compare, simulate and train share: they say what is simulated. Flags win over --set, --set over --config,
/// that over the setting.
struct PlanFlags {
  std::string setting;
  std::filesystem::path config;
  std::vector<std::string> sets;
  std::vector<Given> given;  ///< from flags of their own, in order

  void add_to(CLI::App& command);

  /// A flag of its own for a key: "--world" for "world.name".
  void add_key(CLI::App& command, const std::string& flag, const std::string& key, const std::string& help);

  /// Keys of --set, then those of flags of their own. Throws Error(invalid_argument) for a --set that is no key=value.
  std::vector<Given> keys() const;

  /// The plan these flags describe, with a command's own `defaults`. Throws what keys() does.
  Plan plan(const std::vector<Given>& defaults = {}) const;
};

}  // namespace perennial
