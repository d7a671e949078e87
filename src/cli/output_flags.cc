#include "cli/output_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/error.h"

namespace perennial {

void OutputFlags::add_to(CLI::App& command, const Help& help) {
  command.add_option("--out", out, help.out);
  command.add_option("--resume", resume, help.resume);
  command.add_option("--threads", threads, help.threads + "; the result does not depend on it")
      ->check(CLI::Range(1, 1024));
  command.add_flag("--force", force, "use the folder even if it is not one of Perennial's; other files stay");
  command.add_flag("--json", json, "print summary.json instead of a table");
}

RunFolder OutputFlags::open_folder(const std::string& command) const {
  return {folder(), command, resuming() ? Existing::resume : force ? Existing::force : Existing::replace};
}

void OutputFlags::require_one_folder(const std::string& command, const std::string& what) const {
  if (resume.empty() == out.empty()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: give --out DIR for a new {} or --resume DIR for one that was stopped",
                            command, what));
  }
}

}  // namespace perennial
