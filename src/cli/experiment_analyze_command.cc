#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

#include "base/error.h"
#include "cli/experiment_flags.h"
#include "cli/experiment_words.h"
#include "cli/table_flags.h"
#include "io/json_file.h"
#include "io/table_source.h"
#include "report/experiment_report.h"
#include "report/experiment_summary.h"
#include "respond/experiment/analysis.h"

namespace perennial {
namespace {

struct AnalyzeFlags {
  TableFlags table;
  AnalysisOptions options;
  std::vector<std::string> ratios;
  ExperimentOutput output;
};

RatioMetric ratio_of(const std::string& typed) {
  const auto slash = typed.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == typed.size()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("--ratio {}: must be COLUMN/COLUMN, as in likes/posts", typed));
  }
  return {typed.substr(0, slash), typed.substr(slash + 1)};
}

void require_shares(const std::vector<double>& shares) {
  const bool positive = std::all_of(shares.begin(), shares.end(),
                                    [](double share) { return share > 0 && std::isfinite(share); });
  if (!positive || shares.size() < 2 || shares.size() > 3) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("--shares {}: two or three positive numbers, of treatment, control and untouched",
                            fmt::join(shares, ",")));
  }
}

/// The table's columns with all that is measured during the experiment among the outcomes, so that none is a feature.
CreatorColumns columns_of(AnalyzeFlags& flags) {
  CreatorColumns columns = flags.table.columns();
  flags.options.outcomes = columns.outcomes;
  const auto also = [&](const std::string& name) {
    if (std::find(columns.outcomes.begin(), columns.outcomes.end(), name) == columns.outcomes.end())
      columns.outcomes.push_back(name);
  };
  for (const auto& name : flags.options.exposures) also(name);
  for (const auto& typed : flags.ratios) {
    flags.options.ratios.push_back(ratio_of(typed));
    also(flags.options.ratios.back().numerator);
    also(flags.options.ratios.back().denominator);
  }
  if (!flags.options.engagement.empty()) also(flags.options.engagement);
  for (const auto& [outcome, before] : columns.pre_outcomes) columns.ignored.push_back(before);
  return columns;
}

ExperimentConfig config_of(const AnalyzeFlags& flags) {
  const TableFlags& table = flags.table;
  return {{"table", table.table},
          {"query", table.query},
          {"filter", table.filter},
          {"creator", table.creator},
          {"arm", table.arm},
          {"arm_values", joined(table.arm_values)},
          {"cluster", table.cluster},
          {"outcome", joined(flags.options.outcomes)},
          {"pre", joined(table.pre)},
          {"features", joined(table.features)},
          {"ignore", joined(table.ignored)},
          {"exposure", joined(flags.options.exposures)},
          {"ratio", joined(flags.ratios)},
          {"engagement", flags.options.engagement},
          {"shares", fmt::format("{}", fmt::join(flags.options.shares, ","))},
          {"planned_creators", flags.options.planned_creators},
          {"force_sample_ratio", flags.options.force},
          {"force_filter", table.force_filter}};
}

CreatorTable read_table(AnalyzeFlags& flags) {
  const CreatorColumns columns = columns_of(flags);
  const auto source = open_table_source(flags.table.source_name());
  try {
    return read_creator_table(*source, columns, std::filesystem::temp_directory_path());
  } catch (const Error& error) {
    throw std::string_view(error.what()).starts_with(source->name()) ? error : error.at(source->name());
  }
}

void run_analyze(AnalyzeFlags& flags) {
  require_shares(flags.options.shares);
  const CreatorTable table = read_table(flags);
  const ExperimentAnalysis analysis = analyze_experiment(table, flags.options);
  const auto summary = json_text(experiment_analysis_summary(analysis));
  if (!flags.output.out.empty()) {
    RunFolder folder = flags.output.open_folder("experiment analyze");
    folder.write_text("config.toml", config_toml(config_of(flags)));
    folder.write_parquet("effects.parquet", effects_table(analysis));
    if (!analysis.balance.covariates.empty())
      folder.write_parquet("balance.parquet", balance_table(analysis));
    folder.write_text("report.html", render_experiment_report(analysis, flags.table.table));
    folder.write_text("summary.json", summary);
    folder.finish();
  }
  fmt::print("{}", flags.output.json ? summary : analysis_words(analysis));
}

}  // namespace

void add_experiment_analyze(CLI::App& experiment) {
  auto* command = experiment.add_subcommand(
      "analyze", "Says what an experiment did to every outcome, and whether one may believe it");
  auto flags = std::make_shared<AnalyzeFlags>();
  const auto list = [&](const char* name, std::vector<std::string>& to, const char* help) {
    command->add_option(name, to, help)->delimiter(',')->allow_extra_args(false);
  };
  flags->table.add_to(*command, TableFlags::Kind::experiment);
  list("--exposure", flags->options.exposures,
       "columns that show the dose, as in impressions; with commas between");
  list("--ratio", flags->ratios, "ratios of columns, as in likes/posts; with commas between");
  command->add_option("--engagement", flags->options.engagement,
                      "column with engagement received: each outcome's extra per extra unit of it");
  command
      ->add_option(
          "--shares", flags->options.shares,
          "of treatment, control and, optionally, untouched by design, as in 0.02,0.02,0.96 (default 1,1)")
      ->delimiter(',')
      ->allow_extra_args(false);
  command
      ->add_option(
          "--planned-creators", flags->options.planned_creators,
          "creators in both arms at which always-valid intervals are tightest; keep it at every look "
          "(default: as many as there are)")
      ->check(CLI::Range(1.0, 1e11));
  command->add_flag("--force-sample-ratio", flags->options.force,
                    "go on although the arms are not as large as designed; every result says so");
  flags->output.add_to(
      *command, "folder for report.html, summary.json, effects.parquet, balance.parquet and config.toml",
      false);
  command->footer(
      "\nExamples:\n"
      "  perennial experiment analyze --table creators.parquet --arm arm --outcome posts,likes,comments \\\n"
      "    --pre posts=posts_before --exposure impressions --ratio likes/posts --engagement likes \\\n"
      "    --shares 0.02,0.02,0.96 --out analysis\n");
  command->callback([flags] { run_analyze(*flags); });
}

}  // namespace perennial
