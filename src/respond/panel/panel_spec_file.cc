#include "respond/panel/panel_spec_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/names.h"
#include "io/toml_file.h"

namespace perennial {
namespace {

const std::vector<std::string> top_names = {"start",  "end",     "assignment", "creators",
                                            "events", "feature", "outcome"};

template <class Part>
Part& at_number(std::vector<Part>& parts, const std::string& number) {
  const auto index = static_cast<std::size_t>(std::stoul(number));
  if (index >= parts.size()) parts.resize(index + 1);
  return parts[index];
}

class Parser {
 public:
  explicit Parser(const TomlFile& file) : file_(file) {}

  PanelSpec parse() {
    for (const auto& entry : file_.entries) take(entry);
    return std::move(spec_);
  }

 private:
  [[noreturn]] void refuse(const TomlEntry& entry, const std::string& why) const {
    throw Error(ErrorCode::invalid_data, fmt::format("{}: {}: {}", file_.place(entry), entry.key, why));
  }

  void set(const TomlEntry& entry, const Fields& fields) const {
    if (entry.is_list) refuse(entry, "must be one value, not a list");
    fields.set(file_.place(entry), entry.path.back(), entry.values.front());
  }

  void take(const TomlEntry& entry) {
    const auto& top = entry.path.front();
    const auto depth = entry.path.size();
    const auto numbered = [&] {
      return depth == 3 && entry.path[1].find_first_not_of("0123456789") == std::string::npos;
    };
    if (depth == 1 && (top == "start" || top == "end")) {
      set(entry, Fields().text("start", spec_.start, "").text("end", spec_.end, ""));
    } else if (top == "assignment" && depth == 2) {
      set(entry, spec_.assignment.assignment_fields());
    } else if (top == "creators" && depth == 2) {
      set(entry, spec_.creators.creators_fields());
    } else if (top == "events" && depth == 3) {
      set(entry, event(entry.path[1]).fields());
    } else if (top == "feature" && numbered()) {
      set(entry, at_number(spec_.features, entry.path[1]).fields());
    } else if (top == "outcome" && numbered()) {
      set(entry, at_number(spec_.outcomes, entry.path[1]).fields());
    } else if (std::ranges::find(top_names, top) == top_names.end()) {
      refuse(entry, "no such key" + name_hint(top, top_names));
    } else {
      refuse(entry,
             "stands in the wrong place: [assignment], [creators], [events.NAME], [[feature]], "
             "[[outcome]] are the tables");
    }
  }

  EventTable& event(const std::string& name) {
    const auto found = std::ranges::find(spec_.events, name, &EventTable::name);
    if (found != spec_.events.end()) return *found;
    auto& added = spec_.events.emplace_back();
    added.name = name;
    return added;
  }

  const TomlFile& file_;
  PanelSpec spec_;
};

std::string lines(const Fields& fields) {
  std::string text;
  for (const auto& field : fields.all()) {
    const auto value = Fields::value(field);
    if (value == FieldValue(std::string())) continue;
    text += fmt::format("{} = {}\n", toml_key(field.name), to_toml(value));
  }
  return text;
}

}  // namespace

PanelSpec parse_panel_spec(std::string_view toml, const std::string& name) {
  const auto file = parse_toml(toml, name);
  return Parser(file).parse();
}

std::string to_toml(const PanelSpec& spec) {
  PanelSpec copy = spec;  // Fields bind to what may change
  std::string text = fmt::format("start = {}\nend = {}\n", toml_string(spec.start), toml_string(spec.end));
  if (!spec.assignment.table.empty()) text += "\n[assignment]\n" + lines(copy.assignment.assignment_fields());
  if (!spec.creators.table.empty()) text += "\n[creators]\n" + lines(copy.creators.creators_fields());
  for (auto& event : copy.events) {
    text += fmt::format("\n[events.{}]\n{}", toml_key(event.name), lines(event.fields()));
  }
  for (auto& outcome : copy.outcomes) text += "\n[[outcome]]\n" + lines(outcome.fields());
  for (auto& feature : copy.features) text += "\n[[feature]]\n" + lines(feature.fields());
  return text;
}

}  // namespace perennial
