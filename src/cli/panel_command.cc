#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "io/json_file.h"
#include "io/run_folder.h"
#include "io/table_source.h"
#include "io/text_file.h"
#include "report/panel_summary.h"
#include "respond/panel/panel_spec_file.h"

namespace perennial {
namespace {

struct PanelFlags {
  std::string events, start, end, assignment, cluster;
  std::filesystem::path spec, out;
  bool force = false;
  bool json = false;
};

PanelSpec spec_of(const PanelFlags& flags) {
  PanelSpec spec;
  if (!flags.spec.empty()) spec = parse_panel_spec(read_text_file(flags.spec), flags.spec.string());
  if (!flags.start.empty()) spec.start = flags.start;
  if (!flags.end.empty()) spec.end = flags.end;
  if (!flags.assignment.empty()) spec.assignment.table = flags.assignment;
  if (!flags.cluster.empty()) spec.assignment.cluster = flags.cluster;
  return spec;
}

/// Before the events are read, which may take long; RunFolder itself says no when it is opened.
void refuse_strange_folder(const PanelFlags& flags) {
  std::error_code none;
  const auto& out = flags.out;
  if (flags.force || !std::filesystem::exists(out, none) || is_complete_folder(out, "panel")) return;
  if (std::filesystem::is_directory(out, none) && std::filesystem::is_empty(out, none)) return;
  const RunFolder refused(out, "panel");
}

void print_panel(const Panel& panel, const std::filesystem::path& file) {
  for (const auto& warning : panel.warnings) fmt::print("warning: {}\n", warning);
  fmt::print("{} creators, {} outcomes, {} columns: {}\n", panel.table.rows(), panel.spec.outcomes.size(),
             panel.table.columns.size(), file.string());
  if (panel.spec.assignment.table.empty()) {
    fmt::print("there is no table 'assignment', so the panel has no arms\n");
  }
}

void run_panel(const PanelFlags& flags) {
  auto spec = spec_of(flags);
  refuse_strange_folder(flags);
  const auto source = open_table_source(flags.events);
  const Panel panel = make_panel(*source, std::move(spec));
  RunFolder folder(flags.out, "panel", flags.force ? Existing::force : Existing::replace);
  folder.write_text("config.toml", fmt::format("# --events {}\n{}", panel.source, to_toml(panel.spec)));
  folder.write_text("panel.sql", panel.sql);
  folder.write_parquet("panel.parquet", panel.table);
  const auto summary = json_text(panel_summary(panel));
  folder.write_text("summary.json", summary);
  folder.finish();
  if (flags.json) {
    fmt::print("{}", summary);
  } else {
    print_panel(panel, folder.path_of("panel.parquet"));
  }
}

}  // namespace

void add_panel_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "panel",
      "Makes a table of creators, features before an experiment and outcomes in it, from event logs");
  auto flags = std::make_shared<PanelFlags>();
  command
      ->add_option(
          "--events", flags->events,
          "where the tables posts, impressions, likes, comments, follows are, as many as there are: a "
          "folder of .parquet and .csv files or subfolders of .parquet files, a .duckdb file, or "
          "postgresql://user@host/database (the password from PGPASSWORD or ~/.pgpass)")
      ->required();
  command->add_option("--start", flags->start, "the experiment's first day, or moment");
  command->add_option("--end", flags->end, "the day, or moment, after the experiment");
  command->add_option("--assignment", flags->assignment,
                      "table there with creator_id and arm (default assignment, if there is one)");
  command->add_option("--cluster", flags->cluster, "column of it with the unit that was randomised");
  command->add_option(
      "--spec", flags->spec,
      "TOML file with other names of tables and columns, features and outcomes; the config.toml "
      "that this command leaves is one");
  command
      ->add_option("--out", flags->out, "folder for panel.parquet, panel.sql, summary.json and config.toml")
      ->required();
  command->add_flag("--force", flags->force,
                    "use the folder even if it is not one of Perennial's; other files stay");
  command->add_flag("--json", flags->json, "print summary.json instead of a sentence");
  command->footer(
      "\nExamples:\n"
      "  perennial panel --events logs --start 2026-03-01 --end 2026-03-15 --out panel\n"
      "  perennial panel --events postgresql://me@db.example/platform --spec panel.toml --out panel\n"
      "  perennial panel --events logs --spec panel/config.toml --out again\n");
  command->callback([flags] { run_panel(*flags); });
}

}  // namespace perennial
