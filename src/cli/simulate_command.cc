#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "cli/asked_model.h"
#include "cli/commands.h"
#include "cli/comparison_output.h"
#include "cli/output_flags.h"
#include "cli/plan_flags.h"
#include "study/describe.h"
#include "study/platform_recorder.h"
#include "study/run_moment.h"
#include "study/stop_sign.h"
#include "world/catalogue.h"

namespace perennial {
namespace {

struct SimulateFlags {
  PlanFlags plan;
  OutputFlags output;
  LlmFlags llm;
  std::filesystem::path fork;
  std::int64_t save_every = 0;
  bool save_logs = false;
};

/// The plan of a run that is taken up again: its own, with what may change (its length; a fork's policy) on top.
Plan plan_on_top(const std::filesystem::path& folder, const PlanFlags& flags, bool fork) {
  for (const auto& given : flags.given) {
    if (given.key == "run.rounds" || (fork && given.key == "run.policies")) continue;
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: cannot change in a run that is taken up again; only {} can", given.place,
                            fork ? "--rounds and --policy" : "--rounds"));
  }
  if (!flags.sets.empty() || !flags.setting.empty() || !flags.config.empty()) {
    throw Error(ErrorCode::invalid_argument,
                "simulate: --set, --setting and --config cannot change in a run that is taken up again");
  }
  return make_plan("", folder / "config.toml", flags.given);
}

/// A new run's plan: silent unless a flag or a config file names a policy.
Plan new_plan(const PlanFlags& flags) {
  return flags.plan({{"simulate", "run.policies", std::string("silent")}});
}

Plan plan_of(const SimulateFlags& flags) {
  const auto& out = flags.output.out;
  const auto& resume = flags.output.resume;
  if (out.empty() == resume.empty() || (!flags.fork.empty() && out.empty())) {
    throw Error(ErrorCode::invalid_argument,
                "simulate: give --out DIR for a new run (with --fork DIR for one that branches off), or "
                "--resume DIR to go on with one");
  }
  Plan plan = !resume.empty()       ? plan_on_top(resume, flags.plan, false)
              : !flags.fork.empty() ? plan_on_top(flags.fork, flags.plan, true)
                                    : new_plan(flags.plan);
  plan.seeds = 1;
  if (plan.policy_names().size() != 1)
    throw Error(ErrorCode::invalid_argument, "simulate: plays one policy; compare plays several");
  return plan;
}

Cell cell_of(const Plan& plan) {
  return {plan.policy_names().front(), plan.seed_list().front()};
}

void take_up(RecordedRun& run, const std::filesystem::path& folder, const Plan& plan) {
  auto saved = load_run(folder / run_state_file, plan, cell_of(plan));
  if (!saved)
    throw Error(ErrorCode::not_found,
                fmt::format("{}: no saved run there", (folder / run_state_file).string()));
  run.persist(saved->state);
}

/// Puts `run` where the run in `folder` stands, under its own policy.
void branch_off(RecordedRun& run, const std::filesystem::path& folder, const World& world, Workers& workers) {
  FolderRun parent = open_run(folder);
  RecordedRun at(parent.plan.simulation, world, parent.cell.policy, parent.cell.seed, workers);
  at.persist(parent.saved.state);
  run.fork_from(at);
}

/// The logs so far of a run that keeps them: by --save-logs, or because the run that is taken up again does.
std::optional<PlatformLogs> logs_so_far(const SimulateFlags& flags, const RecordedRun& run,
                                        const Plan& plan) {
  const auto& folder = flags.output.resume;
  if (flags.output.resuming() && has_platform_logs(folder)) {
    auto logs = read_platform_logs(folder);
    if (logs.rounds.size() < run.round()) {
      throw Error(ErrorCode::invalid_data,
                  fmt::format("{}: its logs end with round {}, its run with round {}", folder.string(),
                              logs.rounds.size(), run.round()));
    }
    logs.cut(run.round());
    return logs;
  }
  if (!flags.save_logs) return std::nullopt;
  if (run.round() > 0) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("--save-logs: logs need every round from the first, and this run starts after round {}",
                    run.round()));
  }
  return begin_logs(run.ecosystem(), plan.simulation);
}

