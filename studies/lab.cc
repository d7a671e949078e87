#include "studies/lab.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/check.h"
#include "base/error.h"
#include "base/interrupt.h"
#include "study/compare.h"
#include "study/seed_values.h"
#include "study/training.h"

namespace perennial::studies {
namespace {

void stop_if_asked() {
  if (interrupt_requested()) throw Error(ErrorCode::interrupted, "stopped before the page was written");
}

std::uint64_t cost_of(const Arm& arm) {
  return cost_per_round(arm.platform, arm.policy) * static_cast<std::uint64_t>(arm.seeds * arm.rounds);
}

/// Silent and random play beside the policy that learns.
std::uint64_t cost_per_round(const Lesson& lesson) {
  return static_cast<std::uint64_t>(lesson.copies) *
         (studies::cost_per_round(lesson.platform, lesson.policy) +
          2 * studies::cost_per_round(lesson.platform, "silent"));
}

}  // namespace

Arm Lab::scaled(Arm arm) const {
  arm.seeds = arm.seeds == 0 ? scale_.seeds : std::min(arm.seeds, scale_.seeds);
  arm.rounds = arm.rounds == 0 ? scale_.rounds : std::min(arm.rounds, scale_.rounds);
  return arm;
}

void Lab::play(const std::vector<Arm>& arms) {
  std::map<std::string, Lesson> lessons;
  std::map<std::string, Arm> wanted;
  std::uint64_t cost = 0;
  for (const Arm& unscaled : arms) {
    const Arm arm = scaled(unscaled);
    if (played_.contains(arm.key()) || !wanted.emplace(arm.key(), arm).second) continue;
    cost += cost_of(arm);
    if (!arm.lesson || lessons_.contains(arm.lesson->key())) continue;
    if (lessons.emplace(arm.lesson->key(), *arm.lesson).second)
      cost += cost_per_round(*arm.lesson) * static_cast<std::uint64_t>(arm.lesson->rounds);
  }
  Progress progress("results", cost, progress_style(stderr), progress_sink(stderr));
  for (const auto& [key, lesson] : lessons) teach(lesson, progress);
  for (const auto& [key, arm] : wanted) play_one(arm, progress);
  progress.finish();
}

void Lab::teach(const Lesson& lesson, Progress& progress) {
  progress.say("training " + lesson.key());
  Plan plan = plan_of(lesson.platform, lesson.policy, lesson.copies, lesson.rounds);
  plan.first_seed = first_lesson_seed;
  const auto source = open_world(plan.simulation.world);
  Workers workers(scale_.threads);
  Training training(plan, source, workers);
  training.play(static_cast<std::uint32_t>(plan.rounds), [&] {
    progress.advance(cost_per_round(lesson));
    stop_if_asked();
    return true;
  });
  const auto folder = folder_ / std::to_string(lessons_.size());
  std::filesystem::create_directories(folder);
  save_policy(folder, training.policy());
  lessons_.emplace(lesson.key(), folder.string());
}

void Lab::play_one(const Arm& arm, Progress& progress) {
  progress.say(arm.key());
  std::string name = arm.policy;
  if (arm.lesson) name += "@" + lessons_.at(arm.lesson->key()) + (arm.frozen ? ":frozen" : "");
  const Plan plan = plan_of(arm.platform, name, arm.seeds, arm.rounds);
  const auto cost = studies::cost_per_round(arm.platform, arm.policy);
  auto comparison = compare(plan, open_world(plan.simulation.world),
                            {.threads = scale_.threads,
                             .played = [&](std::uint64_t rounds) { progress.advance(rounds * cost); },
                             .stop = interrupt_requested,
                             .saved_runs = {}});
  stop_if_asked();
  check(comparison.has_value(), "only a request stops a comparison");
  played_.emplace(arm.key(), std::move(comparison->policies.front()));
}

const ComparedPolicy& Lab::runs(const Arm& arm) const {
  const auto found = played_.find(scaled(arm).key());
  check(found != played_.end(), "a section plays the arms that it shows");
  return found->second;
}

std::vector<double> values(const Lab& lab, const Arm& arm, Metric metric, std::size_t rounds) {
  return seed_values(lab.runs(arm), metric, rounds);
}

}  // namespace perennial::studies
