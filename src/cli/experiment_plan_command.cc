#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

#include "base/error.h"
#include "base/names.h"
#include "cli/experiment_flags.h"
#include "io/duckdb.h"
#include "io/json_file.h"
#include "io/table_source.h"
#include "io/typed_query.h"
#include "report/experiment_summary.h"
#include "respond/experiment/plan.h"
#include "respond/experiment/read_creators.h"
#include "respond/table/read_creator_table.h"
#include "respond/table/rows_query.h"

namespace perennial {
namespace {

struct PlanFlagsOfExperiment {
  std::string table, query, filter, creator = "creator_id", outcome, pre, cluster;
  double cv = 0, correlation = 0, mean = 0, sd = 0, cluster_size = 1, icc = 0, alpha = 0.05;
  double creators = 0, treated = 0, treatment_share = 0.02, control_share = 0.02;
  double effect = 0, power = 0.8;
  ExperimentOutput output;
  const CLI::App* command = nullptr;

  bool given(const char* flag) const { return command->count(flag) > 0; }
};

[[noreturn]] void refuse(const std::string& sentence) {
  throw Error(ErrorCode::invalid_argument, "experiment plan: " + sentence);
}

/// Only the columns that a spread needs: a table's features stay where they are.
CreatorTable read_outcome(const PlanFlagsOfExperiment& flags) {
  const auto source = open_table_source(flags.table);
  std::string list = sql_name(flags.creator);
  CreatorColumns columns;
  columns.creator = flags.creator;
  columns.outcomes = {flags.outcome};
  columns.cluster = flags.cluster;
  if (!flags.pre.empty()) columns.pre_outcomes[flags.outcome] = flags.pre;
  const std::string base = rows_query(*source, flags.query);
  std::vector<std::string> there;
  for (const auto& column : source->columns_of(base)) there.push_back(column.name);
  for (const auto& name : {flags.outcome, flags.pre, flags.cluster}) {
    if (name.empty()) continue;
    if (std::find(there.begin(), there.end(), name) == there.end())
      refuse(fmt::format("{} has no column '{}'{}", flags.table, name, name_hint(name, there)));
    list += ", " + sql_name(name);
  }
  columns.query = fmt::format("SELECT {} FROM {}", list, as_subquery(base));
  if (!flags.filter.empty()) columns.query += fmt::format(" WHERE ({}\n)", flags.filter);
  return read_creator_table(*source, columns, std::filesystem::temp_directory_path());
}

/// Spread by --cv, by --mean and --sd, or as measured in a table (whose creators are then counted).
PowerDesign spread_of(PlanFlagsOfExperiment& flags) {
  const bool by_moments = flags.given("--mean") || flags.given("--sd");
  if (flags.given("--cv") + by_moments + flags.given("--table") != 1)
    refuse("say how much the outcome varies by one of --cv, --mean with --sd, or --table with --outcome");
  PowerDesign design;
  if (flags.given("--table")) {
    if (flags.outcome.empty()) refuse("--table needs --outcome COLUMN");
    const CreatorTable table = read_outcome(flags);
    design = measured_design(table, flags.outcome);
    if (!flags.given("--creators")) flags.creators = static_cast<double>(table.size());
  } else if (by_moments) {
    if (!flags.given("--mean") || !flags.given("--sd")) refuse("--mean and --sd go together");
    design.cv = flags.sd / flags.mean;
  } else {
    design.cv = flags.cv;
  }
  if (flags.given("--correlation")) design.correlation = flags.correlation;
  if (flags.given("--cluster-size")) design.cluster_size = flags.cluster_size;
  if (flags.given("--icc")) design.icc = flags.icc;
  design.alpha = flags.alpha;
  design.control_ratio = flags.control_share / flags.treatment_share;
  return design;
}

PlanOptions options_of(PlanFlagsOfExperiment& flags) {
  if (flags.treatment_share + flags.control_share > 1)
    refuse(fmt::format("--treatment-share {} and --control-share {}: are above 1 together",
                       flags.treatment_share, flags.control_share));
  if (flags.given("--creators") && flags.given("--per-arm"))
    refuse("--creators and --per-arm say the same thing twice: give one");
  PlanOptions options{.design = spread_of(flags), .treated = {}, .effect = {}, .power = {}};
  if (flags.given("--effect")) options.effect = flags.effect;
  if (flags.given("--per-arm")) {
    options.treated = flags.treated;
  } else if (flags.creators > 0 &&
             !(flags.given("--table") && flags.given("--effect") && flags.given("--power"))) {
    options.treated = std::floor(flags.creators * flags.treatment_share);
  }
  if (!options.treated && !options.effect)
    refuse(
        "give --creators or --per-arm for the smallest effect that can be found, --effect for the creators "
        "it takes, or both for the power");
  if (flags.given("--power") && options.treated && options.effect)
    refuse("--power follows from creators and --effect: leave one of the three out");
  if (!(options.treated && options.effect)) options.power = flags.power;
  return options;
}

ExperimentConfig config_of(const PlanFlagsOfExperiment& flags, const ExperimentPlan& plan) {
  return {{"table", flags.table},
          {"outcome", flags.outcome},
          {"pre", flags.pre},
          {"cluster", flags.cluster},
          {"cv", plan.design.cv},
          {"correlation", plan.design.correlation},
          {"cluster_size", plan.design.cluster_size},
          {"icc", plan.design.icc},
          {"alpha", plan.design.alpha},
          {"treatment_share", flags.treatment_share},
          {"control_share", flags.control_share},
          {"creators_treatment", plan.treated},
          {"effect", plan.effect},
          {"power", plan.power}};
}

void run_plan(PlanFlagsOfExperiment& flags) {
  const ExperimentPlan plan = plan_experiment(options_of(flags));
  const auto summary = json_text(experiment_plan_summary(plan));
  if (!flags.output.out.empty()) {
    RunFolder folder = flags.output.open_folder("experiment plan");
    folder.write_text("config.toml", config_toml(config_of(flags, plan)));
    folder.write_parquet("power_curve.parquet", power_curve_table(plan));
    folder.write_text("summary.json", summary);
    folder.finish();
  }
  if (flags.output.json) {
    fmt::print("{}", summary);
    return;
  }
  for (const auto& sentence : plan.sentences) fmt::print("{}\n", sentence);
}

void add_spread_flags(CLI::App& command, PlanFlagsOfExperiment& flags) {
  command.add_option("--cv", flags.cv, "the outcome's standard deviation over its mean")
      ->check(CLI::Range(1e-6, 1e6));
  command.add_option("--mean", flags.mean, "the outcome's mean, with --sd")->check(CLI::Range(1e-9, 1e12));
  command.add_option("--sd", flags.sd, "the outcome's standard deviation, with --mean")
      ->check(CLI::Range(1e-9, 1e12));
  command.add_option("--table", flags.table,
                     "measure the spread in this table of creators, and plan for as many as it has");
  command.add_option("--query", flags.query,
                     "SELECT that gives the rows, where the source has several tables");
  command.add_option("--filter", flags.filter, "SQL condition on the rows that are read");
  command.add_option("--creator", flags.creator, "column with the creator's id (default creator_id)");
  command.add_option("--outcome", flags.outcome, "column with the outcome");
  command.add_option("--pre", flags.pre,
                     "column with the same over an earlier time as long: its correlation saves creators");
  command.add_option("--cluster", flags.cluster, "column with the unit to randomise, if not the creator");
  command.add_option("--correlation", flags.correlation, "of the outcome with the same before (default 0)")
      ->check(CLI::Range(-0.999999, 0.999999));
  command.add_option("--cluster-size", flags.cluster_size, "creators per randomised cluster (default 1)")
      ->check(CLI::Range(1.0, 1e9));
  command.add_option("--icc", flags.icc, "correlation of creators within a cluster (default 0)")
      ->check(CLI::Range(0.0, 1.0));
}

}  // namespace

void add_experiment_plan(CLI::App& experiment) {
  auto* command = experiment.add_subcommand(
      "plan", "Says how many creators an experiment takes, or what it can find with those there are");
  auto flags = std::make_shared<PlanFlagsOfExperiment>();
  flags->command = command;
  add_spread_flags(*command, *flags);
  command->add_option("--creators", flags->creators, "all creators of the platform")
      ->check(CLI::Range(1.0, 1e11));
  command->add_option("--per-arm", flags->treated, "creators in treatment, instead of --creators")
      ->check(CLI::Range(1.0, 1e11));
  command->add_option("--treatment-share", flags->treatment_share, "of all creators (default 0.02)")
      ->check(CLI::Range(1e-9, 1.0));
  command->add_option("--control-share", flags->control_share, "of all creators (default 0.02)")
      ->check(CLI::Range(1e-9, 1.0));
  command->add_option("--effect", flags->effect, "relative effect to be found, as in 0.01 for +1%")
      ->check(CLI::Range(1e-9, 1000.0));
  command->add_option("--power", flags->power, "chance to find it (default 0.8)")
      ->check(CLI::Range(0.5, 0.9999));
  command->add_option("--alpha", flags->alpha, "chance of a false alarm (default 0.05)")
      ->check(CLI::Range(1e-9, 0.5));
  flags->output.add_to(*command, "folder for summary.json, power_curve.parquet and config.toml", false);
  command->footer(
      "\nExamples:\n"
      "  perennial experiment plan --cv 4.8 --effect 0.01\n"
      "  perennial experiment plan --cv 4.8 --creators 6000000 --correlation 0.7\n"
      "  perennial experiment plan --table creators.parquet --outcome posts --pre posts_before --out plan\n");
  command->callback([flags] { run_plan(*flags); });
}

}  // namespace perennial
