#include "world/catalogue.h"

#include <builtin_files.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/names.h"
#include "world/definition_file.h"
#include "world/generator.h"
#include "world/sample.h"
#include "world/world_folder.h"

namespace perennial {
namespace {

/// More than any machine of today holds in memory, and well within 32-bit ids.
constexpr std::size_t most_people = 1'000'000'000;

/// The files of worlds/ itself; those of folders below are settings.
bool is_world(const BuiltinFile& file) {
  return file.path.find('/') == std::string_view::npos;
}

std::string name_of(const BuiltinFile& file) {
  return std::filesystem::path(file.path).stem().string();
}

[[noreturn]] void refuse_unknown(const std::string& asked) {
  const auto names = builtin_world_names();
  throw Error(
      ErrorCode::not_found,
      fmt::format(
          "no such world: '{}', neither built in nor a generator's file nor an imported world's folder{}",
          asked, name_hint(asked, names)));
}

}  // namespace

const std::string& WorldSource::name() const {
  return std::visit([](const auto& source) -> const std::string& { return source.name; }, source_);
}

const std::vector<std::string> WorldSource::genres() const {
  if (const auto* world = std::get_if<World>(&source_)) return world->genres;
  std::vector<std::string> names;
  for (const auto& genre : std::get<WorldDefinition>(source_).genres) names.push_back(genre.name);
  return names;
}

std::vector<Fact> WorldSource::facts() const {
  const auto* definition = std::get_if<WorldDefinition>(&source_);
  return definition ? definition->facts : std::vector<Fact>();
}

std::string WorldSource::facts_source() const {
  const auto* definition = std::get_if<WorldDefinition>(&source_);
  return definition ? definition->facts_source : std::string();
}

World WorldSource::make(std::size_t users, std::size_t creators, std::uint64_t seed) const {
  if (std::max(users, creators) > most_people) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("world '{}': {} people asked for: at most {} users and creators", name(),
                            std::max(users, creators), most_people));
  }
  if (const auto* world = std::get_if<World>(&source_)) return sample(*world, users, creators, seed);
  return generate(std::get<WorldDefinition>(source_), users, creators, seed);
}

std::vector<WorldDefinition> builtin_worlds() {
  std::vector<WorldDefinition> worlds;
  for (const auto& file : builtin_files()) {
    if (is_world(file)) worlds.push_back(parse_definition(file.text, std::string(file.path)));
  }
  return worlds;
}

std::vector<std::string> builtin_world_names() {
  std::vector<std::string> names;
  for (const auto& file : builtin_files()) {
    if (is_world(file)) names.push_back(name_of(file));
  }
  return names;
}

WorldSource open_world(const std::string& name_or_path) {
  for (const auto& file : builtin_files()) {
    if (is_world(file) && name_of(file) == name_or_path) {
      return WorldSource(parse_definition(file.text, std::string(file.path)));
    }
  }
  std::error_code status;
  if (name_or_path.empty() || !std::filesystem::exists(name_or_path, status)) refuse_unknown(name_or_path);
  if (std::filesystem::is_directory(name_or_path, status)) return WorldSource(read_world(name_or_path));
  return WorldSource(read_definition(name_or_path));
}

World load_world(const std::string& name_or_path, std::size_t users, std::size_t creators,
                 std::uint64_t seed) {
  return open_world(name_or_path).make(users, creators, seed);
}

}  // namespace perennial
