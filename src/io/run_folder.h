#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "io/table.h"

namespace perennial {

/// What to do with a folder that is already there and not empty.
enum class Existing {
  replace,  ///< a folder of the same kind: its files of last time go; any other folder is refused
  resume,   ///< a folder of the same kind: its files stay; any other folder is refused
  force,    ///< any folder: Perennial's files of last time go, everything else stays
};

/// Where a command puts what it computed. Every file appears whole or not at all, and `perennial-folder.json`
/// says which command wrote them and whether it came to its end: a folder without it, or with "complete":
/// false, is half-done. All calls throw Error(io) naming the folder or file when the disk is full or rights
/// are missing.
class RunFolder {
 public:
  /// Makes the folder, with those above it. Throws Error(invalid_argument) for a folder that must not be
  /// touched.
  RunFolder(std::filesystem::path path, std::string kind, Existing existing = Existing::replace);

  /// Throws as the constructor does for a folder that must not be touched, and touches nothing: for commands that make the
  /// folder only when their work is done, so that what they replace outlives a failure.
  static void refuse_unusable(const std::filesystem::path& path, std::string_view kind, Existing existing);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path path_of(std::string_view name) const { return path_ / name; }

  void write_text(const std::string& name, std::string_view text);
  void write_parquet(const std::string& name, const Table& table);
  void write_csv(const std::string& name, const Table& table);
  /// For files that others write: `write` gets a temporary path, which takes its place when it returns.
  void write_with(const std::string& name,
                  const std::function<void(const std::filesystem::path& temporary)>& write);
  void remove(const std::string& name);

  /// Marks the folder as complete. Without this call it stays half-done, whatever is in it.
  void finish();

 private:
  void adopt(Existing existing);
  void note(const std::string& name);
  void mark(bool complete);

  std::filesystem::path path_;
  std::string kind_;
  std::vector<std::string> files_;  // names written, also by the run that is resumed
};

/// Is there a folder of Perennial's, of that kind, that was finished?
bool is_complete_folder(const std::filesystem::path& path, std::string_view kind);

}  // namespace perennial
