#include "cli/llm_check_output.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "io/json_file.h"
#include "llm/server_json.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

const char* words_for(QuestionKind kind) {
  switch (kind) {
    case QuestionKind::user_slate:
      return "user, a slate";
    case QuestionKind::user_thought:
      return "user, a thought on an item";
    case QuestionKind::user_item:
      return "user, an item";
    case QuestionKind::creator_profile:
      return "creator, who it is";
    case QuestionKind::creator_decide:
      return "creator, what to make";
    case QuestionKind::creator_write:
      return "creator, its item's words";
  }
  return "";
}

/// "1,234,567".
std::string grouped(double number) {
  const auto digits = fmt::format("{:.0f}", std::round(number));
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string seconds(double s) {
  return s < 1 ? fmt::format("{:.0f} ms", s * 1000) : fmt::format("{:.1f} s", s);
}

std::string hours(double h) {
  if (h < 1.0 / 60) return fmt::format("{:.0f} s", h * 3600);
  return h < 1    ? fmt::format("{:.0f} min", h * 60)
         : h < 48 ? fmt::format("{:.1f} h", h)
                  : fmt::format("{:.1f} days", h / 24);
}

std::string schema_line(const LlmUsage& usage) {
  std::string line = usage.schema == "json_schema" ? "answers are held to a JSON schema (json_schema)"
                     : usage.schema == "json_object"
                         ? "answers are held to JSON, the schema told in words (json_object)"
                         : "answers are held to nothing, the schema told in words (none)";
  return usage.schema_fell_back ? line + ": the endpoint refuses stricter forms" : line;
}

std::string models_line(const EndpointCheck& check) {
  if (check.models.empty()) return "answers; the endpoint lists no models";
  return fmt::format("there, of {} listed", check.models.size());
}

std::string kinds_table(const EndpointCheck& check) {
  auto text = fmt::format("{:<28}{:>9}{:>9}{:>11}{:>9}{:>9}{:>10}\n", "question", "p50", "p99", "per second",
                          "prompt", "answer", "in form");
  for (const auto kind : all_question_kinds) {
    const auto& of = check.kinds[static_cast<std::size_t>(kind)];
    const auto n = static_cast<double>(of.questions);
    text += fmt::format("{:<28}{:>9}{:>9}{:>11.4g}{:>9.0f}{:>9.0f}{:>9.0f}%\n", words_for(kind),
                        seconds(of.latency_p50_s), seconds(of.latency_p99_s), n / of.wall_s, of.prompt_tokens,
                        of.completion_tokens, 100 * static_cast<double>(of.clear) / n);
  }
  return text;
}

std::string problems(const EndpointCheck& check) {
  std::string text;
  for (const auto kind : all_question_kinds) {
    const auto& of = check.kinds[static_cast<std::size_t>(kind)];
    if (!of.problem.empty())
      text += fmt::format("not in form, {}: {}\n", words_for(kind), one_line(of.problem, 160));
  }
  return text;
}

std::string difference_line(const ModeDifference& difference) {
  if (difference.users == 0) return "";
  return fmt::format(
      "The same {} users watch the same item: {:.0f}% asked about its slate, {:.0f}% asked about it alone; "
      "difference "
      "{:+.0f} +- {:.0f} points (95%).\n",
      difference.users, 100 * difference.watched_in_slate, 100 * difference.watched_alone,
      100 * (difference.watched_alone - difference.watched_in_slate), 100 * difference.half_width_95);
}

std::string cost_line(const char* name, const StudyCost& cost, bool priced) {
  return fmt::format("{:<28}{:>15}{:>16}{:>16}{:>12}{}\n", name, grouped(cost.requests),
                     grouped(cost.prompt_tokens), grouped(cost.completion_tokens), hours(cost.hours),
                     priced ? fmt::format("{:>12.2f}", cost.money) : "");
}

bool is_priced(const Endpoint& endpoint) {
  return endpoint.price_per_million_prompt_tokens > 0 || endpoint.price_per_million_completion_tokens > 0;
}

std::string study_table(const EndpointCheck& check, const Endpoint& endpoint, const StudyShape& shape) {
  const bool priced = is_priced(endpoint);
  auto text = fmt::format(
      "A study of {} users, {} creators, {} rounds, slates of {}, arms {}, seeds {}, {:.0f}% active a "
      "round, at most:\n{:<28}{:>15}{:>16}{:>16}{:>12}{}\n",
      shape.users, shape.creators, shape.rounds, shape.slate, shape.arms, shape.seeds, 100 * shape.active,
      "users asked", "requests", "prompt tokens", "answer tokens", "time", priced ? "        cost" : "");
  const auto costs = check.costs();
  text += cost_line("by slate (mode slate)", study_cost(shape, false, costs, endpoint), priced);
  text += cost_line("item by item (mode paper)", study_cost(shape, true, costs, endpoint), priced);
  return text;
}

Json json_of(const KindCheck& kind) {
  const auto n = static_cast<double>(kind.questions);
  return {{"questions", kind.questions},
          {"latency_p50_s", kind.latency_p50_s},
          {"latency_p99_s", kind.latency_p99_s},
          {"per_s", n / kind.wall_s},
          {"prompt_tokens", kind.prompt_tokens},
          {"completion_tokens", kind.completion_tokens},
          {"in_form", static_cast<double>(kind.clear) / n},
          {"problem", one_line(kind.problem)}};
}

Json json_of(const StudyCost& cost) {
  return {{"requests", cost.requests},
          {"prompt_tokens", cost.prompt_tokens},
          {"completion_tokens", cost.completion_tokens},
          {"hours", cost.hours},
          {"cost", cost.money}};
}

Json json_of(const StudyShape& shape) {
  return {{"users", shape.users}, {"creators", shape.creators}, {"rounds", shape.rounds},
          {"slate", shape.slate}, {"active", shape.active},     {"arms", shape.arms},
          {"seeds", shape.seeds}};
}

}  // namespace

