#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "cli/asked_model.h"
#include "cli/commands.h"
#include "cli/comparison_output.h"
#include "cli/output_flags.h"
#include "cli/plan_flags.h"
#include "study/compare.h"
#include "world/catalogue.h"

namespace perennial {
namespace {

struct CompareFlags {
  PlanFlags plan;
  OutputFlags output;
  LlmFlags llm;
};

constexpr const char* saved_runs = "unfinished";

CompareControl control_of(const CompareFlags& flags, const std::filesystem::path& folder, Progress& progress,
                          Chat* chat) {
  return {.threads = flags.output.threads,
          .played = [&progress](std::uint64_t rounds) { progress.advance(rounds); },
          .stop = interrupt_requested,
          .saved_runs = folder / saved_runs,
          .chat = chat};
}

/// Throws Error(interrupted) when stopped, and what Chat::ask does, with the command that goes on.
Comparison play(const Plan& plan, const WorldSource& source, const CompareFlags& flags, AskedModel& asked,
                Progress& progress) {
  const auto& folder = flags.output.folder();
  const auto way_on = fmt::format("every run is saved, go on with: perennial compare --resume {}{}",
                                  folder.string(), asked.same_flags());
  try {
    auto comparison = compare(plan, source, control_of(flags, folder, progress, asked.chat()));
    if (!comparison) throw Error(ErrorCode::interrupted, "stopped");
    progress.finish();
    return std::move(*comparison);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::interrupted) throw asked.broken_off(error, way_on);
    throw Error(ErrorCode::interrupted, fmt::format("{}; {}", error.what(), way_on));
  }
}

void run_compare(const CompareFlags& flags) {
  const OutputFlags& output = flags.output;
  output.require_one_folder("compare", "comparison");
  const auto folder_path = output.folder();
  const Plan plan = output.resuming() ? make_plan("", folder_path / "config.toml", {}) : flags.plan.plan();
  AskedModel asked(flags.llm, {&plan.simulation});
  const auto source = open_world(plan.simulation.world);
  RunFolder folder = output.open_folder("compare");
  if (!output.resuming()) std::filesystem::remove_all(folder_path / saved_runs);
  folder.write_text("config.toml", to_toml(plan));

  Progress progress("compare", rounds_to_play(plan, folder_path / saved_runs), progress_style(stderr),
                    progress_sink(stderr));
  const auto comparison = play(plan, source, flags, asked, progress);
  write_comparison(folder, comparison);
  std::filesystem::remove_all(folder_path / saved_runs);
  folder.finish();
  output.json ? print_summary(comparison) : print_comparison(comparison, folder.path_of("report.html"));
}

}  // namespace

void add_compare_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "compare", "Plays several suggestion policies on the same seeds and reports the paired difference");
  auto flags = std::make_shared<CompareFlags>();
  flags->plan.add_to(*command);
  flags->plan.add_key(
      *command, "--policies", "run.policies",
      "policies to play, with commas between; lore-d@DIR goes on from what train left in DIR, "
      "lore-d@DIR:frozen plays it as it is");
  flags->plan.add_key(*command, "--seeds", "run.seeds", "runs per policy");
  flags->plan.add_key(*command, "--first-seed", "run.first_seed", "the first seed");
  flags->llm.add_to(*command);
  flags->output.add_to(*command, {.out = "folder for summary.json, the tables, report.html and config.toml",
                                  .resume = "go on with a comparison that was stopped",
                                  .threads = "runs side by side"});
  command->footer(
      "\nExamples:\n"
      "  perennial compare --policies silent,random,most-history-click,water-filling,lore,lore-d,oracle "
      "--out "
      "out\n"
      "  perennial compare --world youtube --setting craft --seeds 20 --set trust.mean=0.8 --out out\n"
      "  perennial compare --policies random,lore-d,lore-d@trained,lore-d@trained:frozen --out out\n"
      "  perennial compare --config out/config.toml --out again     # the same bytes\n");
  command->callback([flags] { run_compare(*flags); });
}

}  // namespace perennial
