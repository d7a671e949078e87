#include "platform/recommend/random.h"

#include <algorithm>

namespace perennial {
namespace {

constexpr std::size_t users_drawn_at_once = 256;

/// Draws until `row` is full, dropping what was drawn before or shown: at least every second draw is kept,
/// because there are twice as many candidates as can be dropped.
void fill_by_rejection(const RankRequest& request, UserId user, std::span<ItemId> row) {
  const auto count = static_cast<std::uint32_t>(request.candidates.size());
  std::size_t filled = 0;
  for (std::uint32_t attempt = 0; filled < row.size(); ++attempt) {
    const ItemId item = request.candidates[request.draws.below(count, user, attempt)];
    const auto kept = row.first(filled);
    if (std::find(kept.begin(), kept.end(), item) != kept.end() || request.shown.contains(user, item))
      continue;
    row[filled++] = item;
  }
}

/// The first places of a shuffle of all unshown candidates; for when there are few.
void fill_by_shuffle(const RankRequest& request, UserId user, std::span<ItemId> row) {
  std::vector<ItemId> unshown;
  for (const ItemId item : request.candidates) {
    if (!request.shown.contains(user, item)) unshown.push_back(item);
  }
  const std::size_t filled = std::min(row.size(), unshown.size());
  for (std::uint32_t place = 0; place < filled; ++place) {
    const auto left = static_cast<std::uint32_t>(unshown.size()) - place;
    std::swap(unshown[place], unshown[place + request.draws.below(left, user, place)]);
    row[place] = unshown[place];
  }
}

}  // namespace

void RandomRecommender::rank(const RankRequest& request, Slates& best) {
  best.reset(request.users.size(), request.depth);
  request.workers.for_blocks(
      request.users.size(), users_drawn_at_once, [&](std::size_t begin, std::size_t end) {
        for (std::size_t r = begin; r < end; ++r) {
          const UserId user = request.users[r];
          const bool many = request.candidates.size() >= 2 * (request.depth + request.shown.row(user).size());
          (many ? fill_by_rejection : fill_by_shuffle)(request, user, best.row(r));
        }
      });
}

}  // namespace perennial
