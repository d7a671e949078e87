#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace perennial::structure {

/// A text file of the repository.
struct SourceFile {
  std::string path;  ///< below the repository, '/' between folders: "src/base/error.h"
  std::vector<std::string> lines;

  bool is_header() const { return path.ends_with(".h"); }
  bool is_test() const { return path.ends_with("_test.cc") || path.ends_with("_for_tests.h"); }
};

/// One perennial_room(NAME DEPENDS ..) line.
struct Room {
  std::string name;                  ///< "people_users"
  std::string folder;                ///< "people/users", below src
  std::vector<std::string> depends;  ///< as declared
};

/// Every file under `root`/`folder` whose name ends with one of `endings`, by path. What is built or fetched
/// (node_modules, __pycache__) is left out. A folder that is not there holds no files.
std::vector<SourceFile> read_files(const std::filesystem::path& root, std::string_view folder,
                                   const std::vector<std::string>& endings);

/// The rooms that the CMakeLists.txt files among `files` declare.
std::vector<Room> read_rooms(const std::vector<SourceFile>& files);

/// The paths of the file's #include "..." lines.
std::vector<std::string> quoted_includes(const SourceFile& file);

}  // namespace perennial::structure
