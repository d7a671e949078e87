#include "io/json_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/names.h"

namespace perennial {
namespace {

/// The value as it stands, cut where it is long.
std::string shown(const nlohmann::json& value) {
  constexpr std::size_t most = 60;
  const auto text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return text.size() <= most ? text : text.substr(0, most) + "..";
}

}  // namespace

void JsonValue::refuse(const std::string& rule) const {
  const auto where = path_.empty() ? file_ : fmt::format("{}: {}", file_, path_);
  const bool leaf = !value_->is_structured();
  throw Error(ErrorCode::invalid_data, leaf ? fmt::format("{} = {}: {}", where, shown(*value_), rule)
                                            : fmt::format("{}: {}", where, rule));
}

const nlohmann::json& JsonValue::object() const {
  if (!value_->is_object()) refuse("must be an object: {\"key\": value, ..}");
  return *value_;
}

std::optional<JsonValue> JsonValue::find(const std::string& key) const {
  const auto found = object().find(key);
  if (found == value_->end()) return std::nullopt;
  return JsonValue(*found, file_, path_.empty() ? key : path_ + "." + key);
}

JsonValue JsonValue::at(const std::string& key) const {
  auto found = find(key);
  if (!found) refuse(fmt::format("'{}' is missing", key));
  return *found;
}

void JsonValue::allow_only(std::span<const std::string> keys) const {
  for (const auto& [key, value] : object().items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end())
      refuse(fmt::format("no such key: '{}'{}", key, name_hint(key, keys)));
  }
}

std::vector<std::pair<std::string, JsonValue>> JsonValue::entries() const {
  std::vector<std::pair<std::string, JsonValue>> entries;
  for (const auto& [key, value] : object().items())
    entries.emplace_back(key, JsonValue(value, file_, path_.empty() ? key : path_ + "." + key));
  return entries;
}

std::vector<JsonValue> JsonValue::list() const {
  if (!value_->is_array()) refuse("must be a list");
  std::vector<JsonValue> list;
  list.reserve(value_->size());
  for (const auto& element : *value_)
    list.push_back(JsonValue(element, file_, fmt::format("{}[{}]", path_, list.size())));
  return list;
}

std::string JsonValue::text() const {
  if (!value_->is_string() || value_->get_ref<const std::string&>().empty()) refuse("must be text");
  return value_->get<std::string>();
}

bool JsonValue::flag() const {
  if (!value_->is_boolean()) refuse("must be true or false");
  return value_->get<bool>();
}

std::int64_t JsonValue::whole(std::int64_t least, std::int64_t most) const {
  if (!value_->is_number() || value_->get<double>() != std::floor(value_->get<double>()))
    refuse("must be a whole number");
  const double number = value_->get<double>();
  if (number < static_cast<double>(least)) refuse(fmt::format("must be at least {}", least));
  if (number > static_cast<double>(most)) refuse(fmt::format("must be at most {}", most));
  return value_->is_number_float() ? static_cast<std::int64_t>(number) : value_->get<std::int64_t>();
}

double JsonValue::real(double least, double most) const {
  if (!value_->is_number()) refuse("must be a number");
  const double number = value_->get<double>();
  if (number < least || number > most) refuse(fmt::format("must be between {} and {}", least, most));
  return number;
}

}  // namespace perennial
