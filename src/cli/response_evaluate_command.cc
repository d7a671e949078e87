#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "cli/remembered_columns.h"
#include "cli/response_commands.h"
#include "io/json_file.h"
#include "io/run_folder.h"
#include "io/table_source.h"
#include "report/evaluation_report.h"
#include "report/evaluation_summary.h"
#include "respond/response/evaluate.h"
#include "respond/response/model_folder.h"

namespace perennial {
namespace {

struct EvaluateFlags {
  TableFlags table;
  EvaluateOptions options;
  std::filesystem::path model;
  std::filesystem::path out;
  bool force = false;
  bool json = false;
};

std::string config_of(const EvaluateFlags& flags) {
  return fmt::format("model = {}\ntable = {}\nplacebos = {}\nhalf_samples = {}\nseed = {}\n",
                     nlohmann::json(flags.model.string()).dump(),
                     nlohmann::json(flags.table.source_name()).dump(), flags.options.placebos,
                     flags.options.half_samples, flags.options.seed);
}

std::string with_interval(const Estimate& estimate) {
  return fmt::format("{:.4g} [{:.4g}, {:.4g}]", estimate.mean, estimate.low, estimate.high);
}

void print_scale(const char* what, const ScoreEvaluation& found) {
  fmt::print("\n{}\n", what);
  fmt::print("  average effect  {}\n", with_interval(found.ate));
  fmt::print("  AUTOC           {}  z {:.1f}\n", with_interval(found.targeting.autoc),
             found.targeting.autoc.z);
  fmt::print("  Qini            {}  z {:.1f}\n", with_interval(found.targeting.qini), found.targeting.qini.z);
  fmt::print("  slope           {}  z {:.1f}   (1: scores mean what they say; 0: nothing found)\n",
             with_interval(found.blp.slope), found.blp.slope.z);
  for (const auto& cut : found.high_low) {
    fmt::print("  p{:.0f}  high {}  low {}  difference {}  p {:.2g} (Holm {:.2g})\n", 100 * cut.share,
               with_interval(cut.split.high.effect), with_interval(cut.split.low.effect),
               with_interval(cut.split.difference), cut.split.difference.p, cut.p_holm);
  }
  for (const auto& group : found.groups) {
    fmt::print("  score {:.4g} to {:.4g}: expected {:.4g}, found {}\n", group.score_low, group.score_high,
               group.score_mean, with_interval(group.effect));
  }
}

void print_placebo(const ResponseEvaluation& evaluation) {
  if (!evaluation.placebo) return;
  const auto& placebo = *evaluation.placebo;
  fmt::print("\n{} fits with shuffled treatment: chance does as well as this AUTOC in a share of {:.3f}",
             placebo.autoc.size(), placebo.autoc_p);
  if (evaluation.third_model_loss_ratio)
    fmt::print(", as this loss ratio ({:.3f}) of {:.3f}", *evaluation.third_model_loss_ratio,
               placebo.loss_ratio_p);
  fmt::print("\n");
}

void print_evaluation(const ResponseEvaluation& evaluation) {
  fmt::print("{} on {} held-out creators ({} treated)\n", evaluation.model, evaluation.judged.creators,
             evaluation.judged.treated);
  print_scale(fmt::format("{} ({})", evaluation.outcome, evaluation.transform).c_str(), evaluation.judged);
  if (evaluation.raw) print_scale(fmt::format("{} (raw)", evaluation.outcome).c_str(), *evaluation.raw);
  print_placebo(evaluation);
  fmt::print("\n{}: {}\n", verdict_name(evaluation.decision().verdict), evaluation.decision().reason);
}

ResponseEvaluation evaluate(const ResponseFit& fit, const CreatorTable& table, const EvaluateFlags& flags) {
  Progress progress("placebo fits", std::max<std::size_t>(1, flags.options.placebos), progress_style(stderr),
                    flags.options.placebos > 0 ? progress_sink(stderr) : Progress::Sink());
  ResponseEvaluation evaluation = evaluate_response(fit, table, flags.options, [&] { progress.advance(); });
  progress.finish();
  evaluation.model = flags.model.string();
  evaluation.table = flags.table.table;
  return evaluation;
}

/// The outcome is the model's; typing another is a mistake.
void take_outcome(TableFlags& table, const ResponseFit& fit) {
  if (!table.outcomes.empty() && table.outcomes != std::vector{fit.options.outcome}) {
    throw Error(ErrorCode::invalid_argument, fmt::format("--outcome {}: the model was fitted to '{}'",
                                                         table.outcomes.front(), fit.options.outcome));
  }
  table.outcomes = {fit.options.outcome};
}

void run_evaluate(EvaluateFlags& flags) {
  const ResponseFit fit = load_response(flags.model);
  remember_columns(flags.table, flags.model);
  take_outcome(flags.table, fit);
  const auto source = open_table_source(flags.table.source_name());
  const auto table =
      read_creator_table(*source, flags.table.columns(), std::filesystem::temp_directory_path(), &fit.schema);
  const auto evaluation = evaluate(fit, table, flags);
  RunFolder folder(flags.out, "response-evaluation", flags.force ? Existing::force : Existing::replace);
  const auto summary = json_text(evaluation_summary(evaluation));
  folder.write_text("config.toml", config_of(flags));
  folder.write_parquet("toc.parquet", targeting_table(evaluation));
  folder.write_parquet("clan.parquet", contrast_table(evaluation));
  folder.write_text("summary.json", summary);
  folder.write_text("report.html", render_evaluation_report(evaluation));
  folder.finish();
  save_calibration(flags.model, calibration_of(evaluation, fit));
  for (const auto& warning : evaluation.warnings) fmt::print(stderr, "perennial: {}\n", warning);
  if (flags.json) {
    fmt::print("{}", summary);
  } else {
    print_evaluation(evaluation);
  }
}

}  // namespace

void add_response_evaluate_command(CLI::App& response) {
  auto* command = response.add_subcommand(
      "evaluate", "Says whether a fitted score may be used, from creators that it has never seen");
  auto flags = std::make_shared<EvaluateFlags>();
  command
      ->add_option("--model", flags->model,
                   "folder of perennial response fit; the calibration of its scores goes there")
      ->required();
  flags->table.add_to(*command, TableFlags::Kind::experiment);
  command
      ->add_option("--out", flags->out,
                   "folder for summary.json, report.html, toc.parquet, clan.parquet and config.toml")
      ->required();
  command
      ->add_option(
          "--placebos", flags->options.placebos,
          "fits with shuffled treatment to compare with, each as long as the fit was (default 20; 0 = none)")
      ->check(CLI::Range(0, 100000));
  command
      ->add_option("--half-samples", flags->options.half_samples,
                   "random halves that standard errors are checked on (default 200; 0 = none)")
      ->check(CLI::Range(0, 100000));
  command->add_option("--seed", flags->options.seed, "of shuffles and halves (default 1)");
  command->add_option("--threads", flags->options.threads, "the result does not depend on it (default 2)")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--force", flags->force,
                    "use the folder even if it is not one of Perennial's; other files stay");
  command->add_flag("--json", flags->json, "print summary.json instead of a table");
  command->footer(
      "\nExamples:\n"
      "  perennial response evaluate --model model --table creators.parquet --out evaluation\n"
      "  perennial response evaluate --model model --table creators.csv --treatment boosted --placebos 0 "
      "--out evaluation\n");
  command->callback([flags] { run_evaluate(*flags); });
}

}  // namespace perennial
