#pragma once

#include <functional>
#include <optional>

#include "llm/curl_handles.h"

namespace perennial {

/// A file descriptor that is closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return number_; }

 private:
  int number_;
};

/// libcurl's transfers side by side on one thread, driven by the sockets that have news: a wake-up costs what they cost, however
/// many wait.
class SocketLoop {
 public:
  /// Keeps so many idle connections open for later requests.
  explicit SocketLoop(std::size_t connections_kept);
  SocketLoop(const SocketLoop&) = delete;
  SocketLoop& operator=(const SocketLoop&) = delete;

  /// Begins a transfer; the handle must stay until it has ended or was removed.
  void add(CURL* easy);
  void remove(CURL* easy);

  /// Waits for news at most so long, works it off, and calls `ended` for each transfer that has; it is removed by then.
  void run_once(double most_s, const std::function<void(CURL*, CURLcode)>& ended);

  /// Ends a wait, from any thread.
  void wake() noexcept;

 private:
  static int watch_socket(CURL* easy, curl_socket_t socket, int what, void* loop, void* known);
  static int set_timer(CURLM* multi, long timeout_ms, void* loop);
  double wait_s(double most_s) const;
  void act(curl_socket_t socket, int events);

  Descriptor poll_;
  Descriptor wake_up_;
  std::optional<double> timer_at_s_;  ///< when libcurl wants to be called, in seconds of a steady clock
  CurlMulti multi_;                   ///< last, so that it goes first: it calls back when it goes
};

}  // namespace perennial
