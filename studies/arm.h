#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "study/plan.h"

namespace perennial::studies {

/// A simulated platform: a setting, and keys changed in it as `--set` would.
struct Platform {
  std::string setting;
  std::vector<std::string> sets;  ///< "key=value"

  /// The same with more keys changed.
  Platform with(const std::vector<std::string>& more) const;
};

/// Training before the runs that count, on seeds of its own.
struct Lesson {
  Platform platform;
  std::string policy;
  std::int64_t copies;
  std::int64_t rounds;

  std::string key() const;  ///< equal for equal lessons only
};

inline constexpr std::int64_t first_lesson_seed = 1000;

/// One policy on one platform, played on every seed.
struct Arm {
  Platform platform;
  std::string policy;
  std::optional<Lesson> lesson = std::nullopt;  ///< what the policy knows at the start
  bool frozen = false;                          ///< plays what it learned in the lesson and learns no more
  std::int64_t seeds = 0, rounds = 0;           ///< 0 = as many as the page

  std::string key() const;  ///< equal for equal arms only
};

/// The plan of a platform's runs with one policy by name (platform/suggest/saved_policy.h), on seeds 1, 2, ..
Plan plan_of(const Platform& platform, const std::string& policy, std::int64_t seeds, std::int64_t rounds);

/// How long one round takes, roughly, relative to 50 creators with the content ranker: for the time left.
std::uint64_t cost_per_round(const Platform& platform, const std::string& policy);

}  // namespace perennial::studies
