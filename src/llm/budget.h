#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "llm/chat.h"
#include "llm/endpoint.h"

namespace perennial {

/// Requests and tokens of them.
struct Spending {
  std::uint64_t requests = 0;
  std::uint64_t prompt_tokens = 0;
  std::uint64_t completion_tokens = 0;

  bool operator==(const Spending&) const = default;
};

/// The most that a question can cost: no more prompt tokens than bytes, and some for each message's frame.
Spending most_of(const ChatQuestion& question);

/// What may be spent on requests, tokens and money, and what was: every request is granted before it is sent, at the most it
/// can cost, and settled after. So bounds are never exceeded. From any thread.
class Budget {
 public:
  /// Bounds and prices of an endpoint.
  explicit Budget(const Endpoint& endpoint);

  /// May a request be sent?
  enum class Grant : std::uint8_t {
    yes,      ///< and it is counted as under way; must be settled
    not_now,  ///< perhaps when those under way have turned out cheaper than they could be
    never,    ///< it could exceed a bound whatever those under way cost
  };
  Grant grant(const Spending& most);

  /// A granted request has ended and cost this.
  void settle(const Spending& most, const Spending& real);

  Spending spent() const;
  double cost(const Spending& spending) const;

  /// "the budget is spent: 100 of at most 100 requests, 5000 tokens, ..": why the next request is not sent.
  std::string spent_sentence() const;

 private:
  bool within(const Spending& total) const;

  const std::int64_t requests_most_, tokens_most_;
  const double cost_most_, prompt_price_, completion_price_;  // prices per token
  mutable std::mutex mutex_;
  Spending spent_;
  Spending under_way_;
};

}  // namespace perennial
