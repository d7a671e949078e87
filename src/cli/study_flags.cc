#include "cli/study_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "cli/asked_model.h"
#include "io/json_file.h"
#include "report/study_claims_block.h"
#include "report/study_report.h"
#include "report/study_summary.h"
#include "study/play_studies.h"

namespace perennial {
namespace {

constexpr const char* cells_folder = "cells";

/// The flags that change the study, as they were typed.
std::string override_words(const StudyOverrides& overrides) {
  std::string words;
  const auto add = [&](const char* flag, const std::optional<std::int64_t>& value) {
    if (value) words += fmt::format(" {} {}", flag, *value);
  };
  add("--rounds", overrides.rounds);
  add("--seeds", overrides.seeds);
  add("--first-seed", overrides.first_seed);
  if (!overrides.llm_model.empty()) words += fmt::format(" --llm-model {}", overrides.llm_model);
  return words;
}

/// The platforms of all arms and worlds.
std::vector<const SimulationOptions*> platforms_of(const std::vector<StudyPlan>& plans) {
  std::vector<const SimulationOptions*> platforms;
  for (const StudyPlan& study : plans) {
    for (const auto& world : study.plans) {
      for (const Plan& arm : world) platforms.push_back(&arm.simulation);
    }
  }
  return platforms;
}

/// Plays what is not finished in the folder. Nothing when stopped.
std::optional<std::vector<Study>> play_unfinished(const std::vector<StudyPlan>& plans,
                                                  const StudyFlags& flags, Chat* chat) {
  const auto cells = flags.output.folder() / cells_folder;
  if (!flags.output.resuming()) std::filesystem::remove_all(cells);
  std::unique_ptr<Progress> progress;
  auto studies =
      play_studies(plans, {.threads = flags.output.threads,
                           .cells = cells,
                           .begins =
                               [&](std::uint64_t rounds) {
                                 progress = std::make_unique<Progress>(
                                     "study", rounds, progress_style(stderr), progress_sink(stderr));
                               },
                           .played =
                               [&](double seconds_left) {
                                 progress->expect_left(seconds_left);
                                 progress->advance();
                               },
                           .stop = interrupt_requested,
                           .chat = chat});
  if (studies) progress->finish();
  return studies;
}

/// The same. Throws Error(interrupted) when stopped, and what Chat::ask does, with the command that goes on.
std::vector<Study> play(const std::vector<StudyPlan>& plans, const StudyFlags& flags, AskedModel& asked,
                        const std::string& again) {
  const auto way_on =
      fmt::format("every run is saved, go on with: {}{} --resume {}{}", again,
                  override_words(flags.overrides), flags.output.folder().string(), asked.same_flags());
  std::optional<std::vector<Study>> studies;
  try {
    studies = play_unfinished(plans, flags, asked.chat());
  } catch (const Error& error) {
    throw asked.broken_off(error, way_on);
  }
  if (!studies) throw Error(ErrorCode::interrupted, fmt::format("stopped; {}", way_on));
  return std::move(*studies);
}

void write_study(RunFolder& folder, const Study& study) {
  folder.write_text("study.toml", study.file.text);
  folder.write_parquet("rounds.parquet", study_rounds_table(study));
  folder.write_parquet("creators.parquet", study_creators_table(study));
  folder.write_text("summary.json", json_text(study_summary(study)));
  folder.write_text("report.html", render_study_report(study));
  folder.finish();
}

void print_claims(const Study& study) {
  fmt::print("{}: {}\n", study.file.name, study.file.title);
  for (const JudgedClaim& judged : judge_claims(study))
    fmt::print("  {:<22} {}\n  {:<22} {}\n", name_of(judged.verdict), judged.claim.text, "", judged.why);
}

void print_end(const std::string& hash, const RunFolder& folder) {
  fmt::print("\nresult {}\nreport: {}\n", hash,
             std::filesystem::absolute(folder.path_of("report.html")).lexically_normal().string());
}

}  // namespace

void StudyFlags::add_to(CLI::App& command) {
  command.add_option("--seeds", overrides.seeds, "seeds per arm and world, instead of the study's")
      ->check(CLI::Range(1, 100'000));
  command.add_option("--rounds", overrides.rounds, "rounds per run, instead of the study's")
      ->check(CLI::Range(1, 1'000'000));
  command.add_option("--first-seed", overrides.first_seed, "the first seed, instead of the study's")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--llm-model", overrides.llm_model,
                     "the language model that people are who are one, as the endpoint names it");
  output.add_to(command,
                {.out = "folder for report.html, summary.json, the tables and the runs' results (cells)",
                 .resume = "go on in this folder: finished runs are not played again",
                 .threads = "runs side by side"});
  llm.add_to(command);
}

void run_study(const StudyFile& file, const StudyFlags& flags, const std::string& again) {
  flags.output.require_one_folder("study", "study");
  const std::vector<StudyPlan> plans{make_study_plan(file, flags.overrides)};
  AskedModel asked(flags.llm, platforms_of(plans));
  RunFolder folder = flags.output.open_folder("study");
  const auto studies = play(plans, flags, asked, again);
  write_study(folder, studies.front());
  if (flags.output.json) {
    fmt::print("{}", json_text(study_summary(studies.front())));
    return;
  }
  print_claims(studies.front());
  print_end(studies.front().result_hash, folder);
}

void run_studies(const std::vector<StudyFile>& files, const std::vector<FurtherStudy>& further,
                 const StudyFlags& flags, const std::string& again) {
  flags.output.require_one_folder("reproduce", "study");
  std::vector<StudyPlan> plans;
  plans.reserve(files.size());
  for (const StudyFile& file : files) plans.push_back(make_study_plan(file, flags.overrides));
  AskedModel asked(flags.llm, platforms_of(plans));
  RunFolder folder = flags.output.open_folder("reproduce");
  const auto studies = play(plans, flags, asked, again);
  for (const Study& study : studies) {
    RunFolder own(folder.path_of(study.file.name), "study", Existing::force);
    write_study(own, study);
  }
  auto summary = studies_summary(studies);
  for (const FurtherStudy& study : further)
    summary["further"][study.name] = study.play(folder.path_of(study.name));
  folder.write_text("summary.json", json_text(summary));
  folder.write_text("report.html", render_studies_index(studies, summary["further"]));
  folder.finish();
  if (flags.output.json) {
    fmt::print("{}", json_text(summary));
    return;
  }
  for (const Study& study : studies) print_claims(study);
  print_end(summary.at("result_hash").get<std::string>(), folder);
}

}  // namespace perennial
