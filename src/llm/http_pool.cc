#include "llm/http_pool.h"

#include <chrono>
#include <utility>

#include "base/interrupt.h"
#include "llm/endpoint.h"

namespace perennial {
namespace {

/// How often a stop is looked for while requests are under way.
constexpr double look_every_s = 0.1;
/// A pool without requests wakes for the next one only.
constexpr double idle_s = 3600;
/// How long requests under way may still end after a stop was asked for: what they cost is paid.
constexpr std::chrono::milliseconds grace{500};

}  // namespace

HttpPool::HttpPool(const Bounds& bounds)
    : bounds_(bounds), loop_(bounds.requests_in_flight), thread_([this] { run(); }) {}

HttpPool::~HttpPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  loop_.wake();
  thread_.join();
}

void HttpPool::submit(HttpRequest request, TakeResponse take) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = submitted_.empty();
    submitted_.push_back({std::move(request), std::move(take)});
  }
  if (first) loop_.wake();  // whoever was first has woken it for the others
}

void HttpPool::run() {
  while (true) {
    take_submitted();
    const bool end_now = ending();
    if (end_now || stop_asked_for()) cancel_line();
    if (end_now) {
      cancel_under_way();
      return;
    }
    start_what_may();
    loop_.run_once(under_way_.empty() ? idle_s : look_every_s,
                   [this](CURL* easy, CURLcode code) { end(easy, code); });
  }
}

void HttpPool::take_submitted() {
  std::vector<Job> jobs;
  {
    const std::lock_guard lock(mutex_);
    jobs.swap(submitted_);
  }
  for (auto& job : jobs) {
    auto& host = hosts_[host_of(job.request.url)];
    host.line.push_back(std::move(job));
  }
}

bool HttpPool::ending() const {
  const std::lock_guard lock(mutex_);
  return ending_;
}

bool HttpPool::stop_asked_for() {
  if (!interrupt_requested()) return false;
  const auto until = std::chrono::steady_clock::now() + grace;
  cancel_line();
  while (!under_way_.empty() && std::chrono::steady_clock::now() < until)
    loop_.run_once(look_every_s, [this](CURL* easy, CURLcode code) { end(easy, code); });
  cancel_under_way();
  take_submitted();  // whose wake-up those rounds of the loop have used up; the caller cancels them
  return true;
}

void HttpPool::start_what_may() {
  while (under_way_.size() < bounds_.requests_in_flight && start_one()) {
  }
}

/// The next in line of the host whose turn it is; false when none may start.
bool HttpPool::start_one() {
  auto turn = hosts_.upper_bound(last_host_);
  for (std::size_t looked = 0; looked < hosts_.size(); ++looked, ++turn) {
    if (turn == hosts_.end()) turn = hosts_.begin();
    auto& [name, host] = *turn;
    if (host.line.empty() || host.under_way >= bounds_.requests_in_flight_per_host) continue;
    last_host_ = name;
    start(name, host);
    return true;
  }
  return false;
}

void HttpPool::start(const std::string& name, Host& host) {
  auto job = std::move(host.line.front());
  host.line.pop_front();
  std::unique_ptr<HttpTransfer> transfer;
  if (idle_.empty()) {
    transfer = std::make_unique<HttpTransfer>();
  } else {
    transfer = std::move(idle_.back());
    idle_.pop_back();
  }
  transfer->begin(std::move(job.request));
  CURL* easy = transfer->handle();
  ++host.under_way;
  under_way_[easy] = {name, std::move(job.take), std::move(transfer)};
  loop_.add(easy);
}

void HttpPool::end(CURL* easy, CURLcode code) {
  const auto found = under_way_.find(easy);
  auto ended = std::move(found->second);
  under_way_.erase(found);
  --hosts_[ended.host].under_way;
  auto response = ended.transfer->end(code);
  idle_.push_back(std::move(ended.transfer));
  ended.take(std::move(response));
}

void HttpPool::cancel_line() {
  for (auto& [name, host] : hosts_) {
    for (auto& job : std::exchange(host.line, {})) job.take({});
  }
}

void HttpPool::cancel_under_way() {
  for (auto& [easy, cancelled] : std::exchange(under_way_, {})) {
    loop_.remove(easy);
    --hosts_[cancelled.host].under_way;
    idle_.push_back(std::move(cancelled.transfer));
    cancelled.take({});
  }
}

}  // namespace perennial
