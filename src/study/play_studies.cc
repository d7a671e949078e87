#include "study/play_studies.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "base/check.h"
#include "base/parallel.h"
#include "io/hash.h"
#include "study/describe.h"
#include "study/kept_results.h"
#include "study/recorded_run.h"
#include "study/saved_runs.h"
#include "study/stop_sign.h"
#include "study/time_left.h"

namespace perennial {
namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// A run that one or several studies ask for.
struct Job {
  StudyCell cell;
  std::optional<RunResult> result = std::nullopt;
  bool kept = false;               ///< was finished before
  std::uint32_t rounds_saved = 0;  ///< of a stopped run

  std::filesystem::path saved(const StudyControl& control) const {
    return control.cells / (cell.file_stem() + ".run");
  }
};

using Jobs = std::vector<Job>;
using JobIndex = std::map<std::string, std::size_t>;  ///< by file stem

/// Every run once. By seed first, so that what each kind of run costs is known early.
Jobs jobs_of(std::span<const StudyPlan> studies, JobIndex& index) {
  Jobs jobs;
  for (const StudyPlan& study : studies) {
    for (const StudyCell& cell : study.cells) {
      if (index.emplace(cell.file_stem(), 0).second) jobs.push_back({.cell = cell});
    }
  }
  std::ranges::stable_sort(jobs, {}, [](const Job& job) { return job.cell.seed; });
  for (std::size_t i = 0; i < jobs.size(); ++i) index[jobs[i].cell.file_stem()] = i;
  return jobs;
}

/// Looks at what is there, and sums up what is to do.
std::uint64_t look_around(Jobs& jobs, const StudyControl& control, TimeLeft& left) {
  std::uint64_t rounds = 0;
  for (Job& job : jobs) {
    const auto all = static_cast<std::uint32_t>(job.cell.plan.rounds);
    job.result = kept_result(control.cells, job.cell);
    job.kept = job.result.has_value();
    if (job.kept) {
      double seconds = 0;
      for (const double phase : job.result->seconds) seconds += phase;
      left.known(job.cell.fingerprint, seconds / all);
      continue;
    }
    if (const auto saved = load_run(job.saved(control), job.cell.plan, {job.cell.policy, job.cell.seed})) {
      job.rounds_saved = saved->round;
    }
    left.expect(job.cell.fingerprint, all - std::min(all, job.rounds_saved));
    rounds += all - std::min(all, job.rounds_saved);
  }
  return rounds;
}

/// Plays one run to its end or to a stop, and keeps or saves it, so that neither a stop nor a crash loses it.
void play(Job& job, const StudyControl& control, StopSign& sign, TimeLeft& left, Workers& workers) {
  if (job.result || sign.raised()) return;
  const StudyCell& cell = job.cell;
  const auto source = open_world(cell.plan.simulation.world);
  RecordedRun run(cell.plan.simulation, first_world(cell.plan, source, cell.seed), cell.policy, cell.seed,
                  {workers, control.chat});
  if (auto saved = load_run(job.saved(control), cell.plan, {cell.policy, cell.seed}))
    run.persist(saved->state);
  double before = now();
  const auto after_round = [&] {
    const double after = now();
    left.played(cell.fingerprint, after - std::exchange(before, after));
    if (control.played) control.played(left.seconds());
  };
  const auto save = [&] {
    if (run.round() >= cell.plan.rounds) return;
    Archive state;
    run.persist(state);
    save_run(job.saved(control), cell.plan, {cell.policy, cell.seed}, run.round(), std::move(state));
  };
  if (!sign.play(run, static_cast<std::uint32_t>(cell.plan.rounds), after_round, save)) return;
  job.result = run.result();
  keep_result(control.cells, cell, *job.result);
  std::error_code ignored;
  std::filesystem::remove(job.saved(control), ignored);
}

/// The world's comparison with the study's arms for policies.
Comparison compared(const StudyPlan& study, std::size_t world) {
  const auto& plans = study.plans[world];
  const auto& first = plans.front();
  const auto people = first_world(first, open_world(first.simulation.world), study.seeds().front());
  Comparison comparison = describe_comparison(first, people);
  comparison.command = "study";
  comparison.policies.clear();
  for (std::size_t a = 0; a < plans.size(); ++a) {
    const StudyArm& arm = study.file.arms[a];
    ComparedPolicy policy = describe_comparison(plans[a], people).policies.front();
    if (!arm.note.empty()) policy.summary = arm.note;
    policy.name = arm.name;
    policy.label = arm.title;
    comparison.policies.push_back(std::move(policy));
  }
  return comparison;
}

Study study_of(const StudyPlan& plan, const Jobs& jobs, const JobIndex& index) {
  Study study{
      .file = plan.file, .overrides = plan.overrides, .worlds = {}, .seeds = plan.seeds(), .result_hash = {}};
  for (std::size_t w = 0; w < plan.file.worlds.size(); ++w) study.worlds.push_back(compared(plan, w));
  for (const StudyCell& cell : plan.cells) {
    const Job& job = jobs[index.at(cell.file_stem())];
    study.worlds[cell.world].policies[cell.arm].runs.push_back(*job.result);
    study.runs += 1;
    study.runs_kept += job.kept ? 1 : 0;
  }
  std::string hashes;
  for (Comparison& world : study.worlds) {
    total_up(world);
    study.cpu_seconds += world.cpu_seconds;
    hashes += world.result_hash;
  }
  study.result_hash = hash_text(hash_bytes(std::as_bytes(std::span(hashes))));
  return study;
}

}  // namespace

std::optional<std::vector<Study>> play_studies(std::span<const StudyPlan> studies,
                                               const StudyControl& control) {
  JobIndex index;
  Jobs jobs = jobs_of(studies, index);
  TimeLeft left(control.threads);
  const auto rounds = look_around(jobs, control, left);
  if (control.begins) control.begins(rounds);
  Workers workers(control.threads);
  StopSign sign(control.stop);
  workers.for_blocks(jobs.size(), 1,
                     [&](std::size_t i, std::size_t) { play(jobs[i], control, sign, left, workers); });
  if (std::ranges::any_of(jobs, [](const Job& job) { return !job.result; })) return std::nullopt;
  std::vector<Study> results;
  for (const StudyPlan& study : studies) results.push_back(study_of(study, jobs, index));
  return results;
}

}  // namespace perennial
