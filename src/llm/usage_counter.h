#pragma once

#include <mutex>

#include "llm/chat_wire.h"
#include "llm/usage.h"

namespace perennial {

/// Counts what is sent to an endpoint and what comes of it. From any thread.
class UsageCounter {
 public:
  /// A request has ended, with whatever came; `reached` if the endpoint answered at all.
  void ended(bool reached);
  void sent_again(RetryReason reason);
  void answered(const CountedAnswer& answer, double latency_s);

  /// The endpoint has answered something before.
  bool reached_before() const;

  LlmUsage usage() const;

 private:
  mutable std::mutex mutex_;
  LlmUsage usage_;
  bool reached_ = false;
};

}  // namespace perennial
