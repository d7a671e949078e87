#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/fields.h"

namespace perennial {

/// One `key = value` line of a TOML file.
struct TomlEntry {
  std::string key;  ///< dotted, with every table above it: "ranker.mf.rate"; odd names stand in quotes
  std::vector<std::string> path;  ///< the same in pieces, unquoted: {"ranker", "mf", "rate"}
  std::vector<FieldValue> values;
  bool is_list = false;  ///< `[..]`; otherwise there is exactly one value
  std::size_t line = 0;  ///< from 1
};

/// A TOML text as a flat list of entries in the order they were written. Tables inside lists are numbered
/// from 0:
/// `[[arm]]` gives "arm.0.policy", "arm.1.policy".
struct TomlFile {
  std::string name;  ///< what errors call it
  std::vector<TomlEntry> entries;

  /// "run.toml:12", the start of an error about an entry.
  std::string place(const TomlEntry& entry) const;

  /// The entry's one value. Throws Error(invalid_argument) for a list.
  FieldValue single_value(const TomlEntry& entry) const;
};

/// Throws Error(invalid_data) "name:line:column: .." on a syntax error, a date or time, nan or inf.
TomlFile parse_toml(std::string_view text, const std::string& name);

/// The same of a file; Error(not_found) or Error(io) when it cannot be read.
TomlFile read_toml(const std::filesystem::path& path);

/// Text as a TOML string, quoted and escaped.
std::string toml_string(std::string_view text);

/// A name as a piece of a key: bare where TOML allows it, else quoted.
std::string toml_key(std::string_view name);

}  // namespace perennial
