#include "base/interrupt.h"

#include <atomic>
#include <csignal>
#include <initializer_list>

namespace perennial {
namespace {

constexpr std::initializer_list<int> watched = {SIGINT, SIGTERM};

std::atomic<bool> requested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may only touch lock-free atomics");

void install(void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int signal : watched) sigaction(signal, &action, nullptr);
}

void on_signal(int) {
  requested.store(true, std::memory_order_relaxed);
  install(SIG_DFL);
}

}  // namespace

void watch_interrupts() {
  requested.store(false, std::memory_order_relaxed);
  install(on_signal);
}

bool interrupt_requested() noexcept {
  return requested.load(std::memory_order_relaxed);
}

}  // namespace perennial
