#include "llm/usage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <vector>

namespace perennial {
namespace {

std::string retries_text(const LlmUsage& usage) {
  if (usage.retries_total() == 0) return "";
  std::vector<std::string> parts;
  for (const auto reason : all_retry_reasons) {
    const auto count = usage.retries[static_cast<std::size_t>(reason)];
    if (count > 0) parts.push_back(fmt::format("{} {}", count, retry_reason_words(reason)));
  }
  return fmt::format(" ({} sent again: {})", usage.retries_total(), fmt::join(parts, ", "));
}

}  // namespace

std::uint64_t LlmUsage::retries_total() const {
  return std::accumulate(retries.begin(), retries.end(), std::uint64_t{0});
}

std::string usage_text(const LlmUsage& usage) {
  auto text = fmt::format("{} requests{}, {} answers, {} prompt and {} answered tokens", usage.requests,
                          retries_text(usage), usage.answers, usage.prompt_tokens, usage.completion_tokens);
  if (usage.cost > 0) text += fmt::format(", cost {:.2f}", usage.cost);
  if (usage.answers > 0)
    text += fmt::format(", latency p50 {:.3g} s, p99 {:.3g} s", usage.latency.quantile_s(0.5),
                        usage.latency.quantile_s(0.99));
  if (usage.schema_fell_back)
    text += fmt::format("; the endpoint takes no stricter schema than {}", usage.schema);
  if (usage.uncounted_answers > 0)
    text += fmt::format("; it did not count the tokens of {} answers, which are taken at their most",
                        usage.uncounted_answers);
  return text;
}

nlohmann::ordered_json usage_json(const LlmUsage& usage) {
  nlohmann::ordered_json retries = nlohmann::ordered_json::object();
  for (const auto reason : all_retry_reasons) {
    std::string key(retry_reason_words(reason));
    std::replace(key.begin(), key.end(), ' ', '_');
    retries[key] = usage.retries[static_cast<std::size_t>(reason)];
  }
  return {{"requests", usage.requests},
          {"answers", usage.answers},
          {"retries", retries},
          {"prompt_tokens", usage.prompt_tokens},
          {"completion_tokens", usage.completion_tokens},
          {"uncounted_answers", usage.uncounted_answers},
          {"cost", usage.cost},
          {"latency_p50_s", usage.latency.quantile_s(0.5)},
          {"latency_p99_s", usage.latency.quantile_s(0.99)},
          {"schema", usage.schema},
          {"schema_fell_back", usage.schema_fell_back}};
}

}  // namespace perennial
