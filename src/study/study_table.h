#pragma once

#include <string>
#include <utility>
#include <vector>

#include "io/toml_file.h"
#include "simulate/options.h"

namespace perennial {

/// The keys that one kind of table of a study file takes, bound to where their values go.
struct StudyTable {
  std::string name;  ///< "world", for errors
  Fields single = {};
  std::vector<std::pair<std::string, std::vector<std::string>*>> lists =
      {};  ///< a list of names, or one name
  std::vector<Given>* platform_keys =
      nullptr;  ///< takes dotted keys of the simulated platform; null = takes none

  /// Sets `key` (what stands behind the table's name) from the entry. Throws Error(invalid_argument) with file, line and the
  /// nearest name.
  void set(const TomlFile& file, const TomlEntry& entry, const std::string& key) const;
};

}  // namespace perennial
