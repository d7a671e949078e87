#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial::llm_server {

/// The ways in which the server misbehaves; README.md says what each does.
enum class Fault : std::uint8_t {
  none,
  // no answer comes of these
  too_many_requests,
  server_error,
  bad_gateway,
  unavailable,
  cut,
  hangup,
  stall,
  broken_body,
  error_body,
  // an answer comes of these
  slow,
  invalid_utf8,
  broken_json,
  wrong_genre,
  empty,
  unicode,
};

/// A fault and its name in flags, model names and statistics.
struct NamedFault {
  std::string_view name;
  Fault fault;
};

std::span<const NamedFault> named_faults();
std::string_view fault_name(Fault fault);

/// By its name. Throws std::invalid_argument for another.
Fault fault_named(std::string_view name);

/// Whether the asker gets an answer all the same, of whatever quality.
bool is_answered(Fault fault);

/// Faults by chance: each try of each question meets one of `kinds` with probability `rate`, decided by hash.
struct FaultPlan {
  double rate = 0;
  std::vector<Fault> kinds;
  std::uint64_t seed = 0;
};

/// What goes wrong with try number `attempt` (from 0) of a question. A model named test-FAULT always meets that fault, one
/// named test-FAULT-N in the first N tries of each question; any other meets those of the plan.
Fault fault_of(std::string_view model, std::uint64_t question, std::uint64_t attempt, const FaultPlan& plan);

}  // namespace perennial::llm_server
