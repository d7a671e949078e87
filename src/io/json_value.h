#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perennial {

/// A value of somebody else's JSON with the path to it, for reading what is meant to follow rules. What breaks one throws
/// Error(invalid_data) "state.json: creators[2].made.Gaming.clicks = -3: must be at least 0".
class JsonValue {
 public:
  /// The whole of a file. `value` must outlive this and all values taken from it.
  JsonValue(const nlohmann::json& value, std::string file) : value_(&value), file_(std::move(file)) {}

  [[noreturn]] void refuse(const std::string& rule) const;

  /// An object's value; refuses what is no object and a key that is not there.
  JsonValue at(const std::string& key) const;
  std::optional<JsonValue> find(const std::string& key) const;
  /// Refuses an object with any other key, naming the nearest of these.
  void allow_only(std::span<const std::string> keys) const;
  /// An object's keys and values, ascending by key.
  std::vector<std::pair<std::string, JsonValue>> entries() const;
  std::vector<JsonValue> list() const;

  /// Text that is not empty.
  std::string text() const;
  bool flag() const;
  /// A number without fraction, also when written 12.0.
  std::int64_t whole(std::int64_t least, std::int64_t most) const;
  double real(double least, double most) const;

 private:
  JsonValue(const nlohmann::json& value, std::string file, std::string path)
      : value_(&value), file_(std::move(file)), path_(std::move(path)) {}
  const nlohmann::json& object() const;

  const nlohmann::json* value_;
  std::string file_;
  std::string path_;  // empty for the whole
};

}  // namespace perennial
