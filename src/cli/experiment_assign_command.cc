#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "cli/experiment_flags.h"
#include "io/json_file.h"
#include "io/table_source.h"
#include "report/experiment_summary.h"
#include "respond/experiment/read_creators.h"

namespace perennial {
namespace {

struct AssignFlags {
  std::string table;
  CreatorsQuery columns;
  AssignmentOptions options;
  std::filesystem::path previous;
  bool csv = false;
  ExperimentOutput output;
};

constexpr const char* folder_kind = "experiment assign";

std::filesystem::path assignment_file(const std::filesystem::path& previous) {
  if (!std::filesystem::is_directory(previous)) return previous;
  const auto parquet = previous / "assignment.parquet";
  return std::filesystem::exists(parquet) ? parquet : previous / "assignment.csv";
}

Creators creators_of(const AssignFlags& flags) {
  const auto source = open_table_source(flags.table);
  try {
    return read_creators(*source, flags.columns);
  } catch (const Error& error) {
    throw std::string_view(error.what()).starts_with(source->name()) ? error : error.at(source->name());
  }
}

ExperimentConfig config_of(const AssignFlags& flags) {
  return {{"table", flags.table},
          {"query", flags.columns.query},
          {"filter", flags.columns.filter},
          {"creator", flags.columns.creator},
          {"stratify", joined(flags.columns.strata)},
          {"cluster", flags.columns.cluster},
          {"salt", flags.options.salt},
          {"treatment_share", flags.options.treatment_share},
          {"control_share", flags.options.control_share},
          {"evaluation_share", flags.options.evaluation_share},
          {"multiplier", flags.options.multiplier},
          {"previous", flags.previous.string()}};
}

void print_assignment(const Assignment& assignment, const AssignFlags& flags) {
  const StratumCounts arms = assignment.total();
  const auto all = static_cast<double>(assignment.arms.size());
  const auto line = [&](const char* arm, std::uint64_t count, double multiplier) {
    fmt::print("  {:<10} {:>12}  {:6.2f}%  distribution to followers x {:g}\n", arm, count,
               100 * static_cast<double>(count) / all, multiplier);
  };
  fmt::print("{} creators by salt '{}':\n", assignment.arms.size(), flags.options.salt);
  line("treatment", arms.treatment, flags.options.multiplier);
  line("control", arms.control, 1);
  line("untouched", arms.untouched, 1);
  fmt::print("{} of them, in all arms, are held out for evaluation.\n", assignment.evaluation_creators);
  if (assignment.kept > 0) fmt::print("{} keep the arm they had.\n", assignment.kept);
  if (!flags.columns.strata.empty()) fmt::print("Balanced within {} strata.\n", assignment.strata.size());
  fmt::print("{}\n", (flags.output.out / (flags.csv ? "assignment.csv" : "assignment.parquet")).string());
}

void run_assign(AssignFlags& flags) {
  if (!flags.previous.empty()) flags.options.kept = read_assignment(assignment_file(flags.previous));
  const Creators creators = creators_of(flags);
  const Assignment assignment = assign_creators(creators, flags.options);
  const Table table = assignment_table(creators, assignment, flags.options);
  const auto summary = json_text(assignment_summary(assignment, flags.options, !flags.columns.cluster.empty(),
                                                    !flags.columns.strata.empty()));
  RunFolder folder = flags.output.open_folder(folder_kind);
  folder.write_text("config.toml", config_toml(config_of(flags)));
  if (flags.csv) {
    folder.write_csv("assignment.csv", table);
  } else {
    folder.write_parquet("assignment.parquet", table);
  }
  folder.write_text("summary.json", summary);
  folder.finish();
  if (flags.output.json) {
    fmt::print("{}", summary);
  } else {
    print_assignment(assignment, flags);
  }
}

}  // namespace

void add_experiment_assign(CLI::App& experiment) {
  auto* command =
      experiment.add_subcommand("assign", "Shares creators out: treatment, control, untouched, held out");
  auto flags = std::make_shared<AssignFlags>();
  command
      ->add_option("--table", flags->table,
                   "one row per creator: a .csv, .parquet or .duckdb file, a folder of such files, or "
                   "postgresql://user@host/database")
      ->required();
  command->add_option("--query", flags->columns.query,
                      "SELECT that gives the rows, where the source has several tables");
  command->add_option("--filter", flags->columns.filter, "SQL condition on the creators to assign");
  command->add_option("--creator", flags->columns.creator,
                      "column with the creator's id (default creator_id)");
  command->add_option("--salt", flags->options.salt, "this experiment's own name: another salt deals anew")
      ->required();
  command->add_option("--treatment-share", flags->options.treatment_share, "of all creators (default 0.02)");
  command->add_option("--control-share", flags->options.control_share, "of all creators (default 0.02)");
  command->add_option(
      "--evaluation-share", flags->options.evaluation_share,
      "of all creators, held out from models; stays the same as long as the salt does (default 0.3)");
  command->add_option("--multiplier", flags->options.multiplier,
                      "on the distribution of the treated to their followers (default 1.2)");
  auto* strata = command
                     ->add_option("--stratify", flags->columns.strata,
                                  "columns within whose values arms are balanced; with commas between")
                     ->delimiter(',')
                     ->allow_extra_args(false);
  command->add_option("--cluster", flags->columns.cluster, "column with the unit to randomise whole")
      ->excludes(strata);
  command->add_option("--previous", flags->previous,
                      "folder or table of an earlier assignment: its creators keep their arms, new ones are "
                      "dealt; needed only with --stratify");
  command->add_flag("--csv", flags->csv, "write assignment.csv instead of assignment.parquet");
  flags->output.add_to(*command, "folder for the assignment, summary.json and config.toml", true);
  command->footer(
      "\nExamples:\n"
      "  perennial experiment assign --table creators.parquet --salt spring-boost --out assignment\n"
      "  perennial experiment assign --table creators.csv --salt spring-boost --stratify country,size --csv "
      "--out assignment\n");
  command->callback([flags] { run_assign(*flags); });
}

}  // namespace perennial
