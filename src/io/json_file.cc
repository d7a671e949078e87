#include "io/json_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "io/text_file.h"

namespace perennial {
namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(std::string_view text, const std::string& name, std::size_t offset,
                         std::string_view what) {
  const auto [line, column] = place_of(text, offset);
  throw Error(ErrorCode::invalid_data, fmt::format("{}:{}:{}: {}", name, line, column, what));
}

/// nlohmann's message without its own numbering and place: "syntax error while parsing value - unexpected end
/// of input".
std::string_view message_of(const nlohmann::json::exception& error) {
  std::string_view message = error.what();
  if (const auto end = message.find("] "); end != std::string_view::npos) message.remove_prefix(end + 2);
  if (message.starts_with("parse error at line")) {
    if (const auto colon = message.find(": "); colon != std::string_view::npos)
      message.remove_prefix(colon + 2);
  }
  return message;
}

/// A forward iterator over the text that tells how far the parser has read.
class Reading {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Reading(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  Reading& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  Reading operator++(int) {
    auto before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Reading& other) const { return at_ == other.at_; }
  bool operator!=(const Reading& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** reached_;
};

Json parse_with(std::string_view text, const std::string& name, const Json::parser_callback_t& callback,
                const char** reached) {
  *reached = text.data();
  try {
    return Json::parse(Reading(text.data(), reached), Reading(text.data() + text.size(), reached), callback);
  } catch (const Json::parse_error& error) {
    refuse(text, name, error.byte > 0 ? error.byte - 1 : 0, message_of(error));
  } catch (const Json::exception& error) {
    refuse(text, name, static_cast<std::size_t>(*reached - text.data()), message_of(error));
  }
}

/// The opening quote of the key whose closing quote stands just before `end`.
std::size_t key_begin(std::string_view text, std::size_t end) {
  std::size_t at = end > 1 ? end - 2 : 0;
  const auto escaped = [&](std::size_t quote) {
    std::size_t slashes = 0;
    while (slashes < quote && text[quote - 1 - slashes] == '\\') ++slashes;
    return slashes % 2 == 1;
  };
  while (at > 0 && (text[at] != '"' || escaped(at))) --at;
  return at;
}

/// Follows the parser through a list of objects.
class Records {
 public:
  Records(std::string_view text, const std::string& name, const std::function<void(const JsonRecord&)>& take)
      : text_(text), name_(name), take_(take) {}

  void parse() {
    const auto all = parse_with(
        text_, name_,
        [this](int depth, Json::parse_event_t event, Json& value) { return on(depth, event, value); },
        &reached_);
    if (!all.is_array()) refuse(text_, name_, 0, "must be a list of objects: [{..}, {..}]");
  }

 private:
  std::size_t offset() const { return static_cast<std::size_t>(reached_ - text_.data()); }

  /// False for what need not be kept: an element that has been taken.
  bool on(int depth, Json::parse_event_t event, Json& value) {
    using Event = Json::parse_event_t;
    if (depth == 1 && (event == Event::value || event == Event::array_start)) {
      refuse(text_, name_, offset() > 0 ? offset() - 1 : 0, "must be an object: {..}");
    }
    if (depth == 1 && event == Event::object_start) {
      begin_ = offset() > 0 ? offset() - 1 : 0;
      keys_.clear();
    }
    if (depth == 2 && event == Event::key)
      keys_.emplace_back(value.get<std::string>(), key_begin(text_, offset()));
    if (depth == 1 && event == Event::object_end) {
      take_({text_, name_, value, begin_, keys_});
      return false;
    }
    return true;
  }

  std::string_view text_;
  const std::string& name_;
  const std::function<void(const JsonRecord&)>& take_;
  const char* reached_ = nullptr;
  std::size_t begin_ = 0;
  std::vector<std::pair<std::string, std::size_t>> keys_;
};

template <class AnyJson>
void require_finite(const AnyJson& value, const std::string& key) {
  if (value.is_number_float() && !std::isfinite(value.template get<double>())) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("{} = {}: JSON holds finite numbers only", key, value.template get<double>()));
  }
  if (value.is_object()) {
    for (const auto& [name, below] : value.items())
      require_finite(below, key.empty() ? name : key + "." + name);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) require_finite(value[i], fmt::format("{}[{}]", key, i));
  }
}

template <class AnyJson>
std::string text_of(const AnyJson& value) {
  require_finite(value, "");
  try {
    return value.dump(2) + "\n";
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorCode::invalid_data, fmt::format("cannot be written as JSON: {}", message_of(error)));
  }
}

}  // namespace

Json parse_json(std::string_view text, const std::string& name) {
  const char* reached = nullptr;
  return parse_with(text, name, nullptr, &reached);
}

Json read_json(const std::filesystem::path& path) {
  return parse_json(read_text_file(path), path.string());
}

std::string json_text(const Json& value) {
  return text_of(value);
}
std::string json_text(const nlohmann::ordered_json& value) {
  return text_of(value);
}

std::string JsonRecord::place(std::string_view key) const {
  auto offset = begin_;
  for (const auto& [name, at] : keys_) {
    if (name == key) offset = at;
  }
  const auto [line, column] = place_of(text_, offset);
  return fmt::format("{}:{}:{}", name_, line, column);
}

void for_each_record(std::string_view text, const std::string& name,
                     const std::function<void(const JsonRecord&)>& take) {
  Records(text, name, take).parse();
}

}  // namespace perennial
