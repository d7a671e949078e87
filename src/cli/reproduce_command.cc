#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/names.h"
#include "cli/commands.h"
#include "cli/meta_example_command.h"
#include "cli/study_flags.h"
#include "io/json_file.h"
#include "io/text_file.h"
#include "report/meta_example_report.h"
#include "study/study_catalogue.h"

namespace perennial {
namespace {

struct ReproduceFlags {
  std::string name;
  bool list = false;
  StudyFlags study;
};

constexpr const char* meta_example = "meta-example";

/// Plays it into the folder; where that is resumed, one that had come to its end stays.
nlohmann::ordered_json play_meta_example_into(const std::filesystem::path& folder,
                                              const OutputFlags& output) {
  if (output.resuming() && is_complete_folder(folder, "study meta-example"))
    return nlohmann::ordered_json::parse(read_text_file(folder / "summary.json"));
  return meta_example_summary(
      write_meta_example({.options = {}, .out = folder, .threads = output.threads, .force = output.force}));
}

void reproduce_meta_example(const StudyFlags& flags) {
  const auto& changed = flags.overrides;
  if (changed.seeds || changed.rounds || changed.first_seed) {
    throw Error(ErrorCode::invalid_argument,
                "reproduce meta-example: has no --seeds, --rounds or --first-seed; perennial study "
                "meta-example has flags "
                "of its own");
  }
  flags.output.require_one_folder("reproduce", "study");
  const auto summary = play_meta_example_into(flags.output.folder(), flags.output);
  if (flags.output.json) {
    fmt::print("{}", json_text(summary));
    return;
  }
  for (const auto& claim : summary.at("claims"))
    fmt::print("{:<22} {}\n", claim.at("verdict").get<std::string>(), claim.at("claim").get<std::string>());
  fmt::print("report: {}\n",
             std::filesystem::absolute(flags.output.folder() / "report.html").lexically_normal().string());
}

std::string list_of_studies() {
  std::string list;
  for (const StudyFile& study : builtin_study_files()) {
    list += fmt::format("  {:<13} {} ({} worlds x {} arms x {} seeds, {} rounds)\n", study.name, study.title,
                        study.worlds.size(), study.arms.size(), study.seeds, study.rounds);
  }
  list += fmt::format("  {:<13} {}\n", meta_example,
                      "the experiment of the promote lever's paper (section 4); has flags of its own as "
                      "`perennial study meta-example`");
  return list + fmt::format(
                    "  {:<13} all of these that need no language model in one folder, with an index; runs "
                    "they share are "
                    "played once\n",
                    "all");
}

void run_reproduce(const ReproduceFlags& flags) {
  if (flags.list) {
    fmt::print("{}", list_of_studies());
    return;
  }
  auto names = builtin_study_names();
  const auto again = fmt::format("perennial reproduce {}", flags.name);
  if (flags.name == meta_example) return reproduce_meta_example(flags.study);
  if (flags.name == "all") {
    const FurtherStudy further{
        meta_example, [&](const auto& folder) { return play_meta_example_into(folder, flags.study.output); }};
    return run_studies(builtin_studies_by_rules(), {further}, flags.study, again);
  }
  if (std::ranges::find(names, flags.name) == names.end()) {
    names.emplace_back(meta_example);
    names.emplace_back("all");
    throw Error(ErrorCode::invalid_argument,
                flags.name.empty()
                    ? fmt::format("reproduce: name a study: {}", fmt::join(names, ", "))
                    : fmt::format("no such study: '{}'{}", flags.name, name_hint(flags.name, names)));
  }
  run_study(open_study(flags.name), flags.study, again);
}

}  // namespace

void add_reproduce_command(CLI::App& app) {
  auto* command = app.add_subcommand(
      "reproduce", "Plays a figure or table of the papers anew and judges what they claim of it");
  auto flags = std::make_shared<ReproduceFlags>();
  command->add_option("name", flags->name, "which one, or all");
  command->add_flag("--list", flags->list, "list the studies and stop");
  flags->study.add_to(*command);
  command->footer([] {
    return "\nStudies\n" + list_of_studies() +
           "\nEach is a file in studies/; `perennial study FILE.toml` plays one of your own.\n"
           "\nExamples:\n"
           "  perennial reproduce fig2 --out fig2\n"
           "  perennial reproduce all --seeds 2 --out quick\n"
           "  perennial reproduce all --resume quick            # after Ctrl-C: finished runs are not played "
           "again\n";
  });
  command->callback([flags] { run_reproduce(*flags); });
}

}  // namespace perennial
