#include "cli/meta_example_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/progress.h"
#include "io/json_file.h"
#include "io/run_folder.h"
#include "report/meta_example_report.h"

namespace perennial {
namespace {

std::string config_of(const MetaExampleOptions& options) {
  return fmt::format(
      "markets = {}\ncreators = {}\nusers = {}\nwarm_up = {}\nrounds = {}\nrecommender = {}\nmultiplier = "
      "{}\n"
      "placebos = {}\nseed = {}\n",
      options.markets, options.creators, options.users, options.warm_up, options.rounds,
      nlohmann::json(options.recommender).dump(), options.multiplier, options.placebos, options.seed);
}

void run(const MetaExampleFlags& flags) {
  const MetaExample example = write_meta_example(flags);
  fmt::print("{}", flags.json ? json_text(meta_example_summary(example)) : meta_example_text(example));
}

}  // namespace

MetaExample write_meta_example(const MetaExampleFlags& flags) {
  RunFolder folder(flags.out, "study meta-example", flags.force ? Existing::force : Existing::replace);
  folder.write_text("config.toml", config_of(flags.options));
  std::unique_ptr<Progress> progress;
  const auto end_part = [&progress] {
    if (progress) progress->finish();
  };
  const auto example = play_meta_example(
      flags.options, {.threads = flags.threads,
                      .begins =
                          [&](const std::string& part, std::uint64_t steps) {
                            end_part();
                            progress = std::make_unique<Progress>(part, steps, progress_style(stderr),
                                                                  progress_sink(stderr));
                          },
                      .advances = [&progress](std::uint64_t steps) { progress->advance(steps); }});
  end_part();
  folder.write_parquet("claims.parquet", meta_claims_table(example));
  folder.write_text("summary.json", json_text(meta_example_summary(example)));
  folder.write_text("report.html", render_meta_example(example));
  folder.finish();
  return example;
}

void add_meta_example(CLI::App& study) {
  auto* command = study.add_subcommand("meta-example",
                                       "Plays the experiment of the promote lever's paper (section 4) on "
                                       "simulated markets of its size, and sets "
                                       "the published numbers beside what comes out and beside the truth");
  auto flags = std::make_shared<MetaExampleFlags>();
  auto& options = flags->options;
  command
      ->add_option("--out", flags->out,
                   "folder for report.html, summary.json, claims.parquet and config.toml")
      ->required();
  command->add_option("--markets", options.markets, "platforms played side by side (default 200)")
      ->check(CLI::Range(2, 100000));
  command->add_option("--creators", options.creators, "of a market (default 2421)")
      ->check(CLI::Range(50, 100000));
  command->add_option("--users", options.users, "of a market (default 1200)")->check(CLI::Range(10, 1000000));
  command->add_option("--rounds", options.rounds, "of the experiment (default 14)")
      ->check(CLI::Range(1, 10000));
  command->add_option("--warm-up", options.warm_up, "rounds before it (default 28)")
      ->check(CLI::Range(2, 10000));
  command->add_option("--ranker", options.recommender, "of the platforms (default content)")
      ->check(CLI::IsMember({"content", "mf"}));
  command->add_option("--multiplier", options.multiplier, "factor on a treated creator's scores")
      ->check(CLI::Range(0.01, 100.0));
  command->add_option("--placebos", options.placebos, "fits with shuffled treatment (default 3)")
      ->check(CLI::Range(0, 1000));
  command->add_option("--seed", options.seed, "of people and coins (default 1)");
  command->add_option("--threads", flags->threads, "the result does not depend on it (default 2)")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--force", flags->force,
                    "use the folder even if it is not one of Perennial's; other files stay");
  command->add_flag("--json", flags->json, "print summary.json instead of text");
  command->footer(
      "\nExamples:\n"
      "  perennial study meta-example --out meta\n"
      "  perennial study meta-example --markets 20 --placebos 1 --out tenth\n");
  command->callback([flags] { run(*flags); });
}

}  // namespace perennial
