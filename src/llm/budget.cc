#include "llm/budget.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

namespace perennial {
namespace {

/// Tokens that chat templates put around a message, at the most.
constexpr std::uint64_t frame_tokens = 16;

Spending operator+(const Spending& a, const Spending& b) {
  return {a.requests + b.requests, a.prompt_tokens + b.prompt_tokens,
          a.completion_tokens + b.completion_tokens};
}

Spending operator-(const Spending& a, const Spending& b) {
  return {a.requests - b.requests, a.prompt_tokens - b.prompt_tokens,
          a.completion_tokens - b.completion_tokens};
}

std::uint64_t tokens(const Spending& spending) {
  return spending.prompt_tokens + spending.completion_tokens;
}

template <class Amount>
std::string of_most(const char* format, Amount amount, Amount most, const char* what) {
  auto text = fmt::format(fmt::runtime(format), amount);
  if (most > 0) text += fmt::format(fmt::runtime(std::string(" of at most ") + format), most);
  return text + what;
}

}  // namespace

Spending most_of(const ChatQuestion& question) {
  std::uint64_t prompt_tokens = frame_tokens + question.schema.size();
  for (const auto& message : question.messages) prompt_tokens += frame_tokens + message.text.size();
  return {1, prompt_tokens, static_cast<std::uint64_t>(question.answer_tokens_most)};
}

Budget::Budget(const Endpoint& endpoint)
    : requests_most_(endpoint.budget_requests),
      tokens_most_(endpoint.budget_tokens),
      cost_most_(endpoint.budget_cost),
      prompt_price_(endpoint.price_per_million_prompt_tokens * 1e-6),
      completion_price_(endpoint.price_per_million_completion_tokens * 1e-6) {}

double Budget::cost(const Spending& spending) const {
  return static_cast<double>(spending.prompt_tokens) * prompt_price_ +
         static_cast<double>(spending.completion_tokens) * completion_price_;
}

bool Budget::within(const Spending& total) const {
  if (requests_most_ > 0 && total.requests > static_cast<std::uint64_t>(requests_most_)) return false;
  if (tokens_most_ > 0 && tokens(total) > static_cast<std::uint64_t>(tokens_most_)) return false;
  return cost_most_ <= 0 || cost(total) <= cost_most_;
}

Budget::Grant Budget::grant(const Spending& most) {
  const std::lock_guard lock(mutex_);
  if (within(spent_ + under_way_ + most)) {
    under_way_ = under_way_ + most;
    return Grant::yes;
  }
  // A request under way is spent, however it ends; its tokens may turn out fewer.
  const Spending least{under_way_.requests, 0, 0};
  return within(spent_ + least + most) ? Grant::not_now : Grant::never;
}

void Budget::settle(const Spending& most, const Spending& real) {
  const std::lock_guard lock(mutex_);
  under_way_ = under_way_ - most;
  spent_ = spent_ + real;
}

Spending Budget::spent() const {
  const std::lock_guard lock(mutex_);
  return spent_;
}

std::string Budget::spent_sentence() const {
  const auto spent = this->spent();
  std::vector<std::string> parts = {
      of_most("{}", spent.requests, static_cast<std::uint64_t>(requests_most_), " requests"),
      of_most("{}", tokens(spent), static_cast<std::uint64_t>(tokens_most_), " tokens")};
  if (prompt_price_ > 0 || completion_price_ > 0)
    parts.push_back("a cost of " + of_most("{:.4g}", cost(spent), cost_most_, ""));
  return fmt::format(
      "the budget is spent: {}, and the next request could exceed it; everything answered is kept, "
      "and a higher budget goes on from there",
      fmt::join(parts, ", "));
}

}  // namespace perennial
