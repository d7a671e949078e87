#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Throws Error(invalid_data) "name:line:column: .." for what is no JSON; NaN and Infinity are not.
nlohmann::json parse_json(std::string_view text, const std::string& name);

/// The same of a file; Error(not_found) or Error(io) when it cannot be read.
nlohmann::json read_json(const std::filesystem::path& path);

/// Indented text, keys in the order of `value`'s kind. Throws Error(invalid_data) naming the key of a number
/// that is not finite and of text that is not UTF-8: JSON has no way to write them.
std::string json_text(const nlohmann::json& value);
std::string json_text(const nlohmann::ordered_json& value);

/// One object of a list of objects, with the places of its keys.
class JsonRecord {
 public:
  JsonRecord(std::string_view text, const std::string& name, const nlohmann::json& value, std::size_t begin,
             const std::vector<std::pair<std::string, std::size_t>>& keys)
      : text_(text), name_(name), value_(value), begin_(begin), keys_(keys) {}

  const nlohmann::json& value() const { return value_; }
  /// "users.json:12:5", the place of a key of this object, or of the object when it has no such key.
  std::string place(std::string_view key = {}) const;

 private:
  std::string_view text_;
  const std::string& name_;
  const nlohmann::json& value_;
  std::size_t begin_;
  const std::vector<std::pair<std::string, std::size_t>>& keys_;
};

/// Calls `take` for each element of a text that is a list of objects, holding one at a time. Throws like
/// parse_json, and Error(invalid_data) with its place for a text that is no list or an element that is no
/// object.
void for_each_record(std::string_view text, const std::string& name,
                     const std::function<void(const JsonRecord&)>& take);

}  // namespace perennial
