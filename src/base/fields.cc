#include "base/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.h"
#include "base/names.h"

namespace perennial {
namespace {

[[noreturn]] void refuse(std::string_view place, std::string_view name, const FieldValue& value,
                         std::string_view rule) {
  throw Error(ErrorCode::invalid_argument, fmt::format("{}.{} = {}: {}", place, name, to_toml(value), rule));
}

void check_range(std::string_view place, const Field& field, const FieldValue& value, double number) {
  if (!std::isfinite(number)) refuse(place, field.name, value, "must be a finite number");
  const auto [least, most] = field.range;
  if (number >= least && number <= most) return;
  if (std::isinf(most)) refuse(place, field.name, value, fmt::format("must be at least {}", least));
  if (std::isinf(least)) refuse(place, field.name, value, fmt::format("must be at most {}", most));
  refuse(place, field.name, value, fmt::format("must lie between {} and {}", least, most));
}

struct Assign {
  std::string_view place;
  const Field& field;
  const FieldValue& value;

  void operator()(bool* target) const {
    const auto* given = std::get_if<bool>(&value);
    if (!given) refuse(place, field.name, value, "must be true or false");
    *target = *given;
  }
  void operator()(std::int64_t* target) const {
    const auto* given = std::get_if<std::int64_t>(&value);
    if (!given) refuse(place, field.name, value, "must be a whole number");
    check_range(place, field, value, static_cast<double>(*given));
    *target = *given;
  }
  void operator()(double* target) const {
    double number = 0;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      number = static_cast<double>(*whole);
    } else if (const auto* real = std::get_if<double>(&value)) {
      number = *real;
    } else {
      refuse(place, field.name, value, "must be a number");
    }
    check_range(place, field, value, number);
    *target = number;
  }
  void operator()(std::string* target) const {
    const auto* given = std::get_if<std::string>(&value);
    if (!given) refuse(place, field.name, value, "must be text");
    if (!field.choices.empty() &&
        std::find(field.choices.begin(), field.choices.end(), *given) == field.choices.end()) {
      refuse(place, field.name, value, "no such choice" + name_hint(*given, field.choices));
    }
    *target = *given;
  }
};

/// A TOML basic string: what would end the text or the line is escaped.
std::string quoted(std::string_view text) {
  std::string toml = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      toml += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      toml += c == '\n' ? "\\n" : c == '\t' ? "\\t" : fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      toml += c;
    }
  }
  return toml + '"';
}

template <class Number>
bool parse_whole(std::string_view typed, Number& number) {
  const auto [end, status] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  return status == std::errc() && end == typed.data() + typed.size();
}

}  // namespace

Fields& Fields::flag(std::string name, bool& value, std::string help) {
  fields_.push_back({std::move(name), &value, {}, {}, std::move(help)});
  return *this;
}

Fields& Fields::integer(std::string name, std::int64_t& value, Range range, std::string help) {
  fields_.push_back({std::move(name), &value, range, {}, std::move(help)});
  return *this;
}

Fields& Fields::real(std::string name, double& value, Range range, std::string help) {
  fields_.push_back({std::move(name), &value, range, {}, std::move(help)});
  return *this;
}

Fields& Fields::text(std::string name, std::string& value, std::string help,
                     std::vector<std::string> choices) {
  fields_.push_back({std::move(name), &value, {}, std::move(choices), std::move(help)});
  return *this;
}

Fields& Fields::include(const Fields& other) {
  fields_.insert(fields_.end(), other.fields_.begin(), other.fields_.end());
  return *this;
}

void Fields::set(std::string_view place, std::string_view name, const FieldValue& value) const {
  for (const auto& field : fields_) {
    if (field.name == name) return std::visit(Assign{place, field, value}, field.target);
  }
  const auto known = names();
  throw Error(ErrorCode::invalid_argument,
              known.empty() ? fmt::format("{}.{}: {} has no settings", place, name, place)
                            : fmt::format("{}.{}: unknown key{}", place, name, name_hint(name, known)));
}

FieldValue Fields::value(const Field& field) {
  return std::visit([](const auto* target) { return FieldValue(*target); }, field.target);
}

std::vector<std::string> Fields::names() const {
  std::vector<std::string> names;
  for (const auto& field : fields_) names.push_back(field.name);
  return names;
}

std::string to_toml(const FieldValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *whole);
  if (const auto* real = std::get_if<double>(&value)) {
    auto text = fmt::format("{}", *real);
    if (text.find_first_of(".eni") == std::string::npos) text += ".0";
    return text;
  }
  return quoted(std::get<std::string>(value));
}

FieldValue parse_field_value(std::string_view typed) {
  if (typed == "true") return true;
  if (typed == "false") return false;
  std::int64_t whole = 0;
  if (parse_whole(typed, whole)) return whole;
  double real = 0;
  if (parse_whole(typed, real)) return real;
  return std::string(typed);
}

}  // namespace perennial
