#include "llm/socket_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <new>

#include "base/check.h"
#include "base/error.h"

namespace perennial {
namespace {

double steady_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

int opened(int descriptor) {
  if (descriptor < 0)
    throw Error(ErrorCode::io,
                "language model: the system gives no more file descriptors; raise the bound (ulimit -n)");
  return descriptor;
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

SocketLoop::SocketLoop(std::size_t connections_kept)
    : poll_(opened(::epoll_create1(EPOLL_CLOEXEC))),
      wake_up_(opened(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))) {
  start_curl();
  epoll_event event = {};
  event.events = EPOLLIN;
  event.data.fd = wake_up_.get();
  check(::epoll_ctl(poll_.get(), EPOLL_CTL_ADD, wake_up_.get(), &event) == 0,
        "the wake-up can be waited for");
  multi_.reset(curl_multi_init());
  if (!multi_) throw std::bad_alloc();
  CURLM* multi = multi_.get();
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &SocketLoop::watch_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &SocketLoop::set_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(connections_kept));
}

void SocketLoop::add(CURL* easy) {
  check(curl_multi_add_handle(multi_.get(), easy) == CURLM_OK, "a transfer can begin");
}

void SocketLoop::remove(CURL* easy) {
  check(curl_multi_remove_handle(multi_.get(), easy) == CURLM_OK, "a transfer can end");
}

void SocketLoop::wake() noexcept {
  const std::uint64_t one = 1;
  // A full counter is a wake-up already.
  static_cast<void>(!::write(wake_up_.get(), &one, sizeof(one)));
}

int SocketLoop::watch_socket(CURL*, curl_socket_t socket, int what, void* loop, void* known) {
  auto& self = *static_cast<SocketLoop*>(loop);
  const int poll = self.poll_.get();
  if (what == CURL_POLL_REMOVE) {
    ::epoll_ctl(poll, EPOLL_CTL_DEL, socket, nullptr);
    return 0;
  }
  epoll_event event = {};
  if (what != CURL_POLL_OUT) event.events |= EPOLLIN;
  if (what != CURL_POLL_IN) event.events |= EPOLLOUT;
  event.data.fd = socket;
  if (::epoll_ctl(poll, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event) != 0) return -1;
  if (!known)
    curl_multi_assign(self.multi_.get(), socket, loop);  // anything that is not null: known from now on
  return 0;
}

int SocketLoop::set_timer(CURLM*, long timeout_ms, void* loop) {
  auto& self = *static_cast<SocketLoop*>(loop);
  self.timer_at_s_.reset();
  if (timeout_ms >= 0) self.timer_at_s_ = steady_s() + static_cast<double>(timeout_ms) * 1e-3;
  return 0;
}

double SocketLoop::wait_s(double most_s) const {
  if (!timer_at_s_) return most_s;
  return std::clamp(*timer_at_s_ - steady_s(), 0.0, most_s);
}

void SocketLoop::act(curl_socket_t socket, int events) {
  int running = 0;
  curl_multi_socket_action(multi_.get(), socket, events, &running);
}

void SocketLoop::run_once(double most_s, const std::function<void(CURL*, CURLcode)>& ended) {
  std::array<epoll_event, 64> events = {};
  const int timeout_ms = static_cast<int>(std::ceil(wait_s(most_s) * 1000));
  const int count = ::epoll_wait(poll_.get(), events.data(), static_cast<int>(events.size()), timeout_ms);
  for (int i = 0; i < count; ++i) {
    const auto& event = events[static_cast<std::size_t>(i)];
    if (event.data.fd == wake_up_.get()) {
      std::uint64_t wakes = 0;
      static_cast<void>(!::read(wake_up_.get(), &wakes, sizeof(wakes)));
      continue;
    }
    int what = 0;
    if (event.events & EPOLLIN) what |= CURL_CSELECT_IN;
    if (event.events & EPOLLOUT) what |= CURL_CSELECT_OUT;
    if (event.events & (EPOLLERR | EPOLLHUP)) what |= CURL_CSELECT_ERR;
    act(event.data.fd, what);
  }
  if (timer_at_s_ && *timer_at_s_ <= steady_s()) {
    timer_at_s_.reset();
    act(CURL_SOCKET_TIMEOUT, 0);
  }
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    CURL* easy = message->easy_handle;
    const CURLcode code = message->data.result;
    remove(easy);
    ended(easy, code);
  }
}

}  // namespace perennial
