#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <queue>
#include <span>
#include <vector>

#include "llm/chat.h"
#include "llm/endpoint_failure.h"
#include "llm/endpoint_parts.h"

namespace perennial {

/// Questions on their way through one endpoint: sends them, waits, sends again, and hands over answers, all on the thread that
/// asks; only the transport is on the pool's.
class AskedBatch {
 public:
  AskedBatch(EndpointParts& parts, std::span<const ChatQuestion> questions, const TakeAnswer& take);

  /// Chat::ask's contract. What stops the batch is thrown once all that is under way has ended.
  void run();

 private:
  struct Question {
    SchemaMode mode = SchemaMode::json_schema;
    std::uint32_t tries = 0;
  };
  struct Ended {
    std::size_t index = 0;
    HttpResponse response;
  };
  struct Waiting {
    double until_s = 0;
    std::size_t index = 0;
    bool operator>(const Waiting& other) const { return until_s > other.until_s; }
  };

  void send_what_may();
  std::optional<std::size_t> next_to_send(double now_s);
  bool send(std::size_t index);
  std::vector<Ended> wait_for_ended();
  void work_off(const Ended& ended);
  void hand_over(std::size_t index, const HttpResponse& response, const CountedAnswer& read);
  void settle(std::size_t index, const CountedAnswer* read);
  void send_again(std::size_t index, RetryReason reason, const HttpResponse& response,
                  const std::string& says);
  void refused(std::size_t index, const HttpResponse& response, const std::string& says);
  EndpointFailure failure(std::size_t index, const HttpResponse& response, const std::string& says) const;

  enum class Stop : std::uint8_t { none, interrupted, budget_spent, thrown, failed };
  void stop(Stop why);
  void stop_with(std::exception_ptr thrown);
  void stop_with(const EndpointFailure& failure);
  [[noreturn]] void throw_why_stopped() const;

  EndpointParts& parts_;
  const std::span<const ChatQuestion> questions_;
  const TakeAnswer& take_;
  const std::size_t window_;  ///< handed to the pool at a time: those under way, and as many ready to follow

  std::vector<Question> states_;
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
  std::size_t next_ = 0;  ///< first that was never sent
  std::size_t handed_to_pool_ = 0;
  std::size_t answered_ = 0;
  Stop stop_ = Stop::none;  ///< the first reason; nothing is sent any more
  std::exception_ptr thrown_;
  std::optional<EndpointFailure> failure_;

  std::mutex mutex_;  // of `ended_`
  std::condition_variable some_ended_;
  std::vector<Ended> ended_;
};

}  // namespace perennial
