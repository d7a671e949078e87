#include "world/world.h"

#include <fmt/format.h>

#include "base/error.h"

namespace perennial {
namespace {

[[noreturn]] void refuse(const World& world, const std::string& what) {
  throw Error(ErrorCode::invalid_data, fmt::format("world '{}': {}", world.name, what));
}

void validate_activity(const World& world, const char* who, std::span<const double> activity) {
  for (std::size_t i = 0; i < activity.size(); ++i) {
    if (!(activity[i] >= 0 && activity[i] <= 1)) {
      refuse(world, fmt::format("{} {} has activity {}: must lie between 0 and 1", who, i, activity[i]));
    }
  }
}

void validate_users(const World& world) {
  const auto& users = world.users;
  if (users.size() == 0) refuse(world, "has no users: at least one is needed");
  if (users.interests.size() != users.size()) refuse(world, "interests and activity differ in length");
  for (std::size_t u = 0; u < users.size(); ++u) {
    if (users.interests[u].empty())
      refuse(world, fmt::format("user {} has no interests: at least one is needed", u));
    for (std::size_t i = 0; i < users.interests[u].size(); ++i) {
      if (users.interests[u][i] >= world.genres.size()) {
        refuse(world, fmt::format("user {} has interest {}, which is no genre", u, users.interests[u][i]));
      }
      if (i > 0 && users.interests[u][i] <= users.interests[u][i - 1]) {
        refuse(world, fmt::format("the interests of user {} are not ascending", u));
      }
    }
  }
  validate_activity(world, "user", users.activity);
}

void validate_creators(const World& world) {
  const auto& creators = world.creators;
  if (creators.size() == 0) refuse(world, "has no creators: at least one is needed");
  if (creators.history.size() != creators.size())
    refuse(world, "creators' history and activity differ in length");
  for (std::size_t c = 0; c < creators.size(); ++c) {
    if (creators.history[c].empty())
      refuse(world, fmt::format("creator {} has no genre: at least one is needed", c));
    const auto history = creators.history[c];
    for (std::size_t i = 0; i < history.size(); ++i) {
      const auto [genre, count] = history[i];
      if (genre >= world.genres.size())
        refuse(world, fmt::format("creator {} has genre {}, which is no genre", c, genre));
      if (count == 0)
        refuse(world, fmt::format("creator {} has made 0 items of genre {}: leave the row out", c, genre));
      if (i > 0 && genre <= history[i - 1].genre)
        refuse(world, fmt::format("the genres of creator {} are not ascending", c));
    }
  }
  validate_activity(world, "creator", creators.activity);
}

}  // namespace

void validate(const World& world) {
  if (world.genres.empty()) refuse(world, "has no genres: at least one is needed");
  if (world.genres.size() >= no_genre)
    refuse(world, fmt::format("has {} genres: at most {}", world.genres.size(), no_genre - 1));
  validate_users(world);
  validate_creators(world);
  UserId last = 0;
  for (const auto& click : world.past_clicks) {
    if (click.user < last)
      refuse(world, fmt::format("the past clicks of user {} stand after those of user {}", click.user, last));
    last = click.user;
    if (click.user >= world.users.size())
      refuse(world, fmt::format("a past click names user {}, who is not there", click.user));
    if (click.creator != no_creator && click.creator >= world.creators.size()) {
      refuse(world, fmt::format("a past click names creator {}, who is not there", click.creator));
    }
    if (click.genre != no_genre && click.genre >= world.genres.size()) {
      refuse(world, fmt::format("a past click names genre {}, which is not there", click.genre));
    }
  }
}

}  // namespace perennial
