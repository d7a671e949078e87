#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

#include "llm_server/chat_request.h"

namespace perennial::llm_server {

/// Counts what came and what became of it: GET /v1/stats.
class Tally {
 public:
  /// A question came; how often it had come before.
  std::uint64_t asked(std::uint64_t question);
  /// Its whole answer was handed to the network.
  void answered(std::uint64_t question);
  /// A fault was played.
  void failed(std::string_view fault) { ++faults_[std::string(fault)]; }
  /// The request was wrong: 400, 401, 404.
  void refused(unsigned status) { ++refused_[std::to_string(status)]; }
  /// The asker went away before its answer was ready.
  void abandoned() { ++abandoned_; }

  void enter();
  void leave() { --in_flight_; }
  void connected() { ++connections_; }

  /// All counts; README.md says what each is.
  Json counts() const;

 private:
  struct Times {
    std::uint64_t asked = 0;
    std::uint64_t answered = 0;
  };

  std::unordered_map<std::uint64_t, Times> questions_;
  std::map<std::string, std::uint64_t> faults_;
  std::map<std::string, std::uint64_t> refused_;
  std::uint64_t requests_ = 0;
  std::uint64_t answered_ = 0;
  std::uint64_t abandoned_ = 0;
  std::uint64_t connections_ = 0;
  std::int64_t in_flight_ = 0;
  std::int64_t most_in_flight_ = 0;
};

}  // namespace perennial::llm_server
