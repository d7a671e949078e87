#include "simulate/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "base/error.h"

namespace perennial {
namespace {

std::vector<double> parse_shares(const std::string& text, std::size_t most) {
  std::vector<double> shares;
  const char* at = text.c_str();
  for (;;) {
    char* end = nullptr;
    const double share = std::strtod(at, &end);
    if (end == at || !(share >= 0 && share <= 1e9) || (*end != '\0' && *end != '/')) {
      throw Error(
          ErrorCode::invalid_argument,
          fmt::format("homes.shares = \"{}\": must be non-negative numbers with / between, as in 50/30/10/10",
                      text));
    }
    shares.push_back(share);
    if (*end == '\0') break;
    at = end + 1;
  }
  if (shares.size() > most || std::accumulate(shares.begin(), shares.end(), 0.0) <= 0) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("homes.shares = \"{}\": needs a positive share, and at most {} of them, one per genre",
                    text, most));
  }
  return shares;
}

std::vector<GenreId> most_liked_first(const World& world) {
  std::vector<std::size_t> likes(world.genres.size());
  for (const GenreId genre : world.users.interests.values()) ++likes[genre];
  std::vector<GenreId> order(likes.size());
  std::iota(order.begin(), order.end(), GenreId{0});
  std::stable_sort(order.begin(), order.end(), [&](GenreId a, GenreId b) { return likes[a] > likes[b]; });
  return order;
}

/// Items made before round 1, by creator and genre, for drawing one at random.
struct Catalogue {
  std::vector<double> up_to;  // cumulative counts
  std::vector<std::pair<CreatorId, GenreId>> kind;
  std::vector<std::vector<CreatorId>> makers;  // per genre

  explicit Catalogue(const World& world) : makers(world.genres.size()) {
    double total = 0;
    for (std::size_t c = 0; c < world.creators.size(); ++c) {
      for (const auto& [genre, count] : world.creators.history[c]) {
        up_to.push_back(total += count);
        kind.emplace_back(static_cast<CreatorId>(c), genre);
        makers[genre].push_back(static_cast<CreatorId>(c));
      }
    }
  }
  std::pair<CreatorId, GenreId> item(double u) const {
    const auto at = std::upper_bound(up_to.begin(), up_to.end(), u * up_to.back()) - up_to.begin();
    return kind[std::min(static_cast<std::size_t>(at), kind.size() - 1)];
  }
};

std::vector<PastClick> drawn_clicks(const World& world, std::int64_t per_user) {
  std::vector<PastClick> clicks;
  for (std::size_t u = 0; u < world.users.size(); ++u) {
    for (std::int64_t i = 0; i < per_user; ++i)
      clicks.push_back({static_cast<UserId>(u), no_creator, no_genre});
  }
  return clicks;
}

}  // namespace

void concentrate_homes(World& world, const std::string& shares_text, std::uint64_t seed) {
  const auto shares = parse_shares(shares_text, world.genres.size());
  const auto order = most_liked_first(world);
  const Draws draws(seed, Purpose::world);
  constexpr std::uint32_t home_lane = 0xF0;
  Ragged<GenreCount> homes;
  for (std::size_t c = 0; c < world.creators.size(); ++c) {
    std::uint32_t items = 0;
    for (const auto& [genre, count] : world.creators.history[c]) items += count;
    const auto home = draws.pick(shares, static_cast<std::uint32_t>(c), 0, home_lane);
    homes.push_back(std::vector<GenreCount>{{order[home], items}});
  }
  world.creators.history = std::move(homes);
}

std::vector<PastInteraction> past_interactions(const World& world, const PastOptions& options,
                                               std::uint64_t seed) {
  const Catalogue catalogue(world);
  const Draws draws(seed, Purpose::history);
  const auto drawn =
      world.past_clicks.empty() ? drawn_clicks(world, options.clicks_per_user) : std::vector<PastClick>{};
  std::vector<PastInteraction> past;
  std::uint32_t index = 0;
  UserId last_user = 0;
  for (const auto& click : world.past_clicks.empty() ? drawn : world.past_clicks) {
    index = click.user == last_user ? index + 1 : 0;
    last_user = click.user;
    const auto interests = world.users.interests[click.user];
    const GenreId genre =
        click.genre != no_genre
            ? click.genre
            : interests[draws.below(static_cast<std::uint32_t>(interests.size()), click.user, index, 0)];
    const auto& makers = catalogue.makers[genre];
    CreatorId creator = click.creator;
    if (creator == no_creator && !makers.empty()) {
      creator = makers[draws.below(static_cast<std::uint32_t>(makers.size()), click.user, index, 1)];
    }
    past.push_back({click.user, creator, genre, true});
    for (std::int64_t n = 0; n < options.negatives_per_click; ++n) {
      const auto [maker, of] =
          catalogue.item(draws.uniform(click.user, index, static_cast<std::uint32_t>(n) + 2));
      past.push_back({click.user, maker, of, false});
    }
  }
  return past;
}

}  // namespace perennial
