#include "study/user_counts.h"

#include <algorithm>
#include <numeric>

namespace perennial {

void UserCounts::add(const RoundLog& log) {
  for (std::size_t row = 0; row < log.shown.rows(); ++row) {
    const UserId user = log.active_users[row];
    for (std::size_t place = 0; place < log.shown.width; ++place) {
      if (log.shown.row(row)[place] == no_item) break;
      ++impressions[user];
      clicks[user] += log.clicked[row * log.shown.width + place];
    }
  }
}

double UserCounts::worst_decile() const {
  std::vector<double> rates;
  for (std::size_t user = 0; user < size(); ++user) {
    if (impressions[user] > 0) rates.push_back(clicks[user] / impressions[user]);
  }
  if (rates.empty()) return 0;
  std::ranges::sort(rates);
  const std::size_t worst = std::max<std::size_t>(1, rates.size() / 10);
  return std::accumulate(rates.begin(), rates.begin() + static_cast<std::ptrdiff_t>(worst), 0.0) /
         static_cast<double>(worst);
}

}  // namespace perennial
