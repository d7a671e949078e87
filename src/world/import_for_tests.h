#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "world/world.h"

namespace perennial {

/// What `action` complains of, or "no error".
template <class Action>
std::string error_of(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

/// Names of a user's interests.
inline std::vector<std::string> interests(const World& world, UserId user) {
  std::vector<std::string> names;
  for (const auto g : world.users.interests[user]) names.push_back(world.genres[g]);
  return names;
}

}  // namespace perennial
