#include "study/time_left.h"

#include <algorithm>

namespace perennial {

void TimeLeft::expect(const std::string& kind, std::uint64_t rounds) {
  const std::lock_guard lock(guard_);
  kinds_[kind].left += rounds;
}

void TimeLeft::played(const std::string& kind, double seconds) {
  const std::lock_guard lock(guard_);
  Kind& one = kinds_[kind];
  one.left -= std::min<std::uint64_t>(one.left, 1);
  one.seconds += seconds;
  one.rounds += 1;
}

void TimeLeft::known(const std::string& kind, double seconds_per_round) {
  const std::lock_guard lock(guard_);
  Kind& one = kinds_[kind];
  one.seconds += seconds_per_round;
  one.rounds += 1;
}

double TimeLeft::seconds() const {
  const std::lock_guard lock(guard_);
  double known_cost = 0, known_kinds = 0;
  for (const auto& [name, kind] : kinds_) {
    if (kind.rounds == 0) continue;
    known_cost += kind.seconds / kind.rounds;
    known_kinds += 1;
  }
  if (known_kinds == 0) return -1;
  double left = 0;
  for (const auto& [name, kind] : kinds_) {
    const double cost = kind.rounds > 0 ? kind.seconds / kind.rounds : known_cost / known_kinds;
    left += cost * static_cast<double>(kind.left);
  }
  return left / static_cast<double>(threads_);
}

}  // namespace perennial
