#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/table_flags.h"
#include "io/json_file.h"
#include "io/run_folder.h"
#include "io/table_source.h"
#include "report/diagnosis_report.h"
#include "report/diagnosis_summary.h"
#include "respond/theory/diagnose.h"

namespace perennial {
namespace {

struct DiagnoseFlags {
  std::string logs, table, period;
  DiagnosedPanel panel;
  DiagnosisOptions options;
  std::filesystem::path out;
  bool force = false;
  bool json = false;
};

/// "7d", "12h", "2w", "90m", "3600s", or a number in the logs' own unit; 0 for nothing.
double parse_period(const std::string& text) {
  if (text.empty()) return 0;
  double length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  const std::string unit(end, text.data() + text.size());
  const std::map<std::string, double> seconds = {{"", 1},     {"s", 1},     {"m", 60},
                                                 {"h", 3600}, {"d", 86400}, {"w", 7 * 86400}};
  const auto found = seconds.find(unit);
  if (error != std::errc() || found == seconds.end() || !(length > 0) || !std::isfinite(length)) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("--period {}: must be a time above 0 such as 7d, 12h or 2w, or a number in the logs' own "
                    "unit",
                    text));
  }
  return length * found->second;
}

Diagnosis diagnose(const DiagnoseFlags& flags) {
  if (flags.logs.empty() && flags.table.empty()) {
    throw Error(ErrorCode::invalid_argument,
                "diagnose: give --logs (tables of events), --table (one row per creator) or both");
  }
  const double period = parse_period(flags.period);
  Diagnosis diagnosis;
  diagnosis.options = flags.options;
  if (!flags.logs.empty()) diagnose_logs(diagnosis, *open_table_source(flags.logs), period);
  if (!flags.table.empty()) {
    TableFlags table;
    table.table = flags.table;
    diagnose_panel(diagnosis, *open_table_source(table.source_name()), flags.panel);
  }
  judge(diagnosis);
  return diagnosis;
}

std::string config_of(const DiagnoseFlags& flags) {
  std::string config = "[diagnose]\n";
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) config += fmt::format("{} = {}\n", key, nlohmann::json(value).dump());
  };
  add("period", flags.period);
  add("query", flags.panel.query);
  add("creator", flags.panel.creator);
  add("arm", flags.panel.arm);
  add("cluster", flags.panel.cluster);
  add("outcome", flags.panel.outcome);
  add("engagement", flags.panel.engagement);
  add("outcome_before", flags.panel.outcome_before);
  add("engagement_before", flags.panel.engagement_before);
  return config +
         fmt::format("gamma = {}\nsmallest_gain = {}\n", flags.options.gamma, flags.options.smallest_gain);
}

void run_diagnose(const DiagnoseFlags& flags) {
  const Diagnosis diagnosis = diagnose(flags);
  const auto summary = json_text(diagnosis_summary(diagnosis));
  if (!flags.out.empty()) {
    RunFolder folder(flags.out, "diagnose", flags.force ? Existing::force : Existing::replace);
    folder.write_text("config.toml", config_of(flags));
    folder.write_parquet("conditions.parquet", diagnosis_table(diagnosis));
    folder.write_text("summary.json", summary);
    folder.write_text("report.html", render_diagnosis_report(diagnosis));
    folder.finish();
  }
  fmt::print("{}", flags.json ? summary : diagnosis_text(diagnosis));
}

}  // namespace

void add_diagnose_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "diagnose", "Says from a platform's own tables whether modelling the long run is worth it there");
  auto flags = std::make_shared<DiagnoseFlags>();
  command->add_option(
      "--logs", flags->logs,
      "event logs: a folder of .csv and .parquet files, a .duckdb file or postgresql://user@host/database "
      "with tables posts, impressions and likes, comments, reshares or clicks");
  command->add_option("--table", flags->table,
                      "one row per creator: a file, a folder of perennial panel, or postgresql://..");
  command->add_option(
      "--period", flags->period,
      "length of a period of the logs: 7d, 12h, 2w (default 7d), or a number where times are numbers");
  command->add_option("--query", flags->panel.query, "the table as SELECT .. where its source holds several");
  command->add_option("--creator", flags->panel.creator,
                      "the table's column of creators (default creator_id)");
  command->add_option("--arm", flags->panel.arm,
                      "its column of experiment arms (default arm, where there is one)");
  command->add_option("--cluster", flags->panel.cluster,
                      "its column of the units that were randomised as a whole: errors are by cluster");
  command->add_option("--outcome", flags->panel.outcome, "what creators may do more of (default posts)");
  command->add_option("--engagement", flags->panel.engagement,
                      "what they received at the same time (default engagement, likes, clicks or comments)");
  command->add_option("--outcome-before", flags->panel.outcome_before,
                      "default: the outcome's name with _before");
  command->add_option("--engagement-before", flags->panel.engagement_before,
                      "default: the engagement's name with _before");
  command->add_option("--gamma", flags->options.gamma, "what the next period counts for (default 0.9)")
      ->check(CLI::Range(0.0, 0.999999));
  command
      ->add_option("--smallest-gain", flags->options.smallest_gain,
                   "later engagement per engagement that would be worth the trouble (default 0.01)")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--out", flags->out,
                      "folder for summary.json, report.html, conditions.parquet and config.toml");
  command->add_flag("--force", flags->force, "use the folder even if it is not one of Perennial's");
  command->add_flag("--json", flags->json, "print summary.json instead of text");
  command->footer(
      "\nExamples:\n"
      "  perennial diagnose --logs events --period 7d\n"
      "  perennial diagnose --table panel --outcome posts --engagement likes\n"
      "  perennial diagnose --logs postgresql://reader@db/platform --table panel --gamma 0.95 --out "
      "diagnosis\n");
  command->callback([flags] { run_diagnose(*flags); });
}

}  // namespace perennial
