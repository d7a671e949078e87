#include <fmt/format.h>

#include <map>
#include <set>

#include "base/error.h"
#include "base/names.h"
#include "base/random.h"
#include "io/duckdb.h"
#include "io/table_rows.h"
#include "world/import_builder.h"

namespace perennial {
namespace {

constexpr std::uint32_t frequency_lane = 10;  // of Purpose::world

constexpr double most_items = 4294967295.0;

/// folder/name.csv or folder/name.parquet; empty when there is neither and it is not needed.
std::filesystem::path table_path(const std::filesystem::path& folder, const std::string& name, bool needed) {
  std::vector<std::string> there;
  std::error_code status;
  for (const auto* ending : {".csv", ".parquet"}) {
    if (std::filesystem::exists(folder / (name + ending), status)) return folder / (name + ending);
  }
  if (!needed) return {};
  for (const auto& entry : std::filesystem::directory_iterator(folder, status)) {
    there.push_back(entry.path().filename().string());
  }
  if (status) throw Error(ErrorCode::not_found, fmt::format("{}: no such folder", folder.string()));
  throw Error(ErrorCode::not_found,
              fmt::format("{}: has no {}.csv or {}.parquet{}", folder.string(), name, name,
                          there.empty() ? "; it is empty" : name_hint(name + ".csv", there)));
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> pieces;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(separator, begin), text.size());
    auto piece = text.substr(begin, end - begin);
    while (piece.starts_with(' ')) piece.remove_prefix(1);
    while (piece.ends_with(' ')) piece.remove_suffix(1);
    if (!piece.empty()) pieces.emplace_back(piece);
    begin = end + 1;
  }
  return pieces;
}

/// Runs `action`; a rule it breaks is said of this column.
template <class Action>
void at_column(const TableRow& row, std::string_view column, const Action& action) {
  std::string rule;
  try {
    return action();
  } catch (const Error& error) {
    rule = error.what();
  }
  row.refuse(column, rule);
}

class TablesImport {
 public:
  TablesImport(const std::filesystem::path& folder, const ImportOptions& options)
      : folder_(folder), options_(options), builder_(options) {}

  Imported run() {
    if (options_.activity_from_frequency) read_frequencies();
    read_creators();
    read_users();
    read_interactions();
    return builder_.finish(table_path(folder_, "users", true).string(),
                           table_path(folder_, "creators", true).string());
  }

 private:
  using History = std::vector<ImportBuilder::NamedCount>;

  void each_row(const TableRows& rows, const std::function<void(const TableRow&)>& take) {
    for (const auto& sentence : rows.broken()) builder_.bad_row(sentence);
    rows.for_each([&](const TableRow& row) { builder_.row([&] { take(row); }); });
  }

  static double activity_in(const TableRows& rows, const TableRow& row) {
    return rows.has("activity") ? row.real("activity", 0, 1) : usual_activity;
  }

  void read_frequencies() {
    const auto path = table_path(folder_, "creation_frequency", true);
    TableRows keyed(db_, path, {}, {"creator_id", "frequency"});
    if (keyed.has("creator_id") && keyed.has("frequency")) {
      return each_row(keyed, [&](const TableRow& row) {
        frequency_of_[std::string(row.some_text("creator_id"))] = row.real("frequency", 0, 1e9);
      });
    }
    if (keyed.column_names().size() != 1) {
      throw Error(ErrorCode::invalid_data,
                  path.string() +
                      ": must have the columns creator_id and frequency, or a single column to draw from");
    }
    const auto& column = keyed.column_names()[0];
    each_row(TableRows(db_, path, {column}),
             [&](const TableRow& row) { frequencies_.push_back(row.real(column, 0, 1e9)); });
  }

  void read_creators() {
    const TableRows creators(db_, table_path(folder_, "creators", true), {"creator_id"},
                             {"parse_status", "activity"});
    std::set<std::string> left_out, known;
    creators.for_each([&](const TableRow& row) {
      known.emplace(row.text("creator_id"));
      const auto status = row.text("parse_status");
      if (creators.has("parse_status") && status != "A" && status != "B" && status != "C") {
        left_out.emplace(row.text("creator_id"));
      }
    });
    const auto histories = read_histories(known, left_out);
    std::set<std::string> seen;
    each_row(creators, [&](const TableRow& row) {
      const std::string id(row.some_text("creator_id"));
      if (!seen.insert(id).second) row.refuse("creator_id", "is there already");
      if (!left_out.contains(id)) take_creator(creators, row, id, histories);
    });
    if (!left_out.empty()) {
      builder_.note(
          fmt::format("{} creators are left out: their parse_status is not A, B or C", left_out.size()));
    }
  }

