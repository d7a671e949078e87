#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "cli/asked_model.h"
#include "cli/commands.h"
#include "cli/fork_flags.h"
#include "cli/fork_value_command.h"
#include "io/json_file.h"
#include "report/fork_report.h"
#include "report/fork_summary.h"
#include "report/words.h"
#include "study/fork_paths.h"
#include "study/interval.h"
#include "study/seed_values.h"
#include "world/catalogue.h"

namespace perennial {
namespace {

struct PathFlags {
  ForkFlags fork;
  LlmFlags llm;
  std::string policies;
  std::int64_t rounds = 80;
  std::int64_t futures = 1;
};

/// What a policy's name must be, before anything is played; the run's own plan checks it.
std::vector<std::string> policies_of(const PathFlags& flags, const FolderRun& run) {
  if (flags.policies.empty()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("fork: give --policies, those that could take over, as in --policies {},{}",
                            run.cell.policy, run.cell.policy == "silent" ? "water-filling" : "silent"));
  }
  const Plan plan =
      make_plan("", run.folder / "config.toml", {{"--policies", "run.policies", flags.policies}});
  return plan.policy_names();
}

/// The settings of the run, which all paths share, under what made the paths.
std::string config_text(const FolderRun& run, const PathFlags& flags, std::uint32_t at) {
  Plan plan = run.plan;
  plan.policies = flags.policies;
  plan.rounds = at + flags.rounds;
  return fmt::format("# perennial fork --run {} --at {} --policies {} --rounds {} --futures {}\n{}",
                     run.folder.string(), at, flags.policies, flags.rounds, flags.futures, to_toml(plan));
}

void write_paths(RunFolder& folder, const ForkedPaths& forked, const std::string& config) {
  folder.write_text("config.toml", config);
  folder.write_parquet("rounds.parquet", fork_rounds_table(forked));
  folder.write_parquet("creators.parquet", fork_creators_table(forked));
  folder.write_text("summary.json", json_text(fork_summary(forked)));
  folder.write_text("report.html", render_fork_report(forked));
  folder.finish();
}

/// "[+1.2, +3.4]", or nothing for one future.
std::string interval_words(const Interval& interval, std::size_t futures) {
  return futures < 2 ? "" : fmt::format(" [{:+.1f}, {:+.1f}]", interval.low, interval.high);
}

void print_paths(const ForkedPaths& forked, const std::filesystem::path& report) {
  const auto& paths = forked.paths;
  const std::size_t base = baseline_of(forked);
  const auto base_clicks = seed_values(paths.policies[base], Metric::cumulative_clicks);
  std::size_t width = 24;
  for (const auto& path : paths.policies) width = std::max(width, path.name.size() + 2);
  fmt::print("{:<{}}{:<20}clicks since the fork against {}\n", "path", width, "clicks per round",
             paths.policies[base].name);
  for (std::size_t i = 0; i < paths.policies.size(); ++i) {
    const auto& path = paths.policies[i];
    const auto clicks = interval_of(seed_values(path, Metric::clicks));
    const auto gain = paired_difference(seed_values(path, Metric::cumulative_clicks), base_clicks);
    fmt::print(
        "{:<{}}{:<20.1f}{}\n", path.name, width, clicks.mean,
        i == base ? "-" : fmt::format("{:+.1f}{}", gain.mean, interval_words(gain, paths.seeds.size())));
  }
  fmt::print("\n{}\n", fork_headline(forked));
  if (paths.seeds.size() < 2) fmt::print("one future: no intervals; --futures 20 says what to expect\n");
  fmt::print("{} x {}, {:.1f} s of CPU time, result {}\n", count_words(paths.seeds.size(), "future"),
             count_words(paths.rounds, "round"), paths.cpu_seconds, paths.result_hash);
  fmt::print("report: {}\n", std::filesystem::absolute(report).lexically_normal().string());
}

void run_fork(const PathFlags& flags) {
  flags.fork.require_folders("fork");
  FolderRun run = open_run(flags.fork.run);
  const PathPlan plan{.policies = policies_of(flags, run),
                      .rounds = static_cast<std::uint32_t>(flags.rounds),
                      .futures = static_cast<std::uint32_t>(flags.futures)};
  AskedModel asked(flags.llm, {&run.plan.simulation});
  const std::uint32_t at = flags.fork.round_of(run);
  flags.fork.refuse_unusable("fork");
  const World world = first_world(run.plan, open_world(run.plan.simulation.world), run.cell.seed);

  Progress progress("fork", rounds_to_reach(run, at) + plan.policies.size() * plan.rounds * plan.futures,
                    progress_style(stderr), progress_sink(stderr));
  const auto played = [&](std::uint64_t rounds) { progress.advance(rounds); };
  const PathControl control{
      .threads = flags.fork.threads, .played = played, .stop = interrupt_requested, .chat = asked.chat()};
  std::optional<ForkedPaths> forked;
  try {
    forked = play_paths(flags.fork.moment(run, world, at, progress, asked.chat()), plan, control);
  } catch (const Error& error) {
    throw asked.broken_off(
        error, fmt::format("nothing was written to {}, start again for a result", flags.fork.out.string()));
  }
  if (!forked) throw flags.fork.stopped();
  progress.finish();
  forked->run = run.folder.string();

  RunFolder folder = flags.fork.open_folder("fork");
  write_paths(folder, *forked, config_text(run, flags, at));
  flags.fork.json ? fmt::print("{}", json_text(fork_summary(*forked)))
                  : print_paths(*forked, folder.path_of("report.html"));
}

}  // namespace

void add_fork_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "fork",
      "What if: the paths that could follow a moment of a saved run, on the same coins, side by side");
  auto flags = std::make_shared<PathFlags>();
  flags->fork.add_to(*command);
  flags->llm.add_to(*command);
  command->add_option("--policies", flags->policies,
                      "policies to play from there on, with commas between; the run's own goes on with its "
                      "memory, others begin new to the platform (lore-d@DIR with what train left in DIR)");
  command->add_option("--rounds", flags->rounds, "rounds on each path")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command
      ->add_option("--futures", flags->futures,
                   "how many sets of coins from there on: the run's own, then others; intervals need several")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->footer(
      "\nExamples:\n"
      "  perennial simulate --policy lore-d --rounds 200 --seed 7 --out run\n"
      "  perennial fork --run run --at 120 --policies lore-d,silent --rounds 80 --out what-if\n"
      "  perennial fork --run run --policies lore-d,water-filling --rounds 80 --futures 20 --out next\n");
  command->require_subcommand(0, 1);
  add_fork_value_command(*command);
  command->callback([command, flags] {
    if (command->get_subcommands().empty()) run_fork(*flags);
  });
}

}  // namespace perennial
