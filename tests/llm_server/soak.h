#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace perennial::llm_server {

/// Very many questions through client and cache to a server that fails often, stopped in the middle and taken up again.
struct SoakPlan {
  std::size_t questions = 100'000;
  std::size_t batch = 5'000;
  std::size_t threads = 2;  ///< that ask batches side by side; neighbouring batches share some questions
  std::int64_t requests_in_flight = 64;
  double fault_rate = 0.15;
  double timeout_s = 2;
  double stop_at_share = 0.4;  ///< of the questions answered
};

/// What came of it.
struct SoakReport {
  std::vector<std::string> failures;  ///< sentences; empty when every promise was kept
  double stop_s = 0;                  ///< from asking for a stop to its end
  std::size_t kept_at_stop = 0;
  double seconds = 0;
  double cpu_s = 0;              ///< of this process
  std::int64_t early_bytes = 0;  ///< resident when a fifth of the questions were answered
  std::int64_t last_bytes = 0;   ///< and at the end
  std::uint64_t requests = 0;    ///< sent, again included
  double replay_s = 0;           ///< of all questions from the cache alone
  nlohmann::json server;         ///< its counts
};

/// Plays the plan. The promises: no answer lost, none asked twice, each one of those that the server's rules allow, the run after
/// the stop asks nothing that was answered before it, a replay from the cache alone gives the same answers, no key in any file.
SoakReport soak(const SoakPlan& plan);

}  // namespace perennial::llm_server
