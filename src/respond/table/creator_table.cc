#include "respond/table/creator_table.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/names.h"

namespace perennial {

const std::vector<double>& CreatorTable::outcome(std::string_view name) const {
  std::vector<std::string> names;
  for (const NamedValues& outcome : outcomes) {
    if (outcome.name == name) return outcome.values;
    names.push_back(outcome.name);
  }
  throw Error(ErrorCode::invalid_argument, fmt::format("no outcome '{}'{}", name, name_hint(name, names)));
}

}  // namespace perennial
