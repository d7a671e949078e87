#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "cli/commands.h"
#include "cli/comparison_output.h"
#include "cli/plan_flags.h"
#include "study/compare.h"
#include "world/catalogue.h"

namespace perennial {
namespace {

struct CompareFlags {
  PlanFlags plan;
  std::filesystem::path out;
  std::filesystem::path resume;
  std::size_t threads = 2;
  bool force = false;
  bool json = false;
};

constexpr const char* saved_runs = "unfinished";

CompareControl control_of(const CompareFlags& flags, const std::filesystem::path& folder,
                          Progress& progress) {
  return {.threads = flags.threads,
          .played = [&progress](std::uint64_t rounds) { progress.advance(rounds); },
          .stop = interrupt_requested,
          .saved_runs = folder / saved_runs};
}

void run_compare(const CompareFlags& flags) {
  const bool resuming = !flags.resume.empty();
  if (resuming == !flags.out.empty()) {
    throw Error(ErrorCode::invalid_argument,
                "compare: give --out DIR for a new comparison or --resume DIR for one that was stopped");
  }
  const auto folder_path = resuming ? flags.resume : flags.out;
  const Plan plan = resuming ? make_plan("", flags.resume / "config.toml", {}) : flags.plan.plan();
  const auto source = open_world(plan.simulation.world);
  RunFolder folder(folder_path, "compare",
                   resuming      ? Existing::resume
                   : flags.force ? Existing::force
                                 : Existing::replace);
  if (!resuming) std::filesystem::remove_all(folder_path / saved_runs);
  folder.write_text("config.toml", to_toml(plan));

  Progress progress("compare", rounds_to_play(plan, folder_path / saved_runs), progress_style(stderr),
                    progress_sink(stderr));
  const auto comparison = compare(plan, source, control_of(flags, folder_path, progress));
  if (!comparison) {
    throw Error(ErrorCode::interrupted,
                fmt::format("stopped; every run is saved, go on with: perennial compare --resume {}",
                            folder_path.string()));
  }
  progress.finish();
  write_comparison(folder, *comparison);
  std::filesystem::remove_all(folder_path / saved_runs);
  folder.finish();
  flags.json ? print_summary(*comparison) : print_comparison(*comparison, folder.path_of("report.html"));
}

}  // namespace

void add_compare_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "compare", "Plays several suggestion policies on the same seeds and reports the paired difference");
  auto flags = std::make_shared<CompareFlags>();
  flags->plan.add_to(*command);
  flags->plan.add_key(*command, "--policies", "run.policies", "policies to play, with commas between");
  flags->plan.add_key(*command, "--seeds", "run.seeds", "runs per policy");
  flags->plan.add_key(*command, "--first-seed", "run.first_seed", "the first seed");
  command->add_option("--out", flags->out,
                      "folder for summary.json, the tables, report.html and config.toml");
  command->add_option("--resume", flags->resume, "go on with a comparison that was stopped");
  command->add_option("--threads", flags->threads, "runs side by side; the result does not depend on it")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--force", flags->force,
                    "use the folder even if it is not one of Perennial's; other files stay");
  command->add_flag("--json", flags->json, "print summary.json instead of a table");
  command->footer(
      "\nExamples:\n"
      "  perennial compare --policies silent,random,most-click,most-history-click,water-filling,oracle --out "
      "out\n"
      "  perennial compare --world youtube --setting craft --seeds 20 --set trust.mean=0.8 --out out\n"
      "  perennial compare --config out/config.toml --out again     # the same bytes\n");
  command->callback([flags] { run_compare(*flags); });
}

}  // namespace perennial
