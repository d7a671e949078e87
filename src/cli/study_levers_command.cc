#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/progress.h"
#include "cli/plan_flags.h"
#include "cli/study_commands.h"
#include "io/json_file.h"
#include "io/run_folder.h"
#include "report/levers_report.h"
#include "report/levers_summary.h"
#include "simulate/language_models.h"
#include "study/levers_plans.h"
#include "study/levers_study.h"

namespace perennial {
namespace {

struct LeversFlags {
  PlanFlags plan;
  std::filesystem::path out;
  std::size_t threads = 2;
  bool force = false, json = false;
};

void write_study(RunFolder& folder, const LeversStudy& study, bool json) {
  const auto summary = json_text(levers_summary(study));
  folder.write_parquet("paths.parquet", lever_paths_table(study));
  folder.write_parquet("rounds.parquet", lever_rounds_table(study));
  folder.write_parquet("experiments.parquet", lever_experiments_table(study));
  folder.write_text("summary.json", summary);
  folder.write_text("report.html", render_levers_report(study));
  folder.finish();
  fmt::print("{}", json ? summary : levers_text(study));
}

void run_levers_study(const LeversFlags& flags) {
  const auto given = flags.plan.keys();
  const auto plans = lever_plans(flags.plan.config, given);
  for (const Plan& plan : plans) refuse_language_models(plan.simulation, "study levers");
  const auto source = open_world(plans.front().simulation.world);
  RunFolder folder(flags.out, "study levers", flags.force ? Existing::force : Existing::replace);
  folder.write_text("config.toml", levers_toml(plans.front(), flags.plan.config, given));
  Progress progress("study", rounds_of_levers(plans.front()), progress_style(stderr), progress_sink(stderr));
  const auto study = study_levers(
      plans, source, {.threads = flags.threads, .played = [&progress] { progress.advance(); }, .begins = {}});
  progress.finish();
  write_study(folder, study, flags.json);
}

void add_own_keys(CLI::App& command, PlanFlags& plan) {
  command.add_option_function<std::string>(
      "--environments",
      [&plan](const std::string& typed) {
        plan.given.push_back({"--environments", "levers.environments", typed});
      },
      "settings to play in, with commas between (levers.environments)");
  plan.add_key(command, "--seeds", "run.seeds", "platforms per environment, each with its own seed");
  plan.add_key(command, "--rounds", "run.rounds", "rounds of each path");
  plan.add_key(command, "--users", "world.users", "users drawn from the world");
  plan.add_key(command, "--creators", "world.creators", "creators drawn from the world");
  plan.add_key(command, "--suggest", "levers.suggest", "the policy that suggests");
  plan.add_key(command, "--strength", "levers.strength", "of the boost by score");
  command
      .add_option("--set", plan.sets,
                  "any other key, as in --set trust.mean=0.8 (perennial settings lists them), in every "
                  "environment")
      ->take_all()
      ->allow_extra_args(false);
  command.add_option("--config", plan.config,
                     "a TOML file of keys, such as the config.toml of an earlier run");
}

std::string keys_help() {
  std::string keys = "\nKeys (--set key=value, or in a --config file)\n";
  LeversSettings defaults;
  for (const auto& field : defaults.fields().all())
    keys += fmt::format("  levers.{:<20} {:<20} {}\n", field.name, to_toml(Fields::value(field)), field.help);
  return keys;
}

}  // namespace

void add_levers_study(CLI::App& study) {
  auto* command = study.add_subcommand(
      "levers",
      "Plays suggest and promote, alone, together and not at all, on platforms whose creators respond to "
      "engagement; whom to promote is learned from an experiment that the platform itself runs");
  auto flags = std::make_shared<LeversFlags>();
  add_own_keys(*command, flags->plan);
  command->add_option("--out", flags->out, "folder for report.html, summary.json, the tables and config.toml")
      ->required();
  command
      ->add_option("--threads", flags->threads,
                   "platforms played side by side; the result does not depend on it")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--force", flags->force,
                    "use the folder even if it is not one of Perennial's; other files stay");
  command->add_flag("--json", flags->json, "print summary.json instead of a table");
  command->footer(keys_help() +
                  "\nExamples:\n"
                  "  perennial study levers --out levers\n"
                  "  perennial study levers --environments lockin --seeds 3 --rounds 60 --out quick\n"
                  "  perennial study levers --config levers/config.toml --out again\n");
  command->callback([flags] { run_levers_study(*flags); });
}

}  // namespace perennial
