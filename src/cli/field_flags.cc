#include "cli/field_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace perennial {
namespace {

/// Why a number that was typed is none of the range's; empty if it is.
std::string out_of_range(const Range& range, const std::string& typed) {
  double number = 0;
  if (!CLI::detail::lexical_cast(typed, number) || !std::isfinite(number)) return "must be a finite number";
  if (number >= range.least && number <= range.most) return "";
  return std::isinf(range.most) ? fmt::format("must be at least {}", range.least)
                                : fmt::format("must lie between {} and {}", range.least, range.most);
}

}  // namespace

void add_field_flag(CLI::App& command, const std::string& flag, const Field& field) {
  auto* option =
      std::visit([&](auto* target) { return command.add_option(flag, *target, field.help); }, field.target);
  const bool is_text = std::holds_alternative<std::string*>(field.target);
  if (!is_text || !field.choices.empty()) option->capture_default_str();
  if (!field.choices.empty()) {
    option->check(CLI::IsMember(field.choices));
  } else if (!is_text) {
    option->check([range = field.range](const std::string& typed) {
      const auto why = out_of_range(range, typed);
      return why.empty() ? why : fmt::format("{}: {}", typed, why);
    });
  }
}

void add_field_flag(CLI::App& command, const std::string& flag, const Fields& fields,
                    const std::string& name) {
  const auto& all = fields.all();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Field& field) { return field.name == name; });
  check(found != all.end(), "a flag is one of the fields");
  add_field_flag(command, flag, *found);
}

}  // namespace perennial
