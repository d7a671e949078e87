#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/progress.h"
#include "cli/commands.h"
#include "cli/remembered_columns.h"
#include "cli/response_commands.h"
#include "cli/table_flags.h"
#include "io/json_file.h"
#include "io/run_folder.h"
#include "io/table_file.h"
#include "io/table_source.h"
#include "report/fit_summary.h"
#include "respond/response/model_folder.h"

namespace perennial {
namespace {

struct FitFlags {
  TableFlags table;
  FitOptions options;
  std::string preset;
  std::filesystem::path out;
  bool force = false;
  bool json = false;
};

struct ScoreFlags {
  TableFlags table;
  ScoreOptions options;
  std::filesystem::path model;
  std::filesystem::path out;
  std::vector<double> shares;
  bool json = false;
};

void print_warnings(const nlohmann::ordered_json& summary) {
  for (const auto& warning : summary.at("warnings"))
    fmt::print(stderr, "perennial: {}\n", warning.get<std::string>());
}

void print_fit(const ResponseFit& fit, const std::filesystem::path& out) {
  fmt::print("{} on {} ({}): {} creators learned from, {} held out\n", fit.learner_name(),
             fit.options.outcome, fit.transform.name(), fit.training_creators, fit.held_out_creators);
  fmt::print(
      "average effect in the training part {:.5g}; scores {:.5g} +- {:.5g}, p20 {:.5g}, p50 {:.5g}, p80 "
      "{:.5g}\n",
      fit.training_ate, fit.score_mean, fit.score_deviation, fit.cuts[0], fit.cuts[1], fit.cuts[2]);
  if (fit.model->final_loss().baseline > 0)
    fmt::print(
        "third model's loss over its baseline {:.4f} (says nothing about whether there is an effect)\n",
        fit.model->final_loss().ratio());
  for (const auto& each : importance_json(fit, 5))
    fmt::print("  {:5.1f}%  {}\n", 100 * each.at("gain").get<double>(),
               each.at("feature").get<std::string>());
  fmt::print("next: perennial response evaluate --model {} --table ..\n", out.string());
}

/// The preset first, then what was typed.
void apply_preset(FitFlags& flags, const CLI::App& command) {
  if (flags.preset.empty()) return;
  const LearnerOptions typed = flags.options.learner;
  flags.options.learner.trees = paper_preset().trees;
  if (command.count("--parts") == 0) flags.options.learner.parts = paper_preset().parts;
  auto& trees = flags.options.learner.trees;
  if (command.count("--rounds") > 0) trees.rounds = typed.trees.rounds;
  if (command.count("--leaves") > 0) trees.leaves = typed.trees.leaves;
  if (command.count("--learning-rate") > 0) trees.learning_rate = typed.trees.learning_rate;
}

void run_fit(FitFlags& flags) {
  CreatorColumns columns = flags.table.columns();
  if (columns.outcomes.size() != 1)
    throw Error(ErrorCode::invalid_argument,
                fmt::format("--outcome: one outcome is fitted at a time, not {}", columns.outcomes.size()));
  flags.options.outcome = columns.outcomes.front();
  const auto existing = flags.force ? Existing::force : Existing::replace;
  RunFolder::refuse_unusable(flags.out, response_folder_kind, existing);
  const auto source = open_table_source(flags.table.source_name());
  const auto table = read_creator_table(*source, columns, std::filesystem::temp_directory_path());
  Progress progress("fit", fit_steps(flags.options.learner), progress_style(stderr), progress_sink(stderr));
  ResponseFit fit = fit_response(table, flags.options, [&](std::uint64_t steps) { progress.advance(steps); });
  progress.finish();
  // Only now: a fit that fails leaves the model that was there.
  RunFolder folder(flags.out, response_folder_kind, existing);
  save_response(folder, fit);
  folder.write_text("config.toml", fit_config_toml(flags.options));
  folder.write_text(columns_file, columns_json(flags.table));
  const auto summary = fit_summary(fit, table);
  folder.write_text("summary.json", json_text(summary));
  folder.finish();
  print_warnings(summary);
  if (flags.json) {
    fmt::print("{}", json_text(summary));
  } else {
    print_fit(fit, flags.out);
  }
}

void print_scores(const nlohmann::ordered_json& summary, const std::filesystem::path& out) {
  fmt::print("{} creators scored: multiplier {:.4f} to {:.4f}\n", summary.at("n").get<std::size_t>(),
             summary.at("multiplier").at("least").get<double>(),
             summary.at("multiplier").at("most").get<double>());
  for (const auto& [arm, count] : summary.at("arms").items())
    fmt::print("  {:<16} {}\n", arm, count.get<std::size_t>());
  fmt::print("{}\n", out.string());
}

void run_score(ScoreFlags& flags) {
  if (!flags.shares.empty()) {
    if (flags.shares.size() != 3)
      throw Error(ErrorCode::invalid_argument, "--arms: three shares are needed, as in 0.96,0.02,0.02");
    std::copy(flags.shares.begin(), flags.shares.end(), flags.options.shares.begin());
  }
  const ResponseFit fit = load_response(flags.model);
  const auto calibration = load_calibration(flags.model, fit.hash);
  remember_creator_column(flags.table, flags.model);
  CreatorColumns columns = flags.table.columns();
  if (!flags.options.exposure.empty()) columns.outcomes = {flags.options.exposure};
  const auto source = open_table_source(flags.table.source_name());
  const auto table =
      read_creator_table(*source, columns, std::filesystem::temp_directory_path(), &fit.schema);
  const auto scores = score_creators(fit, calibration, table, flags.options);
  const auto written = score_table(table, scores);
  if (flags.out.extension() == ".csv") {
    write_csv(flags.out, written);
  } else {
    write_parquet(flags.out, written);
  }
  const auto summary = score_summary(fit, calibration, scores, table);
  print_warnings(summary);
  if (flags.json) {
    fmt::print("{}", json_text(summary));
  } else {
    print_scores(summary, flags.out);
  }
}

void add_learner_flags(CLI::App& command, LearnerOptions& learner) {
  command.add_option("--learner", learner.learner, "three-model (default), t, s, x, r, dr or constant")
      ->check(CLI::IsMember(learner_names()));
  command
      .add_option(
          "--imputation", learner.imputation,
          "how three-model makes up an effect for each creator: x, from its own outcome and the other arm's "
          "model (default), or model, from the two models alone")
      ->check(CLI::IsMember({"x", "model"}));
  command.add_option("--nuisance", learner.nuisance, "models of the outcome: trees (default) or net")
      ->check(CLI::IsMember({"trees", "net", "constant"}));
  command.add_option("--final-model", learner.final_model, "model of the effect: trees (default) or net")
      ->check(CLI::IsMember({"trees", "net", "constant"}));
  command
      .add_option(
          "--loss", learner.loss,
          "of the outcome's models: auto (default: logistic for 0 and 1, else squared), squared, logistic, "
          "poisson, tweedie")
      ->check(CLI::IsMember({"auto", "squared", "logistic", "poisson", "tweedie"}));
  command
      .add_option("--folds", learner.folds, "of r and dr, whose outcome models are cross-fitted (default 2)")
      ->check(CLI::Range(2, 20));
  command
      .add_option(
          "--parts", learner.parts,
          "three-model: disjoint parts of the creators with models of their own, whose scores are averaged "
          "and shrunk by how far they agree (default 2; 1 = none)")
      ->check(CLI::Range(1, 20));
  command.add_option("--rounds", learner.trees.rounds, "trees of each model at most (default 1000)")
      ->check(CLI::Range(1, 100000));
  command.add_option("--leaves", learner.trees.leaves, "of each tree at most (default 128)")
      ->check(CLI::Range(2, 65536));
  command.add_option("--learning-rate", learner.trees.learning_rate, "of the trees (default 0.05)")
      ->check(CLI::Range(1e-6, 1.0));
  command.add_option("--seed", learner.seed, "of all that is left to chance in a fit (default 1)");
  command.add_option("--threads", learner.threads, "the result does not depend on it (default 2)")
      ->check(CLI::Range(1, 1024));
}

void add_fit_command(CLI::App& response) {
  auto* command = response.add_subcommand(
      "fit", "Learns from an experiment which creators make more when they are seen more");
  auto flags = std::make_shared<FitFlags>();
  flags->table.add_to(*command, TableFlags::Kind::experiment);
  command
      ->add_option("--out", flags->out,
                   "folder for response.model, columns.json, summary.json and config.toml")
      ->required();
  command
      ->add_option(
          "--transform", flags->options.transform,
          "what the outcome is learned as: auto (default: log1p for counts, raw for 0 and 1, else winsor), "
          "log1p, winsor, raw, any")
      ->check(CLI::IsMember(transform_names()));
  add_learner_flags(*command, flags->options.learner);
  command->add_option("--preset", flags->preset, "paper: 1,000 rounds without early stopping; it overfits")
      ->check(CLI::IsMember({"paper"}));
  command->add_option("--propensity", flags->options.propensity,
                      "share of creators treated by design (default: as found in the training part)");
  command->add_option("--held-out-share", flags->options.held_out_share,
                      "share of creators kept for the evaluation (default 0.5)");
  command->add_option("--salt", flags->options.salt,
                      "of the hash that says who is held out; keep it, and the same creators stay held out");
  command->add_flag("--force", flags->force,
                    "use the folder even if it is not one of Perennial's; other files stay");
  command->add_flag("--json", flags->json, "print summary.json");
  command->footer(
      "\nExamples:\n"
      "  perennial response fit --table panel --treatment arm --outcome posts --out model\n"
      "  perennial response fit --table creators.csv --treatment boosted --outcome visit --learner dr --out "
      "model\n");
  command->callback([flags, command] {
    apply_preset(*flags, *command);
    run_fit(*flags);
  });
}

void add_score_command(CLI::App& response) {
  auto* command = response.add_subcommand("score", "Scores creators with a fitted model");
  auto flags = std::make_shared<ScoreFlags>();
  command->add_option("--model", flags->model, "folder of perennial response fit")->required();
  flags->table.add_to(*command, TableFlags::Kind::to_score);
  command
      ->add_option("--out", flags->out,
                   "file for creator_id, score, calibrated_score, multiplier, arm; .parquet or .csv")
      ->required();
  command->add_option("--strength", flags->options.strength,
                      "how much a multiplier moves for one deviation of the score (default 0.05)");
  command->add_option("--exposure", flags->options.exposure,
                      "column with what each creator is shown now: multipliers average 1 weighted by it");
  command
      ->add_option("--arms", flags->shares,
                   "shares of launched, holdout-control and holdout-boost (default 0.96,0.02,0.02)")
      ->delimiter(',')
      ->allow_extra_args(false);
  command->add_option("--salt", flags->options.salt, "of the hash that says who is in which arm");
  command->add_flag("--effect", flags->options.in_outcome_units,
                    "add the column effect: the calibrated score in units of the outcome");
  command->add_option("--threads", flags->options.threads, "the result does not depend on it (default 2)")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--json", flags->json, "print a summary as JSON");
  command->footer(
      "\nExample:\n"
      "  perennial response score --model model --table creators.parquet --out scores.parquet\n");
  command->callback([flags] { run_score(*flags); });
}

}  // namespace

void add_response_command(CLI::App& app) {
  auto* response =
      app.add_subcommand("response", "Who makes more when seen more: a model of it, and its scores");
  response->require_subcommand(1);
  add_fit_command(*response);
  add_response_evaluate_command(*response);
  add_response_compare_command(*response);
  add_score_command(*response);
}

}  // namespace perennial
