#include "llm/usage_counter.h"

namespace perennial {

void UsageCounter::ended(bool reached) {
  const std::lock_guard lock(mutex_);
  ++usage_.requests;
  reached_ = reached_ || reached;
}

void UsageCounter::sent_again(RetryReason reason) {
  const std::lock_guard lock(mutex_);
  ++usage_.retries[static_cast<std::size_t>(reason)];
}

void UsageCounter::answered(const CountedAnswer& answer, double latency_s) {
  const std::lock_guard lock(mutex_);
  ++usage_.answers;
  usage_.prompt_tokens += answer.answer.prompt_tokens;
  usage_.completion_tokens += answer.answer.completion_tokens;
  if (!answer.tokens_counted) ++usage_.uncounted_answers;
  usage_.latency.add(latency_s);
}

bool UsageCounter::reached_before() const {
  const std::lock_guard lock(mutex_);
  return reached_;
}

LlmUsage UsageCounter::usage() const {
  const std::lock_guard lock(mutex_);
  return usage_;
}

}  // namespace perennial
