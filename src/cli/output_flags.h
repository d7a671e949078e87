#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <string>

#include "io/run_folder.h"

namespace perennial {

/// The flags that every command that plays has: where the result goes, how it is computed and shown.
struct OutputFlags {
  std::filesystem::path out;
  std::filesystem::path resume;
  std::size_t threads = 2;
  bool force = false;
  bool json = false;

  /// Help for what differs by command: what `--out` is a folder for, what `--resume` goes on with, what `--threads` share.
  struct Help {
    std::string out;
    std::string resume;
    std::string threads;
  };
  void add_to(CLI::App& command, const Help& help);

  bool resuming() const { return !resume.empty(); }

  /// Where the result goes.
  const std::filesystem::path& folder() const { return resuming() ? resume : out; }

  /// Opens the folder for what `command` writes. Throws Error(invalid_argument) for one that must not be touched.
  RunFolder open_folder(const std::string& command) const;

  /// Throws Error(invalid_argument) unless there is exactly one of --out and --resume; `what` is the command's noun.
  void require_one_folder(const std::string& command, const std::string& what) const;
};

}  // namespace perennial
