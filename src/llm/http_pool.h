#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "llm/http_transfer.h"
#include "llm/socket_loop.h"

namespace perennial {

/// Takes what came of a request: on the pool's thread, so quickly.
using TakeResponse = std::function<void(HttpResponse response)>;

/// Sends requests side by side over connections that stay open, from a thread of its own. What is beyond the bounds waits
/// in line; hosts take turns. When a stop is asked for (interrupt_requested) those in line are cancelled at once and those under
/// way when they have not ended within half a second; so they are when the pool ends, at once. Every request ends in one call of
/// its TakeResponse. May be called from any thread.
class HttpPool {
 public:
  /// How many requests are under way at a time, and to one host.
  struct Bounds {
    std::size_t requests_in_flight = 64;
    std::size_t requests_in_flight_per_host = 64;
  };
  explicit HttpPool(const Bounds& bounds);
  ~HttpPool();
  HttpPool(const HttpPool&) = delete;
  HttpPool& operator=(const HttpPool&) = delete;

  void submit(HttpRequest request, TakeResponse take);

 private:
  struct Job {
    HttpRequest request;
    TakeResponse take;
  };
  struct Host {
    std::deque<Job> line;
    std::size_t under_way = 0;
  };
  struct UnderWay {
    std::string host;
    TakeResponse take;
    std::unique_ptr<HttpTransfer> transfer;
  };

  void run();
  void take_submitted();
  void start_what_may();
  bool start_one();
  void start(const std::string& name, Host& host);
  void end(CURL* easy, CURLcode code);
  void cancel_line();
  void cancel_under_way();
  bool stop_asked_for();
  bool ending() const;

  const Bounds bounds_;
  SocketLoop loop_;

  mutable std::mutex mutex_;  // of these two
  std::vector<Job> submitted_;
  bool ending_ = false;

  // The thread's own.
  std::map<std::string, Host> hosts_;
  std::string last_host_;
  std::unordered_map<CURL*, UnderWay> under_way_;
  std::vector<std::unique_ptr<HttpTransfer>> idle_;

  std::thread thread_;
};

}  // namespace perennial
