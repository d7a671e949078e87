#include "study/study_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/names.h"

namespace perennial {
namespace {

std::vector<std::string> names_in(const TomlFile& file, const TomlEntry& entry) {
  std::vector<std::string> names;
  for (const FieldValue& value : entry.values) {
    const auto* name = std::get_if<std::string>(&value);
    if (name == nullptr) {
      throw Error(ErrorCode::invalid_argument, fmt::format("{}: {}: must be names in quotes, not {}",
                                                           file.place(entry), entry.key, to_toml(value)));
    }
    names.push_back(*name);
  }
  return names;
}

}  // namespace

void StudyTable::set(const TomlFile& file, const TomlEntry& entry, const std::string& key) const {
  const auto place = file.place(entry);
  const auto list = std::ranges::find(lists, key, &std::pair<std::string, std::vector<std::string>*>::first);
  if (list != lists.end()) {
    *list->second = names_in(file, entry);
    return;
  }
  auto names = single.names();
  if (std::ranges::find(names, key) != names.end()) {
    single.set(fmt::format("{}: {}", place, name), key, file.single_value(entry));
    return;
  }
  if (platform_keys != nullptr && key.find('.') != std::string::npos) {
    platform_keys->push_back({place, key, file.single_value(entry)});
    return;
  }
  for (const auto& [known, values] : lists) names.push_back(known);
  throw Error(ErrorCode::invalid_argument,
              fmt::format("{}: {}: unknown key{}", place, entry.key, name_hint(key, names)));
}

}  // namespace perennial