/// The state comes last: logs of rounds after it are cut off when the run is taken up again.
void save(RecordedRun& run, const std::optional<PlatformLogs>& logs, RunFolder& folder, const Plan& plan) {
  if (logs) write_platform_logs(folder, *logs);
  Archive state;
  run.persist(state);
  save_run(folder.path_of(run_state_file), plan, cell_of(plan), run.round(), std::move(state));
}

/// Plays to the plan's end, saving on the way and at the end, a stop or a failure.
bool play(RecordedRun& run, std::optional<PlatformLogs>& logs, const SimulateFlags& flags, const Plan& plan,
          RunFolder& folder) {
  Progress progress("simulate", static_cast<std::uint64_t>(plan.rounds - run.round()), progress_style(stderr),
                    progress_sink(stderr));
  const std::function<bool()> stop = interrupt_requested;
  const auto after_round = [&] {
    progress.advance();
    if (logs) log_round(run.ecosystem(), *logs);
    if (flags.save_every > 0 && run.round() % flags.save_every == 0) save(run, logs, folder, plan);
  };
  const bool finished = StopSign(stop).play(run, static_cast<std::uint32_t>(plan.rounds), after_round,
                                            [&] { save(run, logs, folder, plan); });
  progress.finish();
  return finished;
}

void run_simulate(const SimulateFlags& flags) {
  const Plan plan = plan_of(flags);
  AskedModel asked(flags.llm, {&plan.simulation});
  const auto folder_path = flags.output.folder();
  const auto source = open_world(plan.simulation.world);
  const Cell cell = cell_of(plan);
  Workers workers(flags.output.threads);
  const World world = first_world(plan, source, cell.seed);
  RecordedRun run(plan.simulation, world, cell.policy, cell.seed, {workers, asked.chat()});
  if (flags.output.resuming()) take_up(run, folder_path, plan);
  if (!flags.fork.empty()) branch_off(run, flags.fork, world, workers);

  if (run.round() > plan.rounds) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("--rounds {}: the run has already come to round {}", plan.rounds, run.round()));
  }
  auto logs = logs_so_far(flags, run, plan);

  RunFolder folder = flags.output.open_folder("simulate");
  folder.write_text("config.toml", to_toml(plan));
  const auto way_on = fmt::format("the run is saved, go on with: perennial simulate --resume {}{}",
                                  folder_path.string(), asked.same_flags());
  bool finished = false;
  try {
    finished = play(run, logs, flags, plan, folder);
  } catch (const Error& error) {
    throw asked.broken_off(error, fmt::format("stopped after round {}; {}", run.round(), way_on));
  }
  if (!finished)
    throw Error(ErrorCode::interrupted, fmt::format("stopped after round {}; {}", run.round(), way_on));
  Comparison comparison = describe_comparison(plan, world);
  comparison.command = "simulate";
  comparison.policies.front().runs.push_back(run.result());
  total_up(comparison);
  write_comparison(folder, comparison);
  folder.finish();
  flags.output.json ? print_summary(comparison) : print_comparison(comparison, folder.path_of("report.html"));
}

}  // namespace

void add_simulate_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "simulate", "Plays one policy on one seed; the run can be saved, taken up again and forked");
  auto flags = std::make_shared<SimulateFlags>();
  flags->plan.add_to(*command);
  flags->plan.add_key(*command, "--policy", "run.policies",
                      "the suggestion policy (default silent); lore-d@DIR as in compare");
  flags->plan.add_key(*command, "--seed", "run.first_seed", "the seed");
  flags->llm.add_to(*command);
  flags->output.add_to(*command,
                       {.out = "folder for summary.json, the tables, report.html, config.toml and run.state",
                        .resume = "go on with a run in this folder, to --rounds or as far as was planned",
                        .threads = "threads"});
  command->add_option("--fork", flags->fork,
                      "start where the run in this folder stands, under --policy, sharing every coin");
  command
      ->add_option("--save-every", flags->save_every,
                   "save run.state every so many rounds, not only at the end")
      ->check(CLI::NonNegativeNumber);
  command->add_flag(
      "--save-logs", flags->save_logs,
      "also leave all that the platform logged, log.json and log-*.parquet: what train --from-logs "
      "reads");
  command->footer(
      "\nExamples:\n"
      "  perennial simulate --policy water-filling --rounds 100 --seed 7 --out run\n"
      "  perennial simulate --resume run --rounds 200\n"
      "  perennial simulate --fork run --policy silent --rounds 200 --out branch\n");
  command->callback([flags] { run_simulate(*flags); });
}

}  // namespace perennial
