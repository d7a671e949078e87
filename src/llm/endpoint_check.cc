#include "llm/endpoint_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "llm/endpoint_failure.h"

namespace perennial {
namespace {

struct Measured {
  KindCheck check;
  std::vector<std::string> texts;
};

Measured measure(EndpointChat& chat, const SampleQuestions& samples, QuestionKind kind,
                 const std::vector<ChatQuestion>& questions, const std::function<void()>& answered) {
  Measured measured;
  auto& check = measured.check;
  measured.texts.resize(questions.size());
  double prompt_tokens = 0, completion_tokens = 0;
  LatencyCounts before = chat.usage().latency;
  const auto begin = std::chrono::steady_clock::now();
  chat.ask(questions, [&](std::size_t index, const ChatAnswer& answer) {
    measured.texts[index] = answer.text;
    prompt_tokens += answer.prompt_tokens;
    completion_tokens += answer.completion_tokens;
    answered();
  });
  check.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const auto latency = chat.usage().latency.since(before);
  check.questions = questions.size();
  check.latency_p50_s = latency.quantile_s(0.5);
  check.latency_p99_s = latency.quantile_s(0.99);
  check.prompt_tokens = prompt_tokens / static_cast<double>(questions.size());
  check.completion_tokens = completion_tokens / static_cast<double>(questions.size());
  for (const auto& text : measured.texts) {
    const auto problem = samples.problem(kind, text);
    if (problem.empty()) ++check.clear;
    if (check.problem.empty()) check.problem = problem;
  }
  return measured;
}

ModeDifference difference_of(const SampleQuestions& samples, const std::vector<std::string>& slates,
                             const std::vector<std::string>& items) {
  ModeDifference difference;
  double in_slate = 0, alone = 0, squares = 0;
  for (std::size_t i = 0; i < slates.size(); ++i) {
    if (!samples.problem(QuestionKind::user_slate, slates[i]).empty() ||
        !samples.problem(QuestionKind::user_item, items[i]).empty())
      continue;
    const double watched_in_slate = samples.watches_first(QuestionKind::user_slate, slates[i]) ? 1 : 0;
    const double watched_alone = samples.watches_first(QuestionKind::user_item, items[i]) ? 1 : 0;
    in_slate += watched_in_slate;
    alone += watched_alone;
    squares += std::pow(watched_alone - watched_in_slate, 2);
    ++difference.users;
  }
  if (difference.users == 0) return difference;
  const auto n = static_cast<double>(difference.users);
  difference.watched_in_slate = in_slate / n;
  difference.watched_alone = alone / n;
  const double mean = (alone - in_slate) / n;
  const double variance = std::max(0.0, squares / n - mean * mean) * n / std::max(1.0, n - 1);
  difference.half_width_95 = 1.96 * std::sqrt(variance / n);
  return difference;
}

void require_model(const std::vector<std::string>& models, const Endpoint& endpoint,
                   const std::string& model) {
  if (models.empty() || std::find(models.begin(), models.end(), model) != models.end()) return;
  throw endpoint_error(endpoint, {.model = model, .status = 404, .says = {}}, models);
}

}  // namespace

QuestionCosts EndpointCheck::costs() const {
  QuestionCosts costs = {};
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const auto& kind = kinds[k];
    if (kind.questions == 0) continue;
    const auto n = static_cast<double>(kind.questions);
    costs[k] = {.per_s = kind.wall_s > 0 ? n / kind.wall_s : 0,
                .prompt_tokens = kind.prompt_tokens,
                .completion_tokens = kind.completion_tokens,
                .unclear = 1 - static_cast<double>(kind.clear) / n};
  }
  return costs;
}

EndpointCheck check_endpoint(EndpointChat& chat, const Endpoint& endpoint, const std::string& model,
                             std::size_t slate, std::size_t questions,
                             const std::function<void()>& answered) {
  EndpointCheck check;
  check.models = chat.models();
  require_model(check.models, endpoint, model);
  const SampleQuestions samples(model, slate);
  // One by itself: what is wrong shows before many are sent, and connections and forms are settled before anything is timed.
  ask_all(chat, std::vector{samples.question(QuestionKind::user_slate, questions)});
  std::vector<std::string> slates, thoughts;
  for (const auto kind : all_question_kinds) {
    std::vector<ChatQuestion> asked;
    for (std::size_t number = 0; number < questions; ++number)
      asked.push_back(
          samples.question(kind, number, kind == QuestionKind::user_item ? thoughts[number] : ""));
    auto measured = measure(chat, samples, kind, asked, answered);
    check.kinds[static_cast<std::size_t>(kind)] = measured.check;
    if (kind == QuestionKind::user_slate)
      slates = std::move(measured.texts);
    else if (kind == QuestionKind::user_thought)
      thoughts = std::move(measured.texts);
    else if (kind == QuestionKind::user_item)
      check.difference = difference_of(samples, slates, measured.texts);
  }
  check.usage = chat.usage();
  return check;
}

}  // namespace perennial
