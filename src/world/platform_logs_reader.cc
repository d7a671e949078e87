#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/error.h"
#include "base/names.h"
#include "io/duckdb.h"
#include "io/json_file.h"
#include "io/json_value.h"
#include "io/table_rows.h"
#include "world/platform_logs.h"

namespace perennial {
namespace {

constexpr std::int64_t logs_version_read = 1;
constexpr std::int64_t most_count = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t most_user_rows = 1'000'000'000;  // users x genres

class LogsReader {
 public:
  explicit LogsReader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  PlatformLogs read() {
    read_header();
    read_users();
    read_creators();
    read_suggestions();
    read_visits();
    read_impressions();
    return std::move(logs_);
  }

 private:
  void read_header() {
    const auto path = folder_ / "log.json";
    const auto json = read_json(path);
    const JsonValue header(json, path.string());
    if (header.at("format").whole(0, most_count) != logs_version_read)
      header.at("format").refuse(fmt::format("must be {}, the format this program reads", logs_version_read));
    for (const auto& genre : header.at("genres").list()) {
      const auto id = static_cast<GenreId>(logs_.genres.size());
      if (id == no_genre) header.at("genres").refuse(fmt::format("holds more than {} genres", no_genre));
      if (!genre_ids_.try_emplace(genre.text(), id).second) genre.refuse("stands there twice");
      logs_.genres.push_back(genre.text());
    }
    if (logs_.genres.empty()) header.at("genres").refuse("must name at least one genre");
    logs_.slate = static_cast<std::size_t>(header.at("slate").whole(1, 1000));
    logs_.recency = static_cast<std::uint32_t>(header.at("recency").whole(0, 1'000'000));
    const auto genres = static_cast<std::int64_t>(logs_.genres.size());
    logs_.user_genre.resize(
        static_cast<std::size_t>(header.at("users").whole(1, most_user_rows / genres) * genres));
    const auto rounds = static_cast<std::uint32_t>(header.at("rounds").whole(0, 1'000'000));
    logs_.rounds.resize(rounds);
    for (std::uint32_t i = 0; i < rounds; ++i) logs_.rounds[i].round = i + 1;
  }

  void each_row(const char* file, const std::vector<std::string>& columns,
                const std::function<void(const TableRow&)>& take) {
    TableRows(db_, folder_ / file, columns).for_each(take);
  }

  GenreId genre_of(const TableRow& row, const char* column) const {
    const std::string name(row.text(column));
    const auto found = genre_ids_.find(name);
    if (found == genre_ids_.end()) row.refuse(column, "no such genre" + name_hint(name, logs_.genres));
    return found->second;
  }

  RoundLog& round_of(const TableRow& row, std::uint32_t& latest) {
    const auto round =
        static_cast<std::uint32_t>(row.whole("round", 1, static_cast<std::int64_t>(logs_.rounds.size())));
    if (round < latest)
      row.refuse("round", fmt::format("rows must ascend by round, and {} came before", latest));
    latest = round;
    return logs_.rounds[round - 1];
  }

  UserId user_of(const TableRow& row) const {
    return static_cast<UserId>(row.whole("user", 0, static_cast<std::int64_t>(logs_.users()) - 1));
  }

  /// Items made up to and including a round: ids below its end.
  std::int64_t items_until(const RoundLog& log) const { return item_ends_[log.round - 1]; }

  void read_users() {
    std::int64_t next = 0;
    each_row("log-users.parquet", {"user", "genre", "shown", "clicked"}, [&](const TableRow& row) {
      const auto user = user_of(row);
      const auto at = static_cast<std::int64_t>(user) * static_cast<std::int64_t>(logs_.genres.size()) +
                      genre_of(row, "genre");
      if (at < next)
        row.refuse("user", "rows must ascend by user and genre, in the order of log.json's genres");
      next = at + 1;
      const auto shown = row.whole("shown", 0, most_count);
      logs_.user_genre[static_cast<std::size_t>(at)] = {
          .shown = static_cast<std::uint32_t>(shown),
          .clicked = static_cast<std::uint32_t>(row.whole("clicked", 0, shown))};
    });
  }

  void read_creators() {
    std::vector<GenreCount> history;
    const auto close = [&] {
      if (!logs_.joined.empty()) logs_.history.push_back(history);
      history.clear();
    };
    each_row("log-creators.parquet", {"creator", "joined", "genre", "count"}, [&](const TableRow& row) {
      const auto known = static_cast<std::int64_t>(logs_.joined.size());
      const auto creator = row.whole("creator", 0, most_count);
      const auto joined =
          static_cast<std::uint32_t>(row.whole("joined", 0, static_cast<std::int64_t>(logs_.rounds.size())));
      if (creator != known && creator != known - 1)
        row.refuse("creator", fmt::format("rows must ascend by creator without gaps; next is {}", known));
      if (!logs_.joined.empty() && joined < logs_.joined.back())
        row.refuse("joined", "creators must ascend by the round they joined");
      if (creator == known) {
        close();
        logs_.joined.push_back(joined);
      } else if (joined != logs_.joined.back()) {
        row.refuse("joined", "differs from the row before, of the same creator");
      }
      const GenreId genre = genre_of(row, "genre");
      if (!history.empty() && genre <= history.back().genre)
        row.refuse("genre", "rows of one creator must ascend, in the order of log.json's genres");
      history.push_back({genre, static_cast<std::uint32_t>(row.whole("count", 1, most_count))});
    });
    close();
  }

