#include "cli/fork_value_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>

#include "base/progress.h"
#include "cli/fork_flags.h"
#include "io/json_file.h"
#include "report/value_report.h"
#include "report/value_summary.h"
#include "report/words.h"
#include "simulate/language_models.h"
#include "study/fork_values.h"
#include "world/catalogue.h"

namespace perennial {
namespace {

constexpr const char* folder_kind = "fork value";

struct ValueFlags {
  ForkFlags fork;
  ValueSettings settings;
  std::optional<double> discount;
};

/// A run at the moment to fork, and what it takes to play on.
struct Opened {
  FolderRun run;
  RunMoment moment;
};

/// Checks everything that was typed, then plays up to the moment.
Opened open_moment(ValueFlags& flags, std::uint64_t rounds, std::optional<Progress>& progress) {
  FolderRun run = open_run(flags.fork.run);
  refuse_language_models(run.plan.simulation, "fork value");
  auto& policy = flags.settings.policy;
  if (policy.empty()) policy = run.cell.policy;
  const Plan plan = make_plan("", run.folder / "config.toml", {{"--policy", "run.policies", policy}});
  if (plan.policy_names().size() != 1)
    throw Error(ErrorCode::invalid_argument, fmt::format("--policy {}: must be one policy", policy));
  const std::uint32_t at = flags.fork.round_of(run);
  flags.fork.refuse_unusable(folder_kind);
  const World world = first_world(run.plan, open_world(run.plan.simulation.world), run.cell.seed);
  policy_for(run.plan.simulation, world, policy, run.cell.seed);
  progress.emplace("fork value", rounds_to_reach(run, at) + rounds, progress_style(stderr),
                   progress_sink(stderr));
  auto moment = flags.fork.moment(run, world, at, *progress);
  return {std::move(run), std::move(moment)};
}

/// Calls `measure`; a stop that leaves nothing is told like all other stops.
template <class Measure>
auto measured(const ForkFlags& fork, Measure measure) {
  try {
    return measure();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::interrupted) throw fork.stopped();
    throw;
  }
}

/// When fewer futures were played than asked for, says so once their result is written.
void tell_stop(const ForkFlags& fork, std::uint32_t played, std::uint32_t asked) {
  if (played == asked) return;
  throw Error(ErrorCode::interrupted, fmt::format("stopped after {} of {} futures; what they say is in {}",
                                                  played, asked, fork.out.string()));
}

struct Output {
  std::string config;
  Table table;
  nlohmann::ordered_json summary;
  std::string report;
  std::string headline;
};

void write_output(const ForkFlags& fork, const Output& output) {
  RunFolder folder = fork.open_folder(folder_kind);
  folder.write_text("config.toml", output.config);
  folder.write_parquet("values.parquet", output.table);
  folder.write_text("summary.json", json_text(output.summary));
  folder.write_text("report.html", output.report);
  folder.finish();
  if (fork.json) return fmt::print("{}", json_text(output.summary));
  fmt::print("{}\nresult {}\nreport: {}\n", output.headline,
             output.summary.at("result_hash").get<std::string>(),
             std::filesystem::absolute(folder.path_of("report.html")).lexically_normal().string());
}

std::string config_text(const Opened& opened, const ValueSettings& s, const std::string& what) {
  return fmt::format(
      "# perennial fork value {} --run {} --at {} --policy {} --rounds {} --futures {} --creators {}\n{}",
      what, opened.run.folder.string(), opened.moment.round, s.policy, s.rounds, s.futures, s.creators,
      to_toml(opened.run.plan));
}

ValueControl control_of(const ForkFlags& fork, Progress& progress) {
  return {.threads = fork.threads, .played = [&progress] { progress.advance(); }};
}

void run_suggestions(ValueFlags flags) {
  flags.fork.require_folders("fork value suggestions");
  flags.settings.discount = flags.discount.value_or(1);
  std::optional<Progress> progress;
  const Opened opened = open_moment(flags, rounds_of_suggestion_values(flags.settings), progress);
  auto values = measured(flags.fork, [&] {
    return suggestion_values(opened.moment, flags.settings, control_of(flags.fork, *progress));
  });
  progress->finish();
  values.header.run = opened.run.folder.string();
  write_output(flags.fork, {.config = config_text(opened, values.header.settings, "suggestions"),
                            .table = suggestion_value_table(values),
                            .summary = suggestion_value_summary(values),
                            .report = render_suggestion_value_report(values),
                            .headline = suggestion_value_headline(values)});
  tell_stop(flags.fork, values.header.settings.futures, flags.settings.futures);
}

void run_impressions(ValueFlags flags) {
  flags.fork.require_folders("fork value impressions");
  std::optional<Progress> progress;
  if (flags.discount) flags.settings.discount = *flags.discount;
  const Opened opened = open_moment(flags, rounds_of_impression_values(flags.settings), progress);
  if (!flags.discount) flags.settings.discount = opened.run.plan.simulation.platform.discount;
  auto values = measured(flags.fork, [&] {
    return impression_values(opened.moment, flags.settings, control_of(flags.fork, *progress));
  });
  progress->finish();
  values.header.run = opened.run.folder.string();
  write_output(flags.fork, {.config = config_text(opened, values.header.settings, "impressions"),
                            .table = impression_value_table(values),
                            .summary = impression_value_summary(values),
                            .report = render_impression_value_report(values),
                            .headline = impression_value_headline(values)});
  tell_stop(flags.fork, values.header.settings.futures, flags.settings.futures);
}

void add_shared(CLI::App& command, ValueFlags& flags, double most_discount) {
  flags.fork.add_to(command);
  command.add_option(
      "--policy", flags.settings.policy,
      "who suggests to everybody else, and from then on (default: the run's own, as it stands)");
  command.add_option("--rounds", flags.settings.rounds, "rounds of every fork")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command.add_option("--futures", flags.settings.futures, "sets of coins; intervals need several")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command
      .add_option("--creators", flags.settings.creators,
                  "at most so many creators, evenly over those there are")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command.add_option("--discount", flags.discount, "what a click counts for a round later")
      ->check(CLI::Range(1e-6, most_discount));
}

void add_suggestions(CLI::App& value) {
  auto* command = value.add_subcommand(
      "suggestions", "Clicks that telling one creator one genre adds, beside what the policy expects of it");
  auto flags = std::make_shared<ValueFlags>();
  add_shared(*command, *flags, 1);
  command
      ->add_option("--alternatives", flags->settings.alternatives,
                   "genres tried on each creator beside the one chosen, best and worst by estimate in turns")
      ->check(CLI::Range(0, 10'000))
      ->capture_default_str();
  command->footer(
      "\nWith --discount left out a click counts the same in every round. Ctrl-C keeps the futures played so "
      "far.\n"
      "\nExamples:\n"
      "  perennial fork value suggestions --run run --at 120 --out prices\n"
      "  perennial fork value suggestions --run run --policy silent --rounds 10 --futures 40 --out alone\n");
  command->callback([flags] { run_suggestions(*flags); });
}

void add_impressions(CLI::App& value) {
  auto* command = value.add_subcommand(
      "impressions",
      "Clicks, now and later, that one more impression of a creator's items adds, beside the formula's");
  auto flags = std::make_shared<ValueFlags>();
  flags->settings.rounds = 30;
  flags->settings.futures = 80;
  add_shared(*command, *flags, 0.9999);
  command->add_option("--factor", flags->settings.factor, "on the creator's scores, for one round")
      ->check(CLI::Range(1.01, 1000.0))
      ->capture_default_str();
  command->footer(
      "\nWith --discount left out it is the run's platform.discount. Ctrl-C keeps the futures played so "
      "far.\n"
      "\nExamples:\n"
      "  perennial simulate --setting responsive --rounds 100 --out run\n"
      "  perennial fork value impressions --run run --out worth\n");
  command->callback([flags] { run_impressions(*flags); });
}

}  // namespace

void add_fork_value_command(CLI::App& fork) {
  auto* value = fork.add_subcommand(
      "value", "What a single suggestion or impression is worth in the long run, measured by paired forks");
  value->require_subcommand(1);
  add_suggestions(*value);
  add_impressions(*value);
}

}  // namespace perennial
