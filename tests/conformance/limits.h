#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"

namespace perennial {

/// One setting of a plug-in changed, or none.
struct Setting {
  std::string name;  // empty = none
  FieldValue value;
  std::string text = "defaults";

  template <class PlugIn>
  void apply(PlugIn& plug_in) const {
    if (!name.empty()) plug_in.fields().set("test", name, value);
  }
};

/// Which ends of a whole number's range: at its most, some ask for more time or memory than a test has.
enum class WholeNumbers { at_least, at_both };

/// The defaults; then one setting after the other at each of its choices, or at the ends of its range.
template <class PlugIn>
std::vector<Setting> settings_at_limits(PlugIn&& plug_in, WholeNumbers whole = WholeNumbers::at_least) {
  std::vector<Setting> settings(1);
  for (const auto& field : plug_in.fields().all()) {
    std::vector<FieldValue> values(field.choices.begin(), field.choices.end());
    if (std::holds_alternative<bool*>(field.target)) values = {false, true};
    if (std::holds_alternative<double*>(field.target)) values = {field.range.least, field.range.most};
    if (std::holds_alternative<std::int64_t*>(field.target)) {
      values = {static_cast<std::int64_t>(field.range.least)};
      if (whole == WholeNumbers::at_both) values.emplace_back(static_cast<std::int64_t>(field.range.most));
    }
    for (const auto& value : values)
      settings.push_back({field.name, value, field.name + " = " + to_toml(value)});
  }
  return settings;
}

}  // namespace perennial
