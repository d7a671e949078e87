#include "llm_server/service.h"

#include <boost/asio/post.hpp>

namespace perennial::llm_server {

std::shared_ptr<Service::Job> Service::start(std::function<void()> done, std::chrono::milliseconds more) {
  auto job = std::make_shared<Job>(io_, time_ + more, std::move(done));
  if (busy_ < slots_) {
    serve(job);
  } else {
    queue_.push_back(job);
  }
  return job;
}

void Service::abandon(Job& job) {
  job.done = nullptr;
  if (job.served) job.timer.cancel();  // its slot is freed by the timer's handler
}

void Service::serve(const std::shared_ptr<Job>& job) {
  ++busy_;
  job->served = true;
  const auto end = [this, job] {
    const auto done = std::exchange(job->done, nullptr);
    if (done) done();
    free_slot();
  };
  if (job->time.count() == 0) {
    boost::asio::post(io_, end);
    return;
  }
  job->timer.expires_after(job->time);
  job->timer.async_wait([end](const boost::system::error_code&) { end(); });
}

void Service::free_slot() {
  --busy_;
  while (!queue_.empty() && busy_ < slots_) {
    const auto next = queue_.front();
    queue_.pop_front();
    if (next->done) serve(next);
  }
}

}  // namespace perennial::llm_server
