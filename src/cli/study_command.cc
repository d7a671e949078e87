#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/progress.h"
#include "cli/commands.h"
#include "cli/meta_example_command.h"
#include "cli/output_flags.h"
#include "cli/plan_flags.h"
#include "cli/study_commands.h"
#include "cli/study_flags.h"
#include "io/json_file.h"
#include "report/experiment_study_report.h"
#include "report/experiment_study_summary.h"
#include "simulate/language_models.h"
#include "study/experiment_study.h"
#include "study/study_catalogue.h"

namespace perennial {
namespace {

struct ExperimentStudyFlags {
  PlanFlags plan;
  std::filesystem::path out;
  std::size_t threads = 2;
  bool force = false, json = false;
};

Plan plan_of(const ExperimentStudyFlags& flags) {
  PlanFlags plan = flags.plan;
  if (plan.setting.empty() && plan.config.empty()) plan.setting = "responsive";
  return plan.plan({{"study", "run.rounds", std::int64_t{30}},
                    {"study", "world.users", std::int64_t{1200}},
                    {"study", "world.creators", std::int64_t{2400}}});
}

void write_study(RunFolder& folder, const ExperimentStudy& study, bool json) {
  const auto summary = json_text(experiment_study_summary(study));
  folder.write_parquet("replications.parquet", replications_table(study));
  folder.write_parquet("effects.parquet", effects_table(study));
  folder.write_parquet("deployment.parquet", deployment_table(study));
  folder.write_text("summary.json", summary);
  folder.write_text("report.html", render_experiment_study_report(study));
  folder.finish();
  fmt::print("{}", json ? summary : experiment_study_text(study));
}

void run_experiment_study(const ExperimentStudyFlags& flags) {
  const Plan plan = plan_of(flags);
  refuse_language_models(plan.simulation, "study experiment");
  const auto source = open_world(plan.simulation.world);
  const auto total = rounds_of(plan);
  RunFolder folder(flags.out, "study experiment", flags.force ? Existing::force : Existing::replace);
  folder.write_text("config.toml", to_toml(plan) + experiment_toml(plan));
  Progress progress("study", total, progress_style(stderr), progress_sink(stderr));
  const auto study =
      study_experiment(plan, source,
                       {.threads = flags.threads,
                        .played = [&progress] { progress.advance(); },
                        .begins = [&progress](const std::string& what) { progress.say(what); }});
  progress.finish();
  write_study(folder, study, flags.json);
}

void add_own_keys(CLI::App& command, PlanFlags& plan) {
  plan.add_key(command, "--seed", "run.first_seed", "the platform's people and coins (default 1)");
  plan.add_key(command, "--share", "experiment.share",
               "creators treated in the experiment that a score is learned from");
  plan.add_key(command, "--multiplier", "experiment.multiplier", "factor on a treated creator's scores");
  command.add_option_function<std::string>(
      "--shares",
      [&plan](const std::string& typed) {
        plan.given.push_back({"--shares", "experiment.shares", typed});
      },
      "per cent treated at which designs are compared, with commas between (experiment.shares)");
  plan.add_key(command, "--replications", "experiment.replications", "experiments per design and share");
  plan.add_key(command, "--learner", "experiment.learner", "what learns the score");
  plan.add_key(command, "--transform", "experiment.transform", "what posts are learned as");
  plan.add_key(command, "--strength", "experiment.strength", "of the deployed boost");
}

void add_experiment_study(CLI::App& study) {
  auto* command = study.add_subcommand(
      "experiment",
      "Plays an experiment on creators in a simulated platform, learns from its logs whom to boost, and "
      "holds all of it against the truth");
  auto flags = std::make_shared<ExperimentStudyFlags>();
  flags->plan.add_to(*command);
  add_own_keys(*command, flags->plan);
  command->add_option("--out", flags->out, "folder for report.html, summary.json, the tables and config.toml")
      ->required();
  command
      ->add_option("--threads", flags->threads, "forks played side by side; the result does not depend on it")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--force", flags->force,
                    "use the folder even if it is not one of Perennial's; other files stay");
  command->add_flag("--json", flags->json, "print summary.json instead of a table");
  std::string keys = "\nKeys (--set key=value, or in a --config file)\n";
  ExperimentSettings defaults;
  for (const auto& field : defaults.fields().all())
    keys +=
        fmt::format("  experiment.{:<20} {:<20} {}\n", field.name, to_toml(Fields::value(field)), field.help);
  command->footer(keys +
                  "\nExamples:\n"
                  "  perennial study experiment --out study\n"
                  "  perennial study experiment --creators 2000 --shares 2,50 --replications 4 --out quick\n"
                  "  perennial study experiment --set response.explained=0 --out nothing-to-learn\n");
  command->callback([flags] { run_experiment_study(*flags); });
}

}  // namespace

void add_study_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "study",
      "Plays a study file: arms x worlds x seeds, and claims judged; or holds a method against the truth");
  add_experiment_study(*command);
  add_levers_study(*command);
  add_surrogate_study(*command);
  add_meta_example(*command);
  auto file = std::make_shared<std::string>();
  auto flags = std::make_shared<StudyFlags>();
  command->add_option("file", *file, "a study file (docs/reproduce.md), or the name of a built-in one");
  flags->add_to(*command);
  command->footer(
      "\nExamples:\n"
      "  perennial study examples/own-study.toml --out own\n"
      "  perennial study examples/own-study.toml --resume own      # after Ctrl-C: finished runs are not "
      "played again\n"
      "  perennial study experiment --out study\n");
  command->callback([command, file, flags] {
    if (!command->get_subcommands().empty()) return;
    if (file->empty())
      throw Error(ErrorCode::invalid_argument,
                  "study: name a study file, as in perennial study own.toml --out DIR; see --help");
    run_study(open_study(*file), *flags, fmt::format("perennial study {}", *file));
  });
}

}  // namespace perennial
