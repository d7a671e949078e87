#include "study/study.h"

#include <algorithm>

#include "base/check.h"
#include "study/seed_values.h"

namespace perennial {

const Comparison& Study::world(const std::string& name) const {
  const auto found = std::ranges::find(file.worlds, name, &StudyWorld::name);
  check(found != file.worlds.end(), "a study's names were looked up when it was read");
  return worlds[static_cast<std::size_t>(found - file.worlds.begin())];
}

const ComparedPolicy& Study::arm(const std::string& world_name, const std::string& name) const {
  const auto* found = find_policy(world(world_name), name);
  check(found != nullptr, "a study's names were looked up when it was read");
  return *found;
}

}  // namespace perennial
