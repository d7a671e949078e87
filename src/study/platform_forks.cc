#include "study/platform_forks.h"

#include <optional>

#include "base/error.h"
#include "base/interrupt.h"

namespace perennial {

PlatformForks::PlatformForks(const SimulationOptions& options, World world, std::uint64_t seed,
                             std::vector<std::byte> platform, Workers& workers, std::function<void()> played)
    : options_(options),
      world_(std::move(world)),
      seed_(seed),
      platform_(std::move(platform)),
      workers_(&workers),
      played_(std::move(played)) {
  auto first = take();
  creators_ = first->ecosystem().creators.size();
  give_back(std::move(first));
}

std::unique_ptr<Simulation> PlatformForks::take() {
  std::unique_ptr<Simulation> simulation;
  {
    const std::lock_guard lock(taking_);
    if (!idle_.empty()) {
      simulation = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!simulation) simulation = std::make_unique<Simulation>(options_, world_, "silent", seed_, *workers_);
  simulation->fork_from(platform_);
  return simulation;
}

void PlatformForks::give_back(std::unique_ptr<Simulation> simulation) {
  const std::lock_guard lock(taking_);
  idle_.push_back(std::move(simulation));
}

ForkOutcome PlatformForks::play_on(Simulation& simulation, const ForkPlan& plan) const {
  simulation.reseed(plan.future);
  simulation.set_policy(plan.policy, plan.future);
  simulation.set_boosts(plan.boosts);
  const Ecosystem& e = simulation.ecosystem();
  ForkOutcome outcome{.counts = CreatorCounts(creators_),
                      .expected_posts = std::vector<double>(creators_),
                      .clicks = {},
                      .posts = {},
                      .metrics = {},
                      .users = UserCounts(e.world.users.size())};
  for (std::uint32_t round = 0; round < plan.rounds; ++round) {
    for (std::size_t c = 0; c < creators_; ++c) {
      if (e.creators.present(static_cast<CreatorId>(c))) outcome.expected_posts[c] += e.creators.activity[c];
    }
    const RoundMetrics metrics = simulation.play_round();
    outcome.counts.add(e.log, e.items);
    outcome.clicks.push_back(at(metrics, Metric::clicks));
    outcome.posts.push_back(static_cast<double>(e.log.made.size()));
    outcome.metrics.push_back(metrics);
    outcome.users.add(e.log);
    if (played_) played_();
    if (interrupt_requested()) throw Error(ErrorCode::interrupted, "stopped");
  }
  return outcome;
}

ForkOutcome PlatformForks::play(const ForkPlan& plan) {
  auto simulation = take();
  auto outcome = play_on(*simulation, plan);
  give_back(std::move(simulation));
  return outcome;
}

ForkOutcome PlatformForks::play(const ForkPlan& plan, std::vector<std::byte>& platform_after) {
  auto simulation = take();
  auto outcome = play_on(*simulation, plan);
  simulation->set_boosts({});
  platform_after = simulation->platform();
  give_back(std::move(simulation));
  return outcome;
}

std::vector<ForkOutcome> PlatformForks::play(const std::vector<ForkPlan>& plans) {
  std::vector<std::optional<ForkOutcome>> outcomes(plans.size());
  workers_->for_blocks(plans.size(), 1, [&](std::size_t i, std::size_t) { outcomes[i] = play(plans[i]); });
  std::vector<ForkOutcome> all;
  all.reserve(outcomes.size());
  for (auto& outcome : outcomes) all.push_back(std::move(*outcome));
  return all;
}

}  // namespace perennial
