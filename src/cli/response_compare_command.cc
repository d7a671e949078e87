#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/progress.h"
#include "cli/remembered_columns.h"
#include "cli/response_commands.h"
#include "io/json_file.h"
#include "io/run_folder.h"
#include "io/table_source.h"
#include "report/evaluation_summary.h"
#include "report/response_comparison_report.h"
#include "respond/response/model_folder.h"

namespace perennial {
namespace {

struct CompareFlags {
  TableFlags table;
  FitOptions options;
  std::vector<std::string> models;
  std::vector<std::string> learners;
  std::filesystem::path out;
  bool force = false;
  bool json = false;
};

/// Fits and their names, in the order of the flags; models first.
struct Contenders {
  std::vector<std::string> names;
  std::vector<ResponseFit> fits;

  std::vector<NamedFit> all() const {
    std::vector<NamedFit> all;
    for (std::size_t i = 0; i < fits.size(); ++i) all.push_back({names[i], &fits[i]});
    return all;
  }
};

void fit_learners(const CompareFlags& flags, const CreatorTable& table, Contenders& contenders) {
  std::uint64_t steps = 0;
  std::vector<FitOptions> each;
  for (const auto& learner : flags.learners) {
    // "three-model:model" is three-model with another imputation.
    FitOptions options = contenders.fits.empty() ? flags.options : contenders.fits.front().options;
    const auto colon = learner.find(':');
    options.learner.learner = learner.substr(0, colon);
    options.learner.imputation = colon == std::string::npos ? "x" : learner.substr(colon + 1);
    options.learner.threads = flags.options.learner.threads;
    options.importance_rows = 1;
    steps += fit_steps(options.learner);
    each.push_back(std::move(options));
  }
  if (each.empty()) return;
  Progress progress("fit", steps, progress_style(stderr), progress_sink(stderr));
  for (std::size_t i = 0; i < each.size(); ++i) {
    contenders.fits.push_back(
        fit_response(table, each[i], [&](std::uint64_t done) { progress.advance(done); }));
    contenders.names.push_back(flags.learners[i]);
  }
  progress.finish();
}

void require_two(const CompareFlags& flags) {
  if (flags.models.size() + flags.learners.size() >= 2) return;
  throw Error(ErrorCode::invalid_argument,
              "response compare: give at least two of --models and --learners together, as in --learners "
              "three-model,dr");
}

std::string config_of(const CompareFlags& flags) {
  const auto& options = flags.options;
  return fmt::format(
      "models = {}\nlearners = {}\ntable = {}\noutcome = {}\ntransform = {}\npropensity = {}\n"
      "held_out_share = {}\nsalt = {}\nseed = {}\n",
      nlohmann::json(flags.models).dump(), nlohmann::json(flags.learners).dump(),
      nlohmann::json(flags.table.source_name()).dump(), nlohmann::json(options.outcome).dump(),
      nlohmann::json(options.transform).dump(), options.propensity, options.held_out_share,
      nlohmann::json(options.salt).dump(), options.learner.seed);
}

std::string with_interval(const Estimate& estimate) {
  return fmt::format("{:.4g} [{:.4g}, {:.4g}]", estimate.mean, estimate.low, estimate.high);
}

void print_comparison(const ResponseComparison& comparison) {
  fmt::print("{} ({}) on {} held-out creators, average effect {}\n", comparison.outcome, comparison.transform,
             comparison.creators, with_interval(comparison.ate));
  fmt::print("{:<20} {:<32} {:<32} {:<28} {:>6} {}\n", "model", "AUTOC", "AUTOC versus the first", "slope",
             "ranks", "verdict");
  for (const auto& model : comparison.models) {
    fmt::print("{:<20} {:<32} {:<32} {:<28} {:>6.2f} {}\n", model.name, with_interval(model.autoc),
               &model == &comparison.models.front() ? "-" : with_interval(model.autoc_versus_first),
               with_interval(model.slope), model.rank_correlation, verdict_name(model.decision.verdict));
  }
}

CreatorTable read_table(CompareFlags& flags, const Contenders& contenders) {
  const FeatureSchema* known = nullptr;
  if (!flags.models.empty()) {
    remember_columns(flags.table, flags.models.front());
    flags.table.outcomes = {contenders.fits.front().options.outcome};
    known = &contenders.fits.front().schema;
  }
  const auto columns = flags.table.columns();
  if (columns.outcomes.size() != 1)
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("--outcome: models are compared by one outcome, not {}", columns.outcomes.size()));
  flags.options.outcome = columns.outcomes.front();
  const auto source = open_table_source(flags.table.source_name());
  return read_creator_table(*source, columns, std::filesystem::temp_directory_path(), known);
}

void run_compare(CompareFlags& flags) {
  require_two(flags);
  Contenders contenders;
  for (const auto& model : flags.models) {
    contenders.fits.push_back(load_response(model));
    contenders.names.push_back(model);
  }
  const auto table = read_table(flags, contenders);
  fit_learners(flags, table, contenders);
  auto comparison = compare_responses(contenders.all(), table, flags.options.learner.threads);
  comparison.table = flags.table.table;
  RunFolder folder(flags.out, "response-comparison", flags.force ? Existing::force : Existing::replace);
  const auto summary = json_text(response_comparison_summary(comparison));
  folder.write_text("config.toml", config_of(flags));
  folder.write_parquet("models.parquet", compared_models_table(comparison));
  folder.write_parquet("toc.parquet", compared_curves_table(comparison));
  folder.write_text("summary.json", summary);
  folder.write_text("report.html", render_response_comparison(comparison));
  folder.finish();
  for (const auto& warning : comparison.warnings) fmt::print(stderr, "perennial: {}\n", warning);
  if (flags.json) {
    fmt::print("{}", summary);
  } else {
    print_comparison(comparison);
  }
}

}  // namespace

