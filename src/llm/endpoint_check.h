#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "llm/endpoint_chat.h"
#include "llm/sample_questions.h"
#include "llm/study_cost.h"

namespace perennial {

/// What was measured with questions of one kind, asked all at once.
struct KindCheck {
  std::size_t questions = 0;
  double latency_p50_s = 0;
  double latency_p99_s = 0;
  double wall_s = 0;
  double prompt_tokens = 0;      ///< mean
  double completion_tokens = 0;  ///< mean
  std::size_t clear = 0;         ///< answers in the form asked for
  std::string problem;           ///< of the first that was not
};

/// Whether users watch the same first item of a slate when asked about the slate and about the item alone.
struct ModeDifference {
  std::size_t users = 0;  ///< whose two answers were clear
  double watched_in_slate = 0;
  double watched_alone = 0;  ///< shares
  double half_width_95 = 0;  ///< of the paired difference's 95% interval (normal)
};

/// What an endpoint and a model on it can do.
struct EndpointCheck {
  std::vector<std::string> models;  ///< listed; empty where it lists none
  std::array<KindCheck, all_question_kinds.size()> kinds = {};
  ModeDifference difference;
  LlmUsage usage;

  QuestionCosts costs() const;
};

/// Asks `questions` sample questions of each kind. Throws what Chat::ask does, as the first trouble an endpoint makes, and
/// Error(invalid_argument) for a model that it does not list, naming the nearest. `answered` is called after each answer.
EndpointCheck check_endpoint(EndpointChat& chat, const Endpoint& endpoint, const std::string& model,
                             std::size_t slate, std::size_t questions, const std::function<void()>& answered);

}  // namespace perennial
