#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "base/names.h"
#include "cli/commands.h"
#include "cli/study_flags.h"
#include "study/study_catalogue.h"

namespace perennial {
namespace {

struct ReproduceFlags {
  std::string name;
  bool list = false;
  StudyFlags study;
};

std::string list_of_studies() {
  std::string list;
  for (const StudyFile& study : builtin_study_files()) {
    list += fmt::format("  {:<10} {} ({} worlds x {} arms x {} seeds, {} rounds)\n", study.name, study.title,
                        study.worlds.size(), study.arms.size(), study.seeds, study.rounds);
  }
  return list +
         fmt::format("  {:<10} all of these in one folder, with an index; runs they share are played once\n",
                     "all");
}

void run_reproduce(const ReproduceFlags& flags) {
  if (flags.list) {
    fmt::print("{}", list_of_studies());
    return;
  }
  auto names = builtin_study_names();
  const auto again = fmt::format("perennial reproduce {}", flags.name);
  if (flags.name == "all") return run_studies(builtin_study_files(), flags.study, again);
  if (std::ranges::find(names, flags.name) == names.end()) {
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
      "reproduce", "Plays a figure or table of the LoRe paper anew and judges what the paper claims of it");
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
