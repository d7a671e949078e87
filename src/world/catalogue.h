#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "world/definition.h"
#include "world/world.h"

namespace perennial {

/// Where worlds come from: a generator, or people who were imported. Opened once, then any number of worlds are made of
/// it; making one from a generator takes microseconds.
class WorldSource {
 public:
  explicit WorldSource(WorldDefinition definition) : source_(std::move(definition)) {}
  explicit WorldSource(World world) : source_(std::move(world)) {}

  const std::string& name() const;
  bool is_generator() const { return std::holds_alternative<WorldDefinition>(source_); }
  const std::vector<std::string> genres() const;

  /// Facts of the real world it stands for; empty for imported worlds, which are real themselves.
  std::vector<Fact> facts() const;
  std::string facts_source() const;

  /// A world by seed. From a generator: that many people, 0 = its own number. From imported people: that many of them,
  /// drawn without replacement, 0 = all; asking for more than there are is an Error(invalid_argument).
  World make(std::size_t users, std::size_t creators, std::uint64_t seed) const;

 private:
  std::variant<WorldDefinition, World> source_;
};

/// The generators that come with the program, ascending by name.
std::vector<WorldDefinition> builtin_worlds();
std::vector<std::string> builtin_world_names();

/// A built-in world by name, else a generator's TOML file or an imported world's folder by path. Error(not_found) with
/// the nearest name when it is none of these.
WorldSource open_world(const std::string& name_or_path);

/// open_world(..).make(..).
World load_world(const std::string& name_or_path, std::size_t users, std::size_t creators,
                 std::uint64_t seed);

}  // namespace perennial
