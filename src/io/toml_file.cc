#include "io/toml_file.h"

#include <fmt/format.h>

// toml++ 3.3 asserts that a table's name begins well before it looks ("[\n"); without the assertion it reports a syntax
// error like any other.
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>

#include "io/text_file.h"

namespace perennial {
namespace {

[[noreturn]] void refuse(const std::string& name, const toml::source_position& where, std::string_view what) {
  throw Error(ErrorCode::invalid_data, fmt::format("{}:{}:{}: {}", name, where.line, where.column, what));
}

/// Walks the tree depth first and notes each leaf with its place.
class Flattener {
 public:
  explicit Flattener(std::string name) : name_(std::move(name)) {}

  void walk(const toml::node& node) {
    if (const auto* table = node.as_table()) {
      for (const auto& [key, value] : *table) below(std::string(key.str()), key.source().begin, value);
    } else if (const auto* list = node.as_array(); list && has_structure(*list)) {
      for (std::size_t i = 0; i < list->size(); ++i) {
        below(std::to_string(i), (*list)[i].source().begin, (*list)[i]);
      }
    } else {
      leaf(node);
    }
  }

  std::vector<TomlEntry> entries() {
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
    });
    std::vector<TomlEntry> entries;
    for (auto& found : found_) entries.push_back(std::move(found.entry));
    return entries;
  }

 private:
  struct Found {
    toml::source_position at;
    TomlEntry entry;
  };

  static bool has_structure(const toml::array& list) {
    return std::any_of(list.begin(), list.end(),
                       [](const toml::node& n) { return n.is_table() || n.is_array(); });
  }

  void below(std::string piece, const toml::source_position& at, const toml::node& value) {
    path_.push_back(std::move(piece));
    at_ = at;
    walk(value);
    path_.pop_back();
  }

  void leaf(const toml::node& node) {
    TomlEntry entry;
    for (const auto& piece : path_) {
      if (!entry.key.empty()) entry.key += '.';
      entry.key += toml_key(piece);
    }
    entry.path = path_;
    entry.line = at_.line;
    if (const auto* list = node.as_array()) {
      entry.is_list = true;
      for (const auto& element : *list) entry.values.push_back(scalar(element, entry.key));
    } else {
      entry.values.push_back(scalar(node, entry.key));
    }
    found_.push_back({at_, std::move(entry)});
  }

  FieldValue scalar(const toml::node& node, const std::string& key) const {
    if (const auto* flag = node.as_boolean()) return flag->get();
    if (const auto* whole = node.as_integer()) return whole->get();
    if (const auto* text = node.as_string()) return text->get();
    const auto* real = node.as_floating_point();
    if (!real)
      refuse(name_, node.source().begin, key + ": dates and times have no use here; write a number or text");
    if (!std::isfinite(real->get())) refuse(name_, node.source().begin, key + ": must be a finite number");
    return real->get();
  }

  std::string name_;
  std::vector<std::string> path_;
  toml::source_position at_;
  std::vector<Found> found_;
};

}  // namespace

std::string TomlFile::place(const TomlEntry& entry) const {
  return fmt::format("{}:{}", name, entry.line);
}

FieldValue TomlFile::single_value(const TomlEntry& entry) const {
  if (!entry.is_list && entry.values.size() == 1) return entry.values.front();
  throw Error(ErrorCode::invalid_argument,
              fmt::format("{}: {}: must be one value, not a list", place(entry), entry.key));
}

TomlFile parse_toml(std::string_view text, const std::string& name) {
  try {
    const auto root = toml::parse(text, name);
    Flattener flattener(name);
    flattener.walk(root);
    return {name, flattener.entries()};
  } catch (const toml::parse_error& error) {
    refuse(name, error.source().begin, error.description());
  }
}

TomlFile read_toml(const std::filesystem::path& path) {
  return parse_toml(read_text_file(path), path.string());
}

std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      quoted += fmt::format("\\u{:04X}", c);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string toml_key(std::string_view name) {
  const bool bare = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c < 0x80 && std::isalnum(c)) || c == '_' || c == '-';
  });
  return bare ? std::string(name) : toml_string(name);
}

}  // namespace perennial
