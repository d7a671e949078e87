#include "platform/suggest/difference_reward.h"

#include "base/check.h"

namespace perennial {
namespace {

/// Impressions of a genre after which a user's own click rate there is known well enough to judge items by it. With fewer
/// it leans on the genre's rate over all users, which those who are shown a newcomer's item do not share: first items
/// would look bad wherever they are made.
constexpr std::uint32_t known_taste = 30;

/// A user's click rate in a genre without the impression just logged.
double rate_before(const ShownClicked& own, bool click) {
  return (own.clicked - (click ? 1.0 : 0.0) + 0.3) / own.shown;
}

}  // namespace

void DifferenceReward::open(std::uint32_t round, Decisions decisions, std::vector<std::uint8_t> practice) {
  rounds_.push_back(
      {.round = round, .first_item = 0, .decisions = std::move(decisions), .practice = std::move(practice)});
}

void DifferenceReward::match_items(const RoundLog& log, const Items& items, std::size_t genres) {
  OpenRound& now = rounds_.back();
  check(now.round == log.round && now.decisions.size() == log.made.size(),
        "a policy learns from the round it made suggestions for");
  now.first_item = log.made.empty() ? static_cast<ItemId>(items.size()) : log.made.front();
  item_practice_.resize(items.size());
  for (std::size_t i = 0; i < log.made.size(); ++i) {
    item_practice_[log.made[i]] = now.practice[i * genres + items.genre[log.made[i]]];
    if (log.suggested[i] != no_genre) now.decisions.weight[i] = log.followed[i] ? 1.0F : 0.0F;
  }
  now.practice.clear();
}

float* DifferenceReward::credit_of(const Items& items, ItemId item) {
  const std::uint32_t oldest = rounds_.front().round;
  if (items.born[item] < oldest) return nullptr;
  OpenRound& round = rounds_[items.born[item] - oldest];
  return &round.decisions.credit[item - round.first_item];
}

void DifferenceReward::learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
                             std::span<const double> rates, PracticeModel& practice) {
  const std::size_t genres = tables.genres;
  match_items(log, items, genres);
  for (std::size_t row = 0; row < log.shown.rows(); ++row) {
    const UserId user = log.active_users[row];
    const auto slate = log.shown.row(row);
    const ItemId next = log.next_best[row];
    const double displaced =
        next == no_item ? 0
                        : rates[user * genres + items.genre[next]] * practice.quality(item_practice_[next]);
    for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place) {
      const ItemId item = slate[place];
      const bool click = log.clicked[row * slate.size() + place] != 0;
      const auto& own = tables.of(user, items.genre[item]);
      if (own.shown > known_taste) practice.learn(item_practice_[item], rate_before(own, click), click);
      if (float* credit = credit_of(items, item))
        *credit += static_cast<float>((click ? 1.0 : 0.0) - displaced);
    }
  }
}

void DifferenceReward::close(std::uint32_t round, std::uint32_t window, Decisions& into) {
  while (!rounds_.empty() && rounds_.front().round + window <= round + 1) {
    const Decisions& done = rounds_.front().decisions;
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (done.weight[i] > 0) into.append(done, i);
    }
    rounds_.pop_front();
  }
}

void DifferenceReward::persist(Archive& archive) {
  auto count = static_cast<std::uint64_t>(rounds_.size());
  archive(count, item_practice_);
  rounds_.resize(count);
  for (OpenRound& open : rounds_) {
    archive(open.round, open.first_item, open.practice);
    open.decisions.persist(archive);
  }
}

}  // namespace perennial