  std::map<std::string, History> read_histories(const std::set<std::string>& known,
                                                const std::set<std::string>& left_out) {
    std::map<std::string, History> histories;
    const TableRows rows(db_, table_path(folder_, "creator_genre", true), {"creator_id", "genre", "count"});
    each_row(rows, [&](const TableRow& row) {
      const std::string id(row.some_text("creator_id"));
      if (!known.contains(id)) row.refuse("creator_id", "is no creator of the creators table");
      const std::string genre(row.some_text("genre"));
      const auto count =
          static_cast<std::uint32_t>(row.whole("count", 1, static_cast<std::int64_t>(most_items)));
      if (left_out.contains(id)) return;
      auto& history = histories[id];
      for (const auto& entry : history) {
        if (entry.genre == genre) row.refuse("genre", "is there already for this creator");
      }
      history.push_back({genre, count});
    });
    return histories;
  }

  void take_creator(const TableRows& rows, const TableRow& row, const std::string& id,
                    const std::map<std::string, History>& histories) {
    const auto history = histories.find(id);
    if (history == histories.end())
      row.refuse("creator_id", "has no genre: creator_genre needs a row for it");
    double activity = activity_in(rows, row);
    if (const auto known = frequency_of_.find(id); known != frequency_of_.end()) {
      activity = ImportBuilder::activity_of(known->second);
    } else if (!frequencies_.empty()) {
      const auto number = static_cast<std::uint32_t>(row.number());
      const auto drawn =
          Draws(0, Purpose::world)
              .below(static_cast<std::uint32_t>(frequencies_.size()), number, 0, frequency_lane);
      activity = ImportBuilder::activity_of(frequencies_[drawn]);
    } else if (options_.activity_from_frequency) {
      row.refuse("creator_id", "has no row in creation_frequency, and activity is to come from it");
    }
    at_column(row, "creator_id", [&] { builder_.add_creator(id, history->second, activity); });
  }

  void read_users() {
    const TableRows users(db_, table_path(folder_, "users", true), {"user_id", "interests"}, {"activity"});
    std::set<std::string> seen;
    each_row(users, [&](const TableRow& row) {
      const std::string id(row.some_text("user_id"));
      if (!seen.insert(id).second) row.refuse("user_id", "is there already");
      const double activity = activity_in(users, row);
      const auto interests = split(row.some_text("interests"), '|');
      at_column(row, "interests", [&] { builder_.add_user(id, interests, activity); });
    });
    seen_users_ = std::move(seen);
  }

  void read_interactions() {
    const auto path = table_path(folder_, "interactions", false);
    if (path.empty()) return;
    const TableRows rows(db_, path, {"user_id"}, {"creator_id", "genre"});
    std::size_t of_skipped = 0;
    each_row(rows, [&](const TableRow& row) {
      const std::string id(row.some_text("user_id"));
      const auto user = builder_.user(id);
      if (user >= builder_.users()) {
        if (!seen_users_.contains(id)) row.refuse("user_id", "is no user of the users table");
        ++of_skipped;
        return;
      }
      const std::string creator(row.text("creator_id")), genre(row.text("genre"));
      if (!genre.empty() && builder_.genre(genre) == no_genre)
        row.refuse("genre", "is no genre of this world");
      builder_.add_click(user, builder_.creator(creator), genre.empty() ? no_genre : builder_.genre(genre));
    });
    if (of_skipped > 0)
      builder_.note(fmt::format("{} interactions are of users who were left out", of_skipped));
    if (!rows.has("creator_id") && !rows.has("genre")) {
      builder_.note(
          "interactions name neither creator nor genre: past clicks count, but say nothing of either");
    }
  }

  const std::filesystem::path& folder_;
  const ImportOptions& options_;
  ImportBuilder builder_;
  Duckdb db_;
  std::map<std::string, double> frequency_of_;
  std::vector<double> frequencies_;
  std::set<std::string> seen_users_;
};

}  // namespace

Imported import_tables(const std::filesystem::path& folder, const ImportOptions& options) {
  return TablesImport(folder, options).run();
}

}  // namespace perennial
