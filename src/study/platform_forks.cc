#include "study/platform_forks.h"

#include <algorithm>
#include <optional>

#include "base/check.h"
#include "base/error.h"
#include "base/interrupt.h"

namespace perennial {
namespace {

void force(const Ecosystem& e, const std::vector<ForcedSuggestion>& forced, std::span<GenreId> suggested) {
  const auto& active = e.log.active_creators;
  for (const auto& [creator, genre] : forced) {
    const auto place = std::lower_bound(active.begin(), active.end(), creator);
    check(place != active.end() && *place == creator, "a suggestion is forced on a creator who is active");
    suggested[static_cast<std::size_t>(place - active.begin())] = genre;
  }
}

/// Plays the first round up to the suggestions, puts what is forced in their place, and changes the coins if that is when
/// they change; then plays the rest.
RoundMetrics play_first_round(Simulation& simulation, const ForkPlan& plan) {
  const auto suggested = simulation.begin_round();
  force(simulation.ecosystem(), plan.forced, suggested);
  simulation.reseed(plan.future);
  return simulation.finish_round();
}

}  // namespace

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

void PlatformForks::set_up(Simulation& simulation, const ForkPlan& plan) const {
  if (!plan.same_moment) simulation.reseed(plan.future);
  simulation.set_policy(plan.policy, plan.same_moment || plan.memory ? seed_ : plan.future);
  if (plan.memory) {
    Archive memory(*plan.memory);
    simulation.policy().persist(memory);
    if (auto* learned = simulation.policy().learned()) learned->update_alone(false);
  }
  simulation.set_boosts(plan.boosts);
}

ForkOutcome PlatformForks::play_on(Simulation& simulation, const ForkPlan& plan) const {
  set_up(simulation, plan);
  const Ecosystem& e = simulation.ecosystem();
  ForkOutcome outcome{.counts = CreatorCounts(creators_),
                      .expected_posts = std::vector<double>(creators_),
                      .clicks = {},
                      .posts = {},
                      .first_impressions = {},
                      .metrics = {},
                      .users = UserCounts(e.world.users.size())};
  for (std::uint32_t round = 0; round < plan.rounds; ++round) {
    for (std::size_t c = 0; c < creators_; ++c) {
      if (e.creators.present(static_cast<CreatorId>(c))) outcome.expected_posts[c] += e.creators.activity[c];
    }
    if (round == plan.boosted_rounds) simulation.set_boosts({});
    const RoundMetrics metrics = round == 0 ? play_first_round(simulation, plan) : simulation.play_round();
    outcome.counts.add(e.log, e.items);
    if (round == 0) outcome.first_impressions = outcome.counts.impressions;
    outcome.clicks.push_back(at(metrics, Metric::clicks));
    outcome.posts.push_back(static_cast<double>(e.log.made.size()));
    outcome.metrics.push_back(metrics);
    outcome.users.add(e.log);
    if (played_) played_();
    if (interrupt_requested()) throw Error(ErrorCode::interrupted, "stopped");
  }
  return outcome;
}

void PlatformForks::look(const ForkPlan& plan,
                         const std::function<void(Simulation& simulation, const SuggestionRequest& request,
                                                  std::span<const GenreId> suggested)>& use) {
  auto simulation = take();  // not given back: its round is not finished
  set_up(*simulation, plan);
  const auto suggested = simulation->begin_round();
  simulation->with_request([&](const SuggestionRequest& request) { use(*simulation, request, suggested); });
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