void add_response_compare_command(CLI::App& response) {
  auto* command = response.add_subcommand(
      "compare", "Judges several learners or fitted models on the same creators that none of them has seen");
  auto flags = std::make_shared<CompareFlags>();
  const auto list = [&](const char* name, std::vector<std::string>& to, const char* help) {
    command->add_option(name, to, help)->delimiter(',')->allow_extra_args(false);
  };
  list("--models", flags->models, "folders of perennial response fit, fitted alike; with commas between");
  list("--learners", flags->learners,
       "learners to fit now: three-model, three-model:model, t, s, x, r, dr, constant; with commas between");
  flags->table.add_to(*command, TableFlags::Kind::experiment);
  command
      ->add_option("--out", flags->out,
                   "folder for summary.json, report.html, models.parquet, toc.parquet and config.toml")
      ->required();
  command->add_option("--transform", flags->options.transform, "as in response fit; --learners only")
      ->check(CLI::IsMember(transform_names()));
  command->add_option("--propensity", flags->options.propensity, "as in response fit; --learners only");
  command->add_option("--held-out-share", flags->options.held_out_share,
                      "as in response fit; --learners only");
  command->add_option("--salt", flags->options.salt, "as in response fit; --learners only");
  command->add_option("--seed", flags->options.learner.seed, "as in response fit; --learners only");
  command
      ->add_option("--threads", flags->options.learner.threads,
                   "the result does not depend on it (default 2)")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--force", flags->force,
                    "use the folder even if it is not one of Perennial's; other files stay");
  command->add_flag("--json", flags->json, "print summary.json instead of a table");
  command->footer(
      "\nExamples:\n"
      "  perennial response compare --learners three-model,t,x,dr --table panel --treatment arm --outcome "
      "posts --out out\n"
      "  perennial response compare --models old-model,new-model --table creators.parquet --out out\n");
  command->callback([flags] { run_compare(*flags); });
}

}  // namespace perennial
