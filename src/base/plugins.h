#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/names.h"

namespace perennial {

/// A built-in implementation of an interface: one line in its folder's list.
template <class Interface>
struct Plugin {
  std::string name;
  std::string summary;  ///< one sentence: what it is and when it helps
  std::unique_ptr<Interface> (*make)();
  bool uses_truth = false;  ///< reads what only a simulator can know
};

template <class Interface>
std::vector<std::string> plugin_names(std::span<const Plugin<Interface>> list) {
  std::vector<std::string> names;
  for (const auto& entry : list) names.push_back(entry.name);
  return names;
}

/// The entry of that name; throws Error(invalid_argument) "no such <kind>: 'x'" with the nearest name.
template <class Interface>
const Plugin<Interface>& find_plugin(std::span<const Plugin<Interface>> list, std::string_view kind,
                                     std::string_view name) {
  for (const auto& entry : list) {
    if (entry.name == name) return entry;
  }
  const auto names = plugin_names(list);
  throw Error(ErrorCode::invalid_argument,
              "no such " + std::string(kind) + ": '" + std::string(name) + "'" + name_hint(name, names));
}

/// A maker for find_plugin's lists: `{"mf", "..", make_plugin<Recommender, MatrixFactorization>}`.
template <class Interface, class Implementation>
std::unique_ptr<Interface> make_plugin() {
  return std::make_unique<Implementation>();
}

}  // namespace perennial
