#include "llm/asked_batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/interrupt.h"
#include "io/hash.h"

namespace perennial {
namespace {

/// How often a stop is looked for while nothing happens.
constexpr double look_every_s = 0.1;

double steady_now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double unix_now_s() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::uint64_t hash_of(const ChatQuestion& question) {
  const std::string& text = question.messages.empty() ? question.model : question.messages.back().text;
  return hash_bytes(std::as_bytes(std::span(text)));
}

RetryReason reason_of(AnswerDefect::Kind kind) {
  switch (kind) {
    case AnswerDefect::Kind::rate_limited:
      return RetryReason::rate_limited;
    case AnswerDefect::Kind::overloaded:
      return RetryReason::overloaded;
    default:
      return RetryReason::broken_body;
  }
}

}  // namespace

AskedBatch::AskedBatch(EndpointParts& parts, std::span<const ChatQuestion> questions, const TakeAnswer& take)
    : parts_(parts),
      questions_(questions),
      take_(take),
      window_(2 * static_cast<std::size_t>(parts.endpoint.requests_in_flight)),
      states_(questions.size()) {}

void AskedBatch::run() {
  while (true) {
    send_what_may();
    if (handed_to_pool_ == 0 && (stop_ != Stop::none || answered_ == questions_.size())) break;
    for (const auto& ended : wait_for_ended()) work_off(ended);
  }
  if (stop_ != Stop::none) throw_why_stopped();
}

void AskedBatch::send_what_may() {
  while (stop_ == Stop::none && handed_to_pool_ < window_) {
    if (interrupt_requested()) return stop(Stop::interrupted);
    const double now_s = steady_now_s();
    if (now_s < parts_.pause_until_s) return;
    const auto index = next_to_send(now_s);
    if (!index) return;
    switch (parts_.budget.grant(most_of(questions_[*index]))) {
      case Budget::Grant::yes:
        if (!send(*index)) return;
        break;
      case Budget::Grant::not_now:
        waiting_.push({now_s, *index});
        return;
      case Budget::Grant::never:
        return stop(Stop::budget_spent);
    }
  }
}

/// Whoever has waited long enough to be sent again, or else the first that was never sent.
std::optional<std::size_t> AskedBatch::next_to_send(double now_s) {
  if (!waiting_.empty() && waiting_.top().until_s <= now_s) {
    const auto index = waiting_.top().index;
    waiting_.pop();
    return index;
  }
  if (next_ == questions_.size()) return std::nullopt;
  states_[next_].mode = parts_.schema.mode();
  return next_++;
}

bool AskedBatch::send(std::size_t index) {
  const auto& question = questions_[index];
  HttpRequest request{.url = parts_.endpoint.base_url + "/chat/completions",
                      .headers = parts_.headers,
                      .connect_timeout_s = parts_.endpoint.connect_timeout_s,
                      .timeout_s = parts_.endpoint.timeout_s};
  try {
    request.body = chat_request(question, states_[index].mode);
  } catch (const Error&) {
    parts_.budget.settle(most_of(question), {});
    stop_with(std::current_exception());
    return false;
  }
  ++states_[index].tries;
  ++handed_to_pool_;
  parts_.pool->submit(std::move(request), [this, index](HttpResponse response) {
    const std::lock_guard lock(mutex_);
    ended_.push_back({index, std::move(response)});
    some_ended_.notify_one();  // within the lock: the batch may be gone after it
  });
  return true;
}

std::vector<AskedBatch::Ended> AskedBatch::wait_for_ended() {
  double wait_s = look_every_s;
  if (!waiting_.empty() && stop_ == Stop::none)
    wait_s = std::clamp(waiting_.top().until_s - steady_now_s(), 0.001, look_every_s);
  std::unique_lock lock(mutex_);
  some_ended_.wait_for(lock, std::chrono::duration<double>(wait_s), [this] { return !ended_.empty(); });
  return std::exchange(ended_, {});
}

void AskedBatch::work_off(const Ended& ended) {
  const auto& [index, response] = ended;
  --handed_to_pool_;
  if (response.outcome == HttpOutcome::cancelled) {
    parts_.budget.settle(most_of(questions_[index]), {});
    return stop(Stop::interrupted);
  }
  const bool answered = response.outcome == HttpOutcome::answered;
  const bool reached_before = parts_.usage.reached_before();
  parts_.usage.ended(answered);
  if (answered && response.status / 100 == 2) {
    const auto read = read_chat_response(response.body);
    if (const auto* counted = std::get_if<CountedAnswer>(&read)) return hand_over(index, response, *counted);
    settle(index, nullptr);
    const auto& defect = std::get<AnswerDefect>(read);
    if (defect.kind == AnswerDefect::Kind::refused) return refused(index, response, defect.says);
    return send_again(index, reason_of(defect.kind), response, defect.says);
  }
  settle(index, nullptr);
  const auto says = answered ? read_error_words(response.body) : response.reason;
  if (const auto reason = retry_reason(response, reached_before))
    return send_again(index, *reason, response, says);
  refused(index, response, says);
}

void AskedBatch::settle(std::size_t index, const CountedAnswer* read) {
  const auto most = most_of(questions_[index]);
  Spending real{.requests = 1};
  if (read) {
    real.prompt_tokens = read->answer.prompt_tokens;
    real.completion_tokens = read->answer.completion_tokens;
    if (!read->tokens_counted) real = most;
  }
  parts_.budget.settle(most, real);
}

void AskedBatch::hand_over(std::size_t index, const HttpResponse& response, const CountedAnswer& read) {
  settle(index, &read);
  parts_.usage.answered(read, response.latency_s);
  if (!questions_[index].schema.empty()) parts_.schema.answered(states_[index].mode);
  ++answered_;
  try {
    take_(index, read.answer);
  } catch (...) {
    stop_with(std::current_exception());  // the others are handed over all the same: they are paid for
  }
}

void AskedBatch::send_again(std::size_t index, RetryReason reason, const HttpResponse& response,
                            const std::string& says) {
  if (stop_ != Stop::none) return;
  const auto tries = states_[index].tries;
  if (tries > static_cast<std::uint64_t>(parts_.endpoint.retries)) {
    auto why = failure(index, response, says);
    why.worth_retrying = true;
    return stop_with(why);
  }
  const auto asked_s = parse_retry_after(response.retry_after, unix_now_s());
  const double wait_s =
      retry_wait_s(parts_.waits, tries, retry_jitter(hash_of(questions_[index]), tries), asked_s);
  const double until_s = steady_now_s() + wait_s;
  // Others would only be told the same.
  if (reason == RetryReason::rate_limited && asked_s)
    parts_.pause_until_s = std::max(parts_.pause_until_s.load(), until_s);
  parts_.usage.sent_again(reason);
  waiting_.push({until_s, index});
}

/// What would fail again; but a form of answer that the endpoint does not take may be followed by one that it does.
void AskedBatch::refused(std::size_t index, const HttpResponse& response, const std::string& says) {
  if (stop_ != Stop::none) return;
  const bool may_be_the_form = response.status == 400 || response.status == 422 || response.status == 501;
  if (may_be_the_form && !questions_[index].schema.empty()) {
    if (const auto mode = parts_.schema.after_refusal(states_[index].mode)) {
      states_[index].mode = *mode;
      --states_[index].tries;
      waiting_.push({0, index});
      return;
    }
  }
  stop_with(failure(index, response, says));
}

EndpointFailure AskedBatch::failure(std::size_t index, const HttpResponse& response,
                                    const std::string& says) const {
  return {.model = questions_[index].model,
          .outcome = response.outcome,
          .status = response.status,
          .says = says,
          .tries = states_[index].tries};
}

void AskedBatch::stop(Stop why) {
  if (stop_ == Stop::none) stop_ = why;
}

void AskedBatch::stop_with(std::exception_ptr thrown) {
  if (stop_ == Stop::none) thrown_ = std::move(thrown);
  stop(Stop::thrown);
}

void AskedBatch::stop_with(const EndpointFailure& failure) {
  if (stop_ == Stop::none) failure_ = failure;
  stop(Stop::failed);
}

/// Once all that was under way has ended, so that the sentence counts it.
void AskedBatch::throw_why_stopped() const {
  if (stop_ == Stop::thrown) std::rethrow_exception(thrown_);
  if (stop_ == Stop::budget_spent)
    throw Error(ErrorCode::interrupted, "language model: " + parts_.budget.spent_sentence());
  if (stop_ == Stop::interrupted) {
    throw Error(ErrorCode::interrupted,
                fmt::format("language model: stopped with {} of {} questions answered, which are kept",
                            answered_, questions_.size()));
  }
  const auto models = may_be_the_model(*failure_) ? listed_models(parts_) : std::vector<std::string>();
  throw endpoint_error(parts_.endpoint, *failure_, models);
}

}  // namespace perennial
