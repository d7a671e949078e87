#include "platform/suggest/difference_reward.h"

#include <algorithm>

#include "base/check.h"

namespace perennial {
namespace {

/// Impressions of a genre after which a user's own click rate there is known well enough to judge items by it. With fewer
/// it leans on the genre's rate over all users, which those who are shown a newcomer's item do not share: first items
/// would look bad wherever they are made.
constexpr std::uint32_t known_taste = 30;

/// The practice class of items made in rounds that were not opened here.
constexpr std::uint8_t unknown = 255;

/// A user's click rate in a genre without the impression just logged.
double rate_before(const ShownClicked& own, bool click) {
  return (own.clicked - (click ? 1.0 : 0.0) + 0.3) / own.shown;
}

/// Impressions of the genre in one user's slate.
std::uint32_t shown_in(std::span<const ItemId> slate, const Items& items, GenreId genre) {
  std::uint32_t shown = 0;
  for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place)
    shown += items.genre[slate[place]] == genre ? 1 : 0;
  return shown;
}

}  // namespace

void DifferenceReward::open(std::uint32_t round, Decisions decisions, std::vector<std::uint8_t> practice,
                            bool own) {
  if (!rounds_.empty() && !rounds_.back().played) rounds_.pop_back();
  rounds_.push_back(
      {.round = round, .own = own, .decisions = std::move(decisions), .practice = std::move(practice)});
}

bool DifferenceReward::awaits(const RoundLog& log) const {
  if (rounds_.empty()) return false;
  const OpenRound& now = rounds_.back();
  return !now.played && now.round == log.round && now.decisions.size() == log.made.size();
}

void DifferenceReward::match_items(const RoundLog& log, const Items& items, std::size_t genres) {
  check(awaits(log), "credit is for the round opened last");
  OpenRound& now = rounds_.back();
  now.played = true;
  now.first_item = log.made.empty() ? static_cast<ItemId>(items.size()) : log.made.front();
  item_practice_.resize(items.size(), unknown);
  for (std::size_t i = 0; i < log.made.size(); ++i) {
    item_practice_[log.made[i]] = now.practice[i * genres + items.genre[log.made[i]]];
    if (log.suggested[i] != no_genre) now.decisions.weight[i] = log.followed[i] ? 1.0F : 0.0F;
  }
  now.practice.clear();
}

float* DifferenceReward::credit_of(const Items& items, ItemId item) {
  const auto round = std::lower_bound(rounds_.begin(), rounds_.end(), items.born[item],
                                      [](const OpenRound& r, std::uint32_t born) { return r.round < born; });
  if (round == rounds_.end() || round->round != items.born[item]) return nullptr;
  return &round->decisions.credit[item - round->first_item];
}

double DifferenceReward::quality_of(ItemId item, const PracticeModel& practice) const {
  return item_practice_[item] == unknown ? 1 : practice.quality(item_practice_[item]);
}

void DifferenceReward::calibrate(const RoundLog& log, const Items& items, const PlatformTables& tables,
                                 std::span<const double> rates) {
  for (std::size_t row = 0; row < log.shown.rows(); ++row) {
    const UserId user = log.active_users[row];
    const auto slate = log.shown.row(row);
    for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place) {
      const GenreId genre = items.genre[slate[place]];
      calibration_.learn(tables.of(user, genre).shown - shown_in(slate, items, genre),
                         rates[user * tables.genres + genre], log.clicked[row * slate.size() + place] != 0);
    }
  }
}

void DifferenceReward::learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
                             std::span<const double> rates, PracticeModel& practice) {
  const std::size_t genres = tables.genres;
  match_items(log, items, genres);
  calibrate(log, items, tables, rates);
  for (std::size_t row = 0; row < log.shown.rows(); ++row) {
    const UserId user = log.active_users[row];
    const auto slate = log.shown.row(row);
    const ItemId next = log.next_best[row];
    double displaced = 0;
    if (next != no_item) {
      const GenreId genre = items.genre[next];
      const std::uint32_t shown_before = tables.of(user, genre).shown - shown_in(slate, items, genre);
      displaced =
          rates[user * genres + genre] * calibration_.factor(shown_before) * quality_of(next, practice);
    }
    for (std::size_t place = 0; place < slate.size() && slate[place] != no_item; ++place) {
      const ItemId item = slate[place];
      const bool click = log.clicked[row * slate.size() + place] != 0;
      const auto& own = tables.of(user, items.genre[item]);
      if (own.shown > known_taste && item_practice_[item] != unknown)
        practice.learn(item_practice_[item], rate_before(own, click), click);
      if (float* credit = credit_of(items, item))
        *credit += static_cast<float>((click ? 1.0 : 0.0) - displaced);
    }
  }
}

void DifferenceReward::close(std::uint32_t round, std::uint32_t window, Decisions& into) {
  while (!rounds_.empty() && rounds_.front().round + window <= round + 1) {
    const OpenRound& done = rounds_.front();
    for (std::size_t i = 0; done.own && done.played && i < done.decisions.size(); ++i) {
      if (done.decisions.weight[i] > 0) into.append(done.decisions, i);
    }
    rounds_.pop_front();
  }
}

void DifferenceReward::persist(Archive& archive) {
  auto count = static_cast<std::uint64_t>(rounds_.size());
  archive(count, item_practice_);
  calibration_.persist(archive);
  rounds_.resize(count);
  for (OpenRound& open : rounds_) {
    archive(open.round, open.own, open.played, open.first_item, open.practice);
    open.decisions.persist(archive);
  }
}

}  // namespace perennial
