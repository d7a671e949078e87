#include "study/value_parts.h"

#include <algorithm>

#include "base/error.h"

namespace perennial {

ForkPlan unchanged_fork(const RunMoment& moment, const ValueSettings& settings) {
  std::vector<std::byte> memory = moment.memory;
  if (settings.policy != moment.cell.policy) {
    Archive fresh;
    policy_for(moment.plan.simulation, moment.world, settings.policy, moment.cell.seed)->persist(fresh);
    memory = fresh.bytes();
  }
  return {.future = moment.cell.seed,
          .boosts = {},
          .rounds = settings.rounds,
          .policy = settings.policy,
          .memory = std::make_shared<const std::vector<std::byte>>(std::move(memory)),
          .same_moment = true};
}

ValueHeader value_header(const RunMoment& moment, const ValueSettings& settings) {
  return {.run = {},
          .run_policy = moment.cell.policy,
          .at = moment.round,
          .settings = settings,
          .genres = moment.world.genres,
          .world = moment.world.name,
          .setting = moment.plan.simulation.setting,
          .recommender = moment.plan.simulation.recommender.name,
          .seed = moment.cell.seed,
          .result_hash = {}};
}

std::uint32_t play_futures(std::uint32_t futures, const std::function<void(std::size_t future)>& play) {
  constexpr std::uint32_t fewest = 2;
  for (std::uint32_t f = 0; f < futures; ++f) {
    try {
      play(f);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::interrupted || f < fewest) throw;
      return f;
    }
  }
  return futures;
}

std::vector<std::size_t> evenly(std::size_t count, std::size_t most) {
  std::vector<std::size_t> picked(std::min(count, most));
  for (std::size_t i = 0; i < picked.size(); ++i) picked[i] = i * count / picked.size();
  return picked;
}

std::vector<double> discounted_sums(std::span<const double> clicks, double discount) {
  std::vector<double> sums;
  sums.reserve(clicks.size());
  double sum = 0, weight = 1;
  for (const double of_round : clicks) {
    sum += weight * of_round;
    weight *= discount;
    sums.push_back(sum);
  }
  return sums;
}

std::uint64_t hash_values(std::span<const double> values, std::uint64_t hash) {
  return hash_bytes(std::as_bytes(values), hash);
}

}  // namespace perennial
