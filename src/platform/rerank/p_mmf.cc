#include "platform/rerank/p_mmf.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "platform/rerank/creator_bonus.h"
#include "platform/rerank/place_budgets.h"

namespace perennial {
namespace {

/// How far all debts must be cut for the rest to sum to `most`, which is less than their sum; sorts them.
double cut_to(std::vector<double>& debts, double most) {
  std::sort(debts.begin(), debts.end(), std::greater<>());
  double sum = 0, cut = debts.front();
  for (std::size_t i = 0; i < debts.size(); ++i) {
    sum += debts[i];
    const double with_these = (sum - most) / static_cast<double>(i + 1);
    if (with_these >= debts[i]) break;
    cut = with_these;
  }
  return cut;
}

}  // namespace

void DualProjection::apply(std::span<double> mu) {
  debts_.clear();
  double sum = 0;
  for (std::size_t p = 0; p < mu.size(); ++p) {
    const double z = rho_[p] * mu[p];
    if (z >= 0) continue;
    debts_.push_back(-z);
    sum -= z;
  }
  if (sum <= lambda_) return;
  const double cut = cut_to(debts_, lambda_);
  for (std::size_t p = 0; p < mu.size(); ++p) {
    if (mu[p] < 0) mu[p] = std::min(0.0, rho_[p] * mu[p] + cut) / rho_[p];
  }
}

Fields PMmfReranker::fields() {
  Fields fields;
  fields
      .real("lambda", lambda_, {0, 1e6},
            "weight of fairness: how far below zero the prices of creators shown too little may go, together")
      .real("smoothing", smoothing_, {1e-6, 1},
            "weight of the newest user in the smoothed gradient of the prices; the original has 0.1")
      .real("step", step_, {0, 1e6}, "step of the prices, before it is divided; the original has 0.001")
      .text("step_by", step_by_,
            "the step is divided by the root of the number of candidates, or, as in the original, of users",
            {"candidates", "users"})
      .text("gradient", gradient_,
            "a creator's places are held against its share of the candidates, or, as in the original, what "
            "is left of "
            "its places",
            {"share", "left"})
      .text("rho", rho_,
            "a creator's due: its share of the candidates, or, as in the original, 1 + 1/creators times that",
            {"share", "loose"});
  shortlist_.add_to(fields);
  return fields;
}

double PMmfReranker::step_size(const RerankRequest& request) const {
  const auto by = step_by_ == "users" ? request.users.size() : request.candidates.size();
  return step_ / std::sqrt(static_cast<double>(std::max<std::size_t>(1, by)));
}

void PMmfReranker::rerank(const RerankRequest& request, Slates& best) {
  const RoundCreators creators(request);
  const auto count = creators.size();
  std::vector<double> rho(count), mu(count, 0.0), smoothed(count, 0.0), bonus(count, 0.0), places(count, 0.0);
  const double loose = rho_ == "loose" ? 1 + 1 / static_cast<double>(count) : 1;
  for (std::size_t p = 0; p < count; ++p) rho[p] = loose * creators.share(p);
  PlaceBudgets budgets(request, rho);
  DualProjection projection(rho, lambda_);
  const double step = step_size(request), slate = static_cast<double>(request.slate);
  const double all_places = static_cast<double>(request.users.size()) * slate;
  const bool by_left = gradient_ == "left";
  serve_by_bonus(
      request, creators, bonus,
      [&](std::span<const std::uint32_t> shown) {
        budgets.take(shown);
        for (const std::uint32_t p : shown) ++places[p];
        for (std::size_t p = 0; p < count; ++p) {
          const double due = by_left ? budgets.left(p) / all_places : rho[p];
          smoothed[p] = smoothing_ * (due - places[p] / slate) + (1 - smoothing_) * smoothed[p];
          mu[p] -= step * smoothed[p] / (rho[p] * rho[p]);
        }
        for (const std::uint32_t p : shown) places[p] = 0;
        projection.apply(mu);
        for (std::size_t p = 0; p < count; ++p) bonus[p] = -mu[p] - budgets.penalty(p);
      },
      best);
}

}  // namespace perennial
