#include "cli/fork_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/interrupt.h"

namespace perennial {

void ForkFlags::add_to(CLI::App& command) {
  command.add_option("--run", run, "the folder of a run that simulate made");
  command
      .add_option("--at", at,
                  "fork after this round; an earlier one is played again, a later one played up to (default: "
                  "where the run stands)")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000}));
  command.add_option("--out", out, "folder for summary.json, the tables, report.html and config.toml");
  command.add_option("--threads", threads, "forks side by side; the result does not depend on it")
      ->check(CLI::Range(1, 1024));
  command.add_flag("--force", force, "use the folder even if it is not one of Perennial's; other files stay");
  command.add_flag("--json", json, "print summary.json instead of a table");
}

void ForkFlags::require_folders(const std::string& command) const {
  if (!run.empty() && !out.empty()) return;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("{}: give --run DIR, a run that simulate made, and --out DIR for the result", command));
}

std::uint32_t ForkFlags::round_of(const FolderRun& opened) const {
  return at < 0 ? opened.saved.round : static_cast<std::uint32_t>(at);
}

void ForkFlags::refuse_unusable(const std::string& kind) const {
  RunFolder::refuse_unusable(out, kind, force ? Existing::force : Existing::replace);
}

RunFolder ForkFlags::open_folder(const std::string& kind) const {
  return {out, kind, force ? Existing::force : Existing::replace};
}

RunMoment ForkFlags::moment(FolderRun& opened, const World& world, std::uint32_t round, Progress& progress,
                            Chat* chat) const {
  Workers workers(threads);
  auto found = moment_of(opened, world, round, {workers, chat}, [&] {
    progress.advance();
    return !interrupt_requested();
  });
  if (!found) throw stopped();
  return std::move(*found);
}

Error ForkFlags::stopped() const {
  return {ErrorCode::interrupted,
          fmt::format("stopped; nothing was written to {}, start again for a result", out.string())};
}

}  // namespace perennial
