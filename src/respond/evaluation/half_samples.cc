#include "respond/evaluation/half_samples.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "base/random.h"

namespace perennial {
namespace {

/// Halves that are followed together: one draw of 128 bits has a coin for each.
constexpr std::size_t together = 128;
using Lanes = std::array<double, together>;

/// Running areas of `together` halves, fed with creators from the highest score to the lowest.
class Halves {
 public:
  Halves(const Draws& draws, std::size_t batch) : draws_(draws), batch_(static_cast<std::uint32_t>(batch)) {}

  void take(double effect, std::uint32_t unit) {
    toss(unit);
    for (std::size_t h = 0; h < together; ++h) step(h, coins_[h], coins_[h] * effect);
  }

  /// First all of a run of equal scores, then end_run(): they count as so many creators with their mean effect.
  void take_in_run(double effect, std::uint32_t unit) {
    toss(unit);
    for (std::size_t h = 0; h < together; ++h) {
      run_n_[h] += coins_[h];
      run_sum_[h] += coins_[h] * effect;
    }
  }

  void end_run(std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t h = 0; h < together; ++h) {
        const double in = static_cast<double>(i) < run_n_[h] ? 1 : 0;
        step(h, in, in * run_sum_[h] / std::max(1.0, run_n_[h]));
      }
    }
    run_n_ = run_sum_ = {};
  }

  /// AUTOC is the mean of the means of the first 1, 2, .. less the mean of all.
  double autoc(std::size_t h) const { return n_[h] > 0 ? (prefix_means_[h] - sum_[h]) / n_[h] : 0; }

  double qini(std::size_t h) const {
    const double n = n_[h];
    return n > 0 ? (prefix_sums_[h] - (n + 1) / 2 * sum_[h]) / (n * n) : 0;
  }

 private:
  void toss(std::uint32_t unit) {
    const auto words = draws_.bits(unit, batch_);
    for (std::size_t h = 0; h < together; ++h)
      coins_[h] = static_cast<double>((words[h / 32] >> (h % 32)) & 1U);
  }

  void step(std::size_t h, double in, double effect) {
    n_[h] += in;
    sum_[h] += effect;
    prefix_means_[h] += in * sum_[h] / std::max(1.0, n_[h]);
    prefix_sums_[h] += in * sum_[h];
  }

  const Draws& draws_;
  std::uint32_t batch_;
  Lanes coins_{}, n_{}, sum_{}, prefix_means_{}, prefix_sums_{}, run_n_{}, run_sum_{};
};

double spread(const std::vector<double>& values) {
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace

HalfSampleErrors half_sample_errors(const Ranking& ranking, std::span<const double> effects,
                                    Clusters clusters, std::size_t replicates, std::uint64_t seed,
                                    Workers& workers) {
  check(replicates >= 2, "a spread needs two halves");
  if (ranking.ends.size() < 2) return {};
  const Draws draws(seed, Purpose::evaluation);
  const auto unit_of = [&](std::uint32_t creator) { return clusters.empty() ? creator : clusters[creator]; };
  std::vector<double> autoc(replicates), qini(replicates);
  workers.for_blocks(replicates, together, [&](std::size_t first, std::size_t last) {
    Halves halves(draws, first / together);
    for_each_run(ranking, [&](std::size_t begin, std::size_t end) {
      if (end - begin == 1) return halves.take(effects[ranking.order[begin]], unit_of(ranking.order[begin]));
      for (std::size_t i = begin; i < end; ++i)
        halves.take_in_run(effects[ranking.order[i]], unit_of(ranking.order[i]));
      halves.end_run(end - begin);
    });
    for (std::size_t replicate = first; replicate < last; ++replicate) {
      autoc[replicate] = halves.autoc(replicate - first);
      qini[replicate] = halves.qini(replicate - first);
    }
  });
  return {.autoc_se = spread(autoc), .qini_se = spread(qini)};
}

}  // namespace perennial
