#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace perennial {

/// Closed interval a number must lie in.
struct Range {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
};

/// One value as it stands in a config: what TOML, `--set a.b=1` and an HTTP body have in common.
using FieldValue = std::variant<bool, std::int64_t, double, std::string>;

/// One setting of a component: its name, where its value lives, its rule and its help.
struct Field {
  std::string name;
  std::variant<bool*, std::int64_t*, double*, std::string*> target;
  Range range;                       ///< numbers only
  std::vector<std::string> choices;  ///< text only; empty = any
  std::string help;
};

/// The settings of one component, bound to the variables that hold them. The variables carry the defaults and must
/// outlive the Fields. A plug-in lists its own here and nowhere else; files, flags, --help, docs and the effective
/// config all read this list.
class Fields {
 public:
  Fields& flag(std::string name, bool& value, std::string help);
  Fields& integer(std::string name, std::int64_t& value, Range range, std::string help);
  Fields& real(std::string name, double& value, Range range, std::string help);
  Fields& text(std::string name, std::string& value, std::string help, std::vector<std::string> choices = {});

  /// Adds another component's fields as they are.
  Fields& include(const Fields& other);

  /// Sets one field. Throws Error(invalid_argument) for an unknown name (with the nearest one), a wrong type, a number
  /// that is not finite or out of range, or a text that is no choice. `place` starts the sentence: "run.toml: recommender".
  void set(std::string_view place, std::string_view name, const FieldValue& value) const;

  /// Current value of a field, for the effective config.
  static FieldValue value(const Field& field);

  const std::vector<Field>& all() const& { return fields_; }
  std::vector<Field> all() && { return std::move(fields_); }  // so that a loop over a temporary is safe
  std::vector<std::string> names() const;

 private:
  std::vector<Field> fields_;
};

/// "0.5", "true", "text": as TOML would print it.
std::string to_toml(const FieldValue& value);

/// Reads what a user typed after `--set name=`: true/false, an integer, a number, otherwise text.
FieldValue parse_field_value(std::string_view typed);

}  // namespace perennial
