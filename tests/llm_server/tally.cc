#include "llm_server/tally.h"

#include <algorithm>

namespace perennial::llm_server {

std::uint64_t Tally::asked(std::uint64_t question) {
  ++requests_;
  return questions_[question].asked++;
}

void Tally::answered(std::uint64_t question) {
  ++answered_;
  ++questions_[question].answered;
}

void Tally::enter() {
  most_in_flight_ = std::max(most_in_flight_, ++in_flight_);
}

Json Tally::counts() const {
  std::map<std::uint64_t, std::uint64_t> asked_times;
  std::map<std::uint64_t, std::uint64_t> answered_times;
  for (const auto& [question, times] : questions_) {
    ++asked_times[times.asked];
    ++answered_times[times.answered];
  }
  const auto by_times = [](const auto& histogram) {
    Json json = Json::object();
    for (const auto& [times, questions] : histogram) json[std::to_string(times)] = questions;
    return json;
  };
  return {{"requests", requests_},
          {"answered", answered_},
          {"faults", faults_},
          {"refused", refused_},
          {"abandoned", abandoned_},
          {"in_flight", in_flight_},
          {"most_in_flight", most_in_flight_},
          {"connections", connections_},
          {"questions", questions_.size()},
          {"asked_times", by_times(asked_times)},
          {"answered_times", by_times(answered_times)}};
}

}  // namespace perennial::llm_server
