#include "world/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/random.h"

namespace perennial {
namespace {

// Lanes of Purpose::world; generator.cc has 0 to 2.
constexpr std::uint32_t user_lane = 8;
constexpr std::uint32_t creator_lane = 9;

/// `count` of the numbers below `all`, ascending: those whose coins fall lowest, so a larger draw contains a smaller one.
std::vector<std::uint32_t> draw(const Draws& draws, std::uint32_t lane, std::size_t all, std::size_t count) {
  std::vector<std::uint32_t> chosen(all);
  std::iota(chosen.begin(), chosen.end(), 0U);
  if (count == 0 || count == all) return chosen;
  std::vector<double> coins;
  for (std::uint32_t i = 0; i < all; ++i) coins.push_back(draws.uniform(i, 0, lane));
  std::sort(chosen.begin(), chosen.end(),
            [&](auto a, auto b) { return std::pair(coins[a], a) < std::pair(coins[b], b); });
  chosen.resize(count);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

void require_at_most(const World& world, std::size_t wanted, std::size_t there, const char* who) {
  if (wanted <= there) return;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("world '{}' has {} {}, not {}: ask for fewer, or make more with a generator fitted to it "
                  "(perennial world fit)",
                  world.name, there, who, wanted));
}

/// New id of each old one; `absent` for those left out.
std::vector<std::uint32_t> renumbered(const std::vector<std::uint32_t>& chosen, std::size_t all,
                                      std::uint32_t absent) {
  std::vector<std::uint32_t> ids(all, absent);
  for (std::uint32_t i = 0; i < chosen.size(); ++i) ids[chosen[i]] = i;
  return ids;
}

}  // namespace

World sample(const World& world, std::size_t users, std::size_t creators, std::uint64_t seed) {
  require_at_most(world, users, world.users.size(), "users");
  require_at_most(world, creators, world.creators.size(), "creators");
  const Draws draws(seed, Purpose::world);
  const auto chosen_users = draw(draws, user_lane, world.users.size(), users);
  const auto chosen_creators = draw(draws, creator_lane, world.creators.size(), creators);

  World sampled;
  sampled.name = world.name;
  sampled.genres = world.genres;
  for (const auto u : chosen_users) {
    sampled.users.interests.push_back(world.users.interests[u]);
    sampled.users.activity.push_back(world.users.activity[u]);
  }
  for (const auto c : chosen_creators) {
    sampled.creators.history.push_back(world.creators.history[c]);
    sampled.creators.activity.push_back(world.creators.activity[c]);
  }
  constexpr std::uint32_t absent = 0xFFFFFFFF;
  static_assert(absent == no_creator);
  const auto user_ids = renumbered(chosen_users, world.users.size(), absent);
  const auto creator_ids = renumbered(chosen_creators, world.creators.size(), no_creator);
  for (const auto& click : world.past_clicks) {
    if (user_ids[click.user] == absent) continue;
    const auto creator = click.creator == no_creator ? no_creator : creator_ids[click.creator];
    sampled.past_clicks.push_back({user_ids[click.user], creator, click.genre});
  }
  return sampled;
}

}  // namespace perennial
