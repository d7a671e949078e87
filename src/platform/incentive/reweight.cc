#include "platform/incentive/reweight.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace perennial {

Fields ReweightIncentive::fields() {
  Fields fields;
  fields.real("alpha", alpha_, {0, 100}, "how fast weight moves to users who got little; 0 = not at all")
      .integer("epoch", epoch_, {1, 1'000'000}, "rounds after which weights move")
      .text("utility", utility_, "what a visit brings a user: the share of the slate it clicked, or clicks",
            {"share", "clicks"});
  return fields;
}

void ReweightIncentive::start(std::size_t users) {
  weights_.assign(users, 1);
  log_weights_.assign(users, 0);
  utility_sum_.assign(users, 0);
  visits_.assign(users, 0);
  rounds_ = 0;
}

void ReweightIncentive::account(const RoundLog& log) {
  const std::size_t width = log.shown.width;
  const double unit = utility_ == "share" && width > 0 ? 1 / static_cast<double>(width) : 1;
  for (std::size_t row = 0; row < log.active_users.size(); ++row) {
    const UserId user = log.active_users[row];
    std::uint32_t clicks = 0;
    for (std::size_t place = 0; place < width; ++place) clicks += log.clicked[row * width + place];
    utility_sum_[user] += clicks * unit;
    ++visits_[user];
  }
  if (++rounds_ == epoch_) end_epoch();
}

void ReweightIncentive::end_epoch() {
  double of_all = 0, came = 0;
  for (std::size_t u = 0; u < visits_.size(); ++u) {
    if (visits_[u] == 0) continue;
    utility_sum_[u] /= visits_[u];
    of_all += utility_sum_[u];
    ++came;
  }
  const double average = came > 0 ? of_all / came : 0;
  double most = -std::numeric_limits<double>::infinity(), sum = 0;
  for (std::size_t u = 0; u < visits_.size(); ++u) {
    log_weights_[u] -= alpha_ * (visits_[u] > 0 ? utility_sum_[u] : average);
    most = std::max(most, log_weights_[u]);
  }
  for (std::size_t u = 0; u < weights_.size(); ++u) {
    log_weights_[u] -= most;
    weights_[u] = std::exp(log_weights_[u]);
    sum += weights_[u];
  }
  const double scale = static_cast<double>(weights_.size()) / sum;
  for (double& weight : weights_) weight *= scale;
  std::fill(utility_sum_.begin(), utility_sum_.end(), 0);
  std::fill(visits_.begin(), visits_.end(), 0);
  rounds_ = 0;
}

void ReweightIncentive::persist(Archive& archive) {
  archive(weights_, log_weights_, utility_sum_, visits_, rounds_);
}

}  // namespace perennial
