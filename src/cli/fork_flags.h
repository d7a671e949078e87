#pragma once

#include <CLI/App.hpp>
#include <filesystem>

#include "base/error.h"
#include "base/progress.h"
#include "io/run_folder.h"
#include "study/run_moment.h"

namespace perennial {

/// The flags of commands that begin at a moment of a saved run: which, where the result goes, how it is computed and shown.
struct ForkFlags {
  std::filesystem::path run;
  std::int64_t at = -1;  ///< -1: where the run stands
  std::filesystem::path out;
  std::size_t threads = 2;
  bool force = false;
  bool json = false;

  void add_to(CLI::App& command);

  /// Throws Error(invalid_argument) unless both --run and --out were given; `command` is for the sentence.
  void require_folders(const std::string& command) const;

  std::uint32_t round_of(const FolderRun& opened) const;

  /// As RunFolder::refuse_unusable, for --out.
  void refuse_unusable(const std::string& kind) const;
  /// Opens --out, when all is played.
  RunFolder open_folder(const std::string& kind) const;

  /// The run at that round, every round played on the way shown; `chat` is for people who are language models. Throws stopped()
  /// when the user asks to stop.
  RunMoment moment(FolderRun& opened, const World& world, std::uint32_t round, Progress& progress,
                   Chat* chat = nullptr) const;

  /// What is said when the user has stopped it.
  Error stopped() const;
};

}  // namespace perennial
