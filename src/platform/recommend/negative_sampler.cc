#include "platform/recommend/negative_sampler.h"

#include <algorithm>
#include <tuple>

namespace perennial {
namespace {

constexpr std::uint32_t kind_lane = 32, skipped_lane = 33, unseen_lane = 34;

/// An unseen item is drawn among all until one fits, this often at most; then the next that fits is taken.
constexpr std::uint32_t attempts = 32;

auto thing(const UserItem& p) {
  return p.item != no_item ? std::tuple(p.item, no_creator, no_genre)
                           : std::tuple(no_item, p.creator, p.genre);
}

struct Row {
  UserItem pair;
  bool clicked;
};

/// The rows to use, by user, and in the order they happened within a user.
std::vector<Row> rows_by_user(const InteractionRows& rows, bool ids_only) {
  std::vector<Row> sorted;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!ids_only || rows.item[i] != no_item) sorted.push_back({rows.pair(i), rows.clicked[i] != 0});
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Row& a, const Row& b) { return a.pair.user < b.pair.user; });
  return sorted;
}

}  // namespace

NegativeSampler::NegativeSampler(const InteractionRows& rows, const Items& items, bool ids_only)
    : items_(items) {
  const auto sorted = rows_by_user(rows, ids_only);
  const std::size_t users = sorted.empty() ? 0 : sorted.back().pair.user + std::size_t{1};
  skipped_parts_.resize(users);
  shown_parts_.resize(users);
  std::vector<decltype(thing({}))> liked;
  for (std::size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
    const UserId user = sorted[begin].pair.user;
    liked.clear();
    const std::size_t first_skipped = skipped_.size(), first_shown = shown_.size();
    for (end = begin; end < sorted.size() && sorted[end].pair.user == user; ++end) {
      if (sorted[end].clicked) liked.push_back(thing(sorted[end].pair));
      if (sorted[end].pair.item != no_item) shown_.push_back(sorted[end].pair.item);
    }
    std::sort(liked.begin(), liked.end());
    for (std::size_t i = begin; i < end; ++i) {
      if (!std::binary_search(liked.begin(), liked.end(), thing(sorted[i].pair)))
        skipped_.push_back(sorted[i].pair);
    }
    std::sort(shown_.begin() + static_cast<std::ptrdiff_t>(first_shown), shown_.end());
    skipped_parts_[user] = {first_skipped, skipped_.size()};
    shown_parts_[user] = {first_shown, shown_.size()};
  }
}

std::optional<UserItem> NegativeSampler::draw(UserId user, double shown_share, const Draws& draws,
                                              std::uint32_t address, std::uint32_t epoch) const {
  const double u = draws.uniform(address, epoch, skipped_lane);
  if (draws.coin(shown_share, address, epoch, kind_lane)) {
    const auto found = skipped(user, u);
    return found ? found : unseen(user, draws, address, epoch);
  }
  const auto found = unseen(user, draws, address, epoch);
  return found ? found : skipped(user, u);
}

std::optional<UserItem> NegativeSampler::skipped(UserId user, double u) const {
  const auto [begin, end] = skipped_parts_[user];
  if (begin == end) return {};
  return skipped_[begin + static_cast<std::size_t>(u * static_cast<double>(end - begin))];
}

bool NegativeSampler::was_shown(UserId user, ItemId item) const {
  const auto [begin, end] = shown_parts_[user];
  return std::binary_search(shown_.begin() + static_cast<std::ptrdiff_t>(begin),
                            shown_.begin() + static_cast<std::ptrdiff_t>(end), item);
}

std::optional<UserItem> NegativeSampler::unseen(UserId user, const Draws& draws, std::uint32_t address,
                                                std::uint32_t epoch) const {
  const auto count = static_cast<std::uint32_t>(items_.size());
  if (count == 0) return {};
  const auto as_pair = [&](ItemId item) {
    return UserItem{user, item, items_.creator[item], items_.genre[item]};
  };
  ItemId item = 0;
  for (std::uint32_t attempt = 0; attempt < attempts; ++attempt) {
    item = draws.below(count, address, epoch, unseen_lane + attempt);
    if (!was_shown(user, item)) return as_pair(item);
  }
  for (std::uint32_t step = 1; step < count; ++step) {
    const ItemId next = static_cast<ItemId>((std::uint64_t{item} + step) % count);
    if (!was_shown(user, next)) return as_pair(next);
  }
  return {};
}

}  // namespace perennial