std::string check_text(const EndpointCheck& check, const Endpoint& endpoint, const std::string& model,
                       const StudyShape& shape) {
  return fmt::format(
      "{:<10}{}: answers\n{:<10}{}: {}\n{:<10}{}\n{:<10}{}\n\nAt {} requests in flight, tokens per "
      "question:\n{}{}{}\n{}\nSent: {}.\n",
      "endpoint", endpoint.base_url, "model", model, models_line(check), "schema", schema_line(check.usage),
      "key", endpoint.key.empty() ? "none" : "taken", endpoint.requests_in_flight, kinds_table(check),
      problems(check), difference_line(check.difference), study_table(check, endpoint, shape),
      usage_text(check.usage));
}

std::string check_json(const EndpointCheck& check, const Endpoint& endpoint, const std::string& model,
                       const StudyShape& shape) {
  Json kinds = Json::object();
  for (const auto kind : all_question_kinds)
    kinds[std::string(question_kind_name(kind))] = json_of(check.kinds[static_cast<std::size_t>(kind)]);
  const auto costs = check.costs();
  const auto& difference = check.difference;
  return json_text(Json{{"url", endpoint.base_url},
                        {"model", model},
                        {"models", check.models},
                        {"schema", check.usage.schema},
                        {"requests_in_flight", endpoint.requests_in_flight},
                        {"questions", kinds},
                        {"watched_first_item",
                         {{"users", difference.users},
                          {"asked_about_slate", difference.watched_in_slate},
                          {"asked_about_item", difference.watched_alone},
                          {"difference", difference.watched_alone - difference.watched_in_slate},
                          {"half_width_95", difference.half_width_95}}},
                        {"study", json_of(shape)},
                        {"by_slate", json_of(study_cost(shape, false, costs, endpoint))},
                        {"item_by_item", json_of(study_cost(shape, true, costs, endpoint))},
                        {"usage", usage_json(check.usage)}});
}

}  // namespace perennial