  void read_suggestions() {
    std::uint32_t latest = 1;
    each_row(
        "log-suggestions.parquet", {"round", "creator", "suggested", "followed", "item", "genre"},
        [&](const TableRow& row) {
          RoundLog& log = round_of(row, latest);
          log.active_creators.push_back(active_creator(row, log));
          const GenreId suggested = row.text("suggested").empty() ? no_genre : genre_of(row, "suggested");
          log.suggested.push_back(suggested);
          const auto followed = row.whole("followed", 0, 1);
          if (followed == 1 && suggested == no_genre) row.refuse("followed", "nothing was suggested");
          log.followed.push_back(static_cast<std::uint8_t>(followed));
          const auto item = static_cast<std::int64_t>(logs_.item_genre.size());
          if (row.whole("item", 0, most_count) != item)
            row.refuse("item", fmt::format("items must be numbered as they were made; next is {}", item));
          log.made.push_back(static_cast<ItemId>(item));
          logs_.item_genre.push_back(genre_of(row, "genre"));
        });
    std::int64_t items = 0;
    for (const auto& log : logs_.rounds)
      item_ends_.push_back(items += static_cast<std::int64_t>(log.made.size()));
  }

  CreatorId active_creator(const TableRow& row, const RoundLog& log) const {
    const auto creator =
        static_cast<CreatorId>(row.whole("creator", 0, static_cast<std::int64_t>(logs_.joined.size()) - 1));
    if (!log.active_creators.empty() && creator <= log.active_creators.back())
      row.refuse("creator", fmt::format("rows of one round must ascend by creator, and {} came before",
                                        log.active_creators.back()));
    if (logs_.joined[creator] > log.round)
      row.refuse("creator", fmt::format("joined in round {} (log-creators.parquet)", logs_.joined[creator]));
    return creator;
  }

  void read_visits() {
    std::uint32_t latest = 1;
    each_row("log-visits.parquet", {"round", "user", "next_best"}, [&](const TableRow& row) {
      RoundLog& log = round_of(row, latest);
      const UserId user = user_of(row);
      if (!log.active_users.empty() && user <= log.active_users.back())
        row.refuse("user", fmt::format("rows of one round must ascend by user, and {} came before",
                                       log.active_users.back()));
      log.active_users.push_back(user);
      const auto next = row.whole("next_best", -1, items_until(log) - 1);
      log.next_best.push_back(next < 0 ? no_item : static_cast<ItemId>(next));
      log.next_best_score.push_back(0);
    });
    for (auto& log : logs_.rounds) {
      log.shown.reset(log.active_users.size(), logs_.slate);
      log.clicked.assign(log.shown.items.size(), 0);
    }
  }

  void read_impressions() {
    std::uint32_t latest = 1;
    std::size_t visit = 0, next_place = 0;  // of the row to come, in the latest round
    each_row(
        "log-impressions.parquet", {"round", "user", "place", "item", "clicked"}, [&](const TableRow& row) {
          const auto before = latest;
          RoundLog& log = round_of(row, latest);
          if (latest != before) visit = next_place = 0;
          const UserId user = user_of(row);
          const auto& users = log.active_users;
          while (visit < users.size() && users[visit] < user) {
            ++visit;
            next_place = 0;
          }
          if (visit == users.size() || users[visit] != user)
            row.refuse("user",
                       fmt::format("did not visit in round {} (log-visits.parquet), or rows do not ascend",
                                   log.round));
          if (row.whole("place", 1, static_cast<std::int64_t>(logs_.slate)) !=
              static_cast<std::int64_t>(next_place) + 1)
            row.refuse("place", fmt::format("places must be 1, 2, ..; next is {}", next_place + 1));
          const std::size_t at = visit * logs_.slate + next_place++;
          log.shown.items[at] = static_cast<ItemId>(row.whole("item", 0, items_until(log) - 1));
          log.clicked[at] = static_cast<std::uint8_t>(row.whole("clicked", 0, 1));
        });
  }

  std::filesystem::path folder_;
  Duckdb db_;
  PlatformLogs logs_;
  std::unordered_map<std::string, GenreId> genre_ids_;
  std::vector<std::int64_t> item_ends_;  // by round
};

}  // namespace

PlatformLogs read_platform_logs(const std::filesystem::path& folder) {
  if (!has_platform_logs(folder)) {
    throw Error(
        ErrorCode::not_found,
        fmt::format(
            "{}: no platform logs there; perennial simulate --save-logs leaves them in a run's folder",
            (folder / "log.json").string()));
  }
  return LogsReader(folder).read();
}

}  // namespace perennial
