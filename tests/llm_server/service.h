#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <utility>  // before Asio 1.74, which forgets it

namespace perennial::llm_server {

/// The endpoint's own throughput: each request is served for a fixed time, at most so many side by side; others queue in order.
class Service {
 public:
  /// A request that is queued or served.
  struct Job {
    Job(boost::asio::io_context& io, std::chrono::milliseconds job_time, std::function<void()> job_done)
        : timer(io), time(job_time), done(std::move(job_done)) {}
    boost::asio::steady_timer timer;
    std::chrono::milliseconds time;
    std::function<void()> done;  ///< emptied when called or abandoned
    bool served = false;
  };

  /// No slots means no bound.
  Service(boost::asio::io_context& io, std::chrono::milliseconds time, std::size_t slots)
      : io_(io), time_(time), slots_(slots ? slots : SIZE_MAX) {}

  /// Calls `done` once served, for `more` longer than others.
  std::shared_ptr<Job> start(std::function<void()> done, std::chrono::milliseconds more);

  /// Nobody waits for it any more.
  void abandon(Job& job);

 private:
  void serve(const std::shared_ptr<Job>& job);
  void free_slot();

  boost::asio::io_context& io_;
  std::chrono::milliseconds time_;
  std::size_t slots_;
  std::size_t busy_ = 0;
  std::deque<std::shared_ptr<Job>> queue_;
};

}  // namespace perennial::llm_server
