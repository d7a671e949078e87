#pragma once

#include <ctime>

namespace perennial {

/// CPU time of the calling thread since it was made. For what is told to people; results never depend on it.
class ThreadSeconds {
 public:
  double elapsed() const { return now() - start_; }

 private:
  static double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
  }

  double start_ = now();
};

}  // namespace perennial
