#include "study/experiment_designs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "respond/table/creator_hash.h"

namespace perennial {
namespace {

/// 0 .. count-1, lowest hash of its name first.
std::vector<std::size_t> hashed_order(std::size_t count, const std::string& salt) {
  std::vector<double> hashes(count);
  for (std::size_t i = 0; i < count; ++i)
    hashes[i] = creator_hash(creator_name(i), salt, HashUse::assignment);
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return hashes[i]; });
  return order;
}

std::vector<std::uint8_t> assign_creators(double share, std::size_t creators, const std::string& salt) {
  std::vector<std::uint8_t> treated(creators, 0);
  const auto wanted = static_cast<std::size_t>(std::lround(share * static_cast<double>(creators)));
  const auto count = std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(creators, 2) - 1);
  const auto order = hashed_order(creators, salt);
  for (std::size_t i = 0; i < count; ++i) treated[order[i]] = 1;
  return treated;
}

/// Genres in hashed order, each taken if that brings the creators treated nearer to what is wanted.
std::vector<std::uint8_t> assign_genres(double share, std::span<const GenreId> homes,
                                        const std::string& salt) {
  std::vector<double> sizes(*std::ranges::max_element(homes) + std::size_t{1});
  for (const GenreId home : homes) ++sizes[home];
  const double wanted = share * static_cast<double>(homes.size());
  std::vector<std::uint8_t> taken(sizes.size(), 0);
  double treated = 0;
  for (const std::size_t genre : hashed_order(sizes.size(), salt)) {
    const bool nearer = std::abs(treated + sizes[genre] - wanted) < std::abs(treated - wanted);
    const bool all = treated + sizes[genre] >= static_cast<double>(homes.size());
    if (sizes[genre] == 0 || all || !nearer) continue;
    taken[genre] = 1;
    treated += sizes[genre];
  }
  if (treated == 0) {  // every genre is larger than twice what is wanted: the smallest
    const auto size = [&](std::size_t genre) { return sizes[genre] > 0 ? sizes[genre] : INFINITY; };
    std::size_t smallest = 0;
    for (std::size_t genre = 1; genre < sizes.size(); ++genre) {
      if (size(genre) < size(smallest)) smallest = genre;
    }
    taken[smallest] = 1;
  }
  std::vector<std::uint8_t> arms;
  for (const GenreId home : homes) arms.push_back(taken[home]);
  return arms;
}

}  // namespace

std::string name_of(Design design) {
  switch (design) {
    case Design::genres:
      return "genres";
    case Design::interleaved:
      return "interleaved";
    default:
      return "creators";
  }
}

std::string creator_name(std::size_t creator) {
  return fmt::format("{}", creator);
}

std::vector<std::uint8_t> assign(Design design, double share, std::span<const GenreId> homes,
                                 const std::string& salt) {
  return design == Design::genres ? assign_genres(share, homes, salt)
                                  : assign_creators(share, homes.size(), salt);
}

CreatorBoosts experiment_boosts(Design design, const std::vector<std::uint8_t>& treated, double multiplier) {
  return {.factors = {{}, std::vector<float>(treated.size(), static_cast<float>(multiplier))},
          .creator_arm = treated,
          .user_sees = {},
          .interleaved = static_cast<std::uint8_t>(design == Design::interleaved ? 1 : 0)};
}

CreatorBoosts launched_boosts(std::vector<float> factors) {
  return {.factors = {std::move(factors)}, .creator_arm = {}, .user_sees = {}};
}

}  // namespace perennial
