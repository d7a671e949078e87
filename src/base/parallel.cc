#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "base/check.h"

namespace perennial {
namespace {

thread_local bool inside_task = false;

/// One call of for_blocks: blocks are taken by an atomic counter, so a slow block holds up nobody else.
struct Job {
  std::size_t count;
  std::size_t block;
  const std::function<void(std::size_t, std::size_t)>* task;
  std::atomic<std::size_t> next{0};
  std::mutex failure_lock;
  std::size_t failed_block = SIZE_MAX;
  std::exception_ptr failure;

  void work() {
    const bool outer = inside_task;
    inside_task = true;
    for (;;) {
      const std::size_t begin = next.fetch_add(block);
      if (begin >= count) break;
      try {
        (*task)(begin, std::min(begin + block, count));
      } catch (...) {
        const std::lock_guard guard(failure_lock);
        if (begin < failed_block) {
          failed_block = begin;
          failure = std::current_exception();
        }
      }
    }
    inside_task = outer;
  }
};

}  // namespace

struct Workers::Team {
  std::mutex lock;
  std::condition_variable wake;
  std::condition_variable done;
  Job* job = nullptr;
  std::size_t generation = 0;
  std::size_t busy = 0;
  bool closing = false;
  std::mutex one_job_at_a_time;
  std::vector<std::thread> threads;

  void serve() {
    std::size_t seen = 0;
    std::unique_lock guard(lock);
    for (;;) {
      wake.wait(guard, [&] { return closing || generation != seen; });
      if (closing) return;
      seen = generation;
      Job* const mine = job;
      guard.unlock();
      mine->work();
      guard.lock();
      if (--busy == 0) done.notify_one();
    }
  }
};

Workers::Workers(std::size_t threads) : team_(std::make_unique<Team>()) {
  check(threads >= 1, "Workers needs at least one thread");
  for (std::size_t i = 1; i < threads; ++i) team_->threads.emplace_back([this] { team_->serve(); });
}

Workers::~Workers() {
  {
    const std::lock_guard guard(team_->lock);
    team_->closing = true;
  }
  team_->wake.notify_all();
  for (auto& thread : team_->threads) thread.join();
}

std::size_t Workers::threads() const {
  return team_->threads.size() + 1;
}

void Workers::for_blocks(std::size_t count, std::size_t block,
                         const std::function<void(std::size_t, std::size_t)>& task) {
  check(block > 0, "for_blocks needs a positive block");
  if (count == 0) return;
  if (count <= block) return task(0, count);  // nothing to share out: the task may share out its own parts
  Job job{.count = count, .block = block, .task = &task, .failure_lock = {}, .failure = {}};
  if (team_->threads.empty() || inside_task) {
    job.work();
  } else {
    const std::lock_guard turn(team_->one_job_at_a_time);
    std::unique_lock guard(team_->lock);
    team_->job = &job;
    team_->busy = team_->threads.size();
    ++team_->generation;
    guard.unlock();
    team_->wake.notify_all();
    job.work();
    guard.lock();
    team_->done.wait(guard, [&] { return team_->busy == 0; });
  }
  if (job.failure) std::rethrow_exception(job.failure);
}

double ordered_sum(Workers& workers, std::size_t count, const std::function<double(std::size_t)>& term) {
  constexpr std::size_t block = 4096;
  std::vector<double> partial((count + block - 1) / block, 0.0);
  workers.for_blocks(count, block, [&](std::size_t begin, std::size_t end) {
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += term(i);
    partial[begin / block] = sum;
  });
  double total = 0;
  for (const double sum : partial) total += sum;
  return total;
}

}  // namespace perennial
