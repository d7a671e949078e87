#include "world/platform_logs.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "io/json_file.h"

namespace perennial {
namespace {

constexpr int logs_version_written = 1;

using Whole = std::vector<std::int64_t>;

/// A name per genre and an empty text for none.
std::string name_of(GenreId genre, const PlatformLogs& logs) {
  return genre == no_genre ? std::string() : logs.genres[genre];
}

Table users_table(const PlatformLogs& logs) {
  Whole user, shown, clicked;
  std::vector<std::string> genre;
  for (std::size_t i = 0; i < logs.user_genre.size(); ++i) {
    if (logs.user_genre[i].shown == 0) continue;
    user.push_back(static_cast<std::int64_t>(i / logs.genres.size()));
    genre.push_back(logs.genres[i % logs.genres.size()]);
    shown.push_back(logs.user_genre[i].shown);
    clicked.push_back(logs.user_genre[i].clicked);
  }
  Table table;
  return table.add("user", user).add("genre", genre).add("shown", shown).add("clicked", clicked);
}

Table creators_table(const PlatformLogs& logs) {
  Whole creator, joined, count;
  std::vector<std::string> genre;
  for (std::size_t c = 0; c < logs.joined.size(); ++c) {
    for (const auto& row : logs.history[c]) {
      creator.push_back(static_cast<std::int64_t>(c));
      joined.push_back(logs.joined[c]);
      genre.push_back(logs.genres[row.genre]);
      count.push_back(row.count);
    }
  }
  Table table;
  return table.add("creator", creator).add("joined", joined).add("genre", genre).add("count", count);
}

Table suggestions_table(const PlatformLogs& logs) {
  Whole round, creator, followed, item;
  std::vector<std::string> suggested, genre;
  for (const auto& log : logs.rounds) {
    for (std::size_t i = 0; i < log.active_creators.size(); ++i) {
      round.push_back(log.round);
      creator.push_back(log.active_creators[i]);
      suggested.push_back(name_of(log.suggested[i], logs));
      followed.push_back(log.followed[i]);
      item.push_back(log.made[i]);
      genre.push_back(logs.genres[logs.item_genre[log.made[i]]]);
    }
  }
  Table table;
  return table.add("round", round)
      .add("creator", creator)
      .add("suggested", suggested)
      .add("followed", followed)
      .add("item", item)
      .add("genre", genre);
}

Table visits_table(const PlatformLogs& logs) {
  Whole round, user, next_best;
  for (const auto& log : logs.rounds) {
    for (std::size_t i = 0; i < log.active_users.size(); ++i) {
      round.push_back(log.round);
      user.push_back(log.active_users[i]);
      next_best.push_back(log.next_best[i] == no_item ? -1 : std::int64_t{log.next_best[i]});
    }
  }
  Table table;
  return table.add("round", round).add("user", user).add("next_best", next_best);
}

Table impressions_table(const PlatformLogs& logs) {
  Whole round, user, place, item, clicked;
  for (const auto& log : logs.rounds) {
    for (std::size_t i = 0; i < log.shown.items.size(); ++i) {
      if (log.shown.items[i] == no_item) continue;
      round.push_back(log.round);
      user.push_back(log.active_users[i / log.shown.width]);
      place.push_back(static_cast<std::int64_t>(i % log.shown.width) + 1);
      item.push_back(log.shown.items[i]);
      clicked.push_back(log.clicked[i]);
    }
  }
  Table table;
  return table.add("round", round)
      .add("user", user)
      .add("place", place)
      .add("item", item)
      .add("clicked", clicked);
}

}  // namespace

void PlatformLogs::cut(std::size_t last_round) {
  rounds.resize(std::min(rounds.size(), last_round));
  std::size_t items = 0;
  for (const auto& log : rounds) items += log.made.size();
  item_genre.resize(items);
  while (!joined.empty() && joined.back() > last_round) joined.pop_back();
  Ragged<GenreCount> kept;
  for (std::size_t c = 0; c < joined.size(); ++c) kept.push_back(history[c]);
  history = std::move(kept);
}

void write_platform_logs(RunFolder& folder, const PlatformLogs& logs) {
  folder.write_parquet("log-users.parquet", users_table(logs));
  folder.write_parquet("log-creators.parquet", creators_table(logs));
  folder.write_parquet("log-suggestions.parquet", suggestions_table(logs));
  folder.write_parquet("log-visits.parquet", visits_table(logs));
  folder.write_parquet("log-impressions.parquet", impressions_table(logs));
  const nlohmann::ordered_json header = {{"format", logs_version_written}, {"genres", logs.genres},
                                         {"users", logs.users()},          {"slate", logs.slate},
                                         {"recency", logs.recency},        {"rounds", logs.rounds.size()}};
  folder.write_text("log.json", json_text(header));
}

bool has_platform_logs(const std::filesystem::path& folder) {
  return std::filesystem::exists(folder / "log.json");
}

}  // namespace perennial
