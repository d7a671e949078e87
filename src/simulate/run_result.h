#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "llm/asking.h"
#include "simulate/metrics.h"
#include "world/ids.h"

namespace perennial {

/// The eight calls of a round, for "where does the time go".
enum class Phase : std::size_t { arrive, suggest, create, rank, rerank, respond, account, learn };
inline constexpr std::size_t phase_count = 8;
std::string_view name_of(Phase phase);

/// One creator at the end of a run.
struct CreatorOutcome {
  CreatorId creator;
  std::uint32_t joined;  ///< round; 0 = was there before round 1
  std::uint32_t left;    ///< round; 0 = still there
  std::uint32_t items;
  std::uint32_t genres;  ///< distinct genres made since round 1
  std::uint64_t impressions;
  std::uint64_t clicks;
  double trust;            ///< true trust at the end
  double predicted_trust;  ///< what the platform believes
};

/// How a policy that learns did it.
struct LearningOutcome {
  double train_seconds;        ///< CPU time of forward, backward and step; no part of the result's hash
  std::uint32_t converged_at;  ///< round; 0 = not in this run
};

/// What one run (one policy, one seed) leaves behind.
struct RunResult {
  std::vector<RoundMetrics> rounds;  ///< index 0 = round 1
  std::vector<CreatorOutcome> creators;
  std::array<double, phase_count> seconds;  ///< thread CPU time per phase; no part of the result's hash
  std::optional<LearningOutcome> learning = std::nullopt;  ///< nothing for a policy that does not learn
  AnswerCounts user_answers = {}, creator_answers = {};    ///< all 0 where nobody is a language model
};

}  // namespace perennial
