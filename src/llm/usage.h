#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "llm/latency.h"
#include "llm/retry.h"

namespace perennial {

/// What was sent to an endpoint this time; answers that a cache gave are not in it.
struct LlmUsage {
  std::uint64_t requests = 0;  ///< sent, those sent again included
  std::uint64_t answers = 0;
  std::array<std::uint64_t, all_retry_reasons.size()> retries = {};  ///< by RetryReason
  std::uint64_t prompt_tokens = 0;
  std::uint64_t completion_tokens = 0;
  std::uint64_t uncounted_answers = 0;  ///< whose tokens the endpoint did not count; taken at their most
  double cost = 0;                      ///< in the currency of the prices
  LatencyCounts latency;                ///< of answers
  std::string schema;                   ///< the form asked for; empty before the first answer with one
  bool schema_fell_back = false;        ///< because the endpoint refused a stricter one

  std::uint64_t retries_total() const;
};

/// "1,234 requests (12 sent again: 10 rate limited, 2 timed out), 1,222 answers, .."; one line.
std::string usage_text(const LlmUsage& usage);

/// The same for programs.
nlohmann::ordered_json usage_json(const LlmUsage& usage);

}  // namespace perennial
