#include "platform/suggest/platform_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/names.h"
#include "io/json_file.h"
#include "io/json_value.h"
#include "io/text_file.h"
#include "platform/suggest/told_trust.h"

namespace perennial {
namespace {

constexpr std::int64_t most_count = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t most_items = 50'000'000;
constexpr std::int64_t most_user_rows = 200'000'000;  // users x genres
constexpr std::int64_t usual_recency = 10;
constexpr std::size_t remembered_items = 10;

std::uint32_t count_of(const JsonValue& value) {
  return static_cast<std::uint32_t>(value.whole(0, most_count));
}

/// "shown" and "clicked" (or as `clicks_key` says) of an object.
ShownClicked shown_clicked(const JsonValue& of, const std::string& clicks_key) {
  const auto clicks = of.at(clicks_key);
  const ShownClicked counts{.shown = count_of(of.at("shown")), .clicked = count_of(clicks)};
  if (counts.clicked > counts.shown)
    clicks.refuse(fmt::format("must be at most what was shown ({})", counts.shown));
  return counts;
}

/// What a creator made in one genre since round 1.
struct MadeInGenre {
  GenreId genre;
  std::uint32_t items;
  ShownClicked impressions;
};

class StateReader {
 public:
  explicit StateReader(const JsonValue& root) : root_(root) {}

  PlatformState read() {
    static const std::vector<std::string> keys = {"round", "slate", "recency", "genres", "users", "creators"};
    root_.allow_only(keys);
    read_genres();
    const auto recency = root_.find("recency");
    state_.round = static_cast<std::uint32_t>(root_.at("round").whole(1, 1'000'000'000));
    state_.tables.genres = state_.genres.size();
    state_.tables.genre.resize(state_.genres.size());
    state_.tables.recent_clicks.resize(state_.genres.size());
    state_.tables.made.resize(state_.genres.size());
    const std::size_t users = read_users();
    read_creators(users);
    state_.shape = {
        .users = users,
        .creators = state_.creators.size(),
        .genres = state_.genres.size(),
        .slate = static_cast<std::size_t>(root_.at("slate").whole(1, 1000)),
        .recency = static_cast<std::uint32_t>(recency ? recency->whole(0, 1'000'000) : usual_recency),
        .seed = 0};
    return std::move(state_);
  }

 private:
  void read_genres() {
    const auto list = root_.at("genres");
    for (const auto& genre : list.list()) {
      if (state_.genres.size() == no_genre) list.refuse(fmt::format("holds more than {} genres", no_genre));
      const auto id = static_cast<GenreId>(state_.genres.size());
      if (!genre_ids_.try_emplace(genre.text(), id).second) genre.refuse("stands there twice");
      state_.genres.push_back(genre.text());
    }
    if (state_.genres.empty()) list.refuse("must name at least one genre");
  }

  GenreId genre_of(const std::string& name, const JsonValue& of) const {
    const auto found = genre_ids_.find(name);
    if (found == genre_ids_.end())
      of.refuse(fmt::format("no such genre: '{}'{}", name, name_hint(name, state_.genres)));
    return found->second;
  }

  void take_name(std::unordered_map<std::string, bool>& taken, const JsonValue& name) const {
    if (!taken.try_emplace(name.text(), true).second) name.refuse("stands there twice");
  }

  /// Their number.
  std::size_t read_users() {
    static const std::vector<std::string> keys = {"name", "count", "genres"};
    static const std::vector<std::string> genre_keys = {"shown", "clicked"};
    const std::size_t genres = state_.genres.size();
    std::unordered_map<std::string, bool> names;
    for (const auto& user : root_.at("users").list()) {
      user.allow_only(keys);
      if (const auto name = user.find("name")) take_name(names, *name);
      std::vector<ShownClicked> row(genres);
      const auto counts = user.at("genres");
      for (const auto& [genre, value] : counts.entries()) {
        value.allow_only(genre_keys);
        row[genre_of(genre, counts)] = shown_clicked(value, "clicked");
      }
      const auto group = user.find("count");
      const std::int64_t alike = group ? group->whole(1, most_count) : 1;
      auto& all = state_.tables.user_genre;
      if (alike >
          (most_user_rows - static_cast<std::int64_t>(all.size())) / static_cast<std::int64_t>(genres))
        user.refuse(
            fmt::format("more than {} users times genres: let fewer users stand for all", most_user_rows));
      for (std::int64_t i = 0; i < alike; ++i) all.insert(all.end(), row.begin(), row.end());
    }
    return state_.tables.user_genre.size() / genres;
  }

  void read_creators(std::size_t users) {
    const auto list = root_.at("creators");
    const auto creators = list.list();
    if (!creators.empty() && users == 0)
      root_.at("users").refuse(
          "must not be empty: what is in demand shows in what users were shown and clicked");
    state_.records = CreatorRecords(state_.genres.size(), remembered_items);
    std::vector<std::vector<MadeInGenre>> made;
    made.reserve(creators.size());
    for (const auto& creator : creators) made.push_back(read_made(creator));
    const auto usual = most_made_genre(creators, made);
    std::unordered_map<std::string, bool> names;
    for (std::size_t c = 0; c < creators.size(); ++c) {
      take_name(names, creators[c].at("name"));
      add_creator(creators[c], made[c], usual);
    }
  }

  std::vector<MadeInGenre> read_made(const JsonValue& creator) const {
    static const std::vector<std::string> keys = {"name",  "history",     "made",  "last_genre",
                                                  "trust", "suggestions", "active"};
    static const std::vector<std::string> made_keys = {"items", "shown", "clicks"};
    creator.allow_only(keys);
    std::vector<MadeInGenre> made;
    const auto counts = creator.find("made");
    if (!counts) return made;
    for (const auto& [genre, value] : counts->entries()) {
      value.allow_only(made_keys);
      const MadeInGenre row{.genre = genre_of(genre, *counts),
                            .items = static_cast<std::uint32_t>(value.at("items").whole(0, most_items)),
                            .impressions = shown_clicked(value, "clicks")};
      if (row.items > 0 && state_.round == 1)
        value.refuse("nothing can have been made before round 1: count it as history, or raise 'round'");
      if (row.items == 0 && row.impressions.shown > 0)
        value.at("shown").refuse("must be 0 where no items were made");
      if (row.items > 0) made.push_back(row);
    }
    std::sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a.genre < b.genre; });
    return made;
  }

  std::vector<GenreCount> read_history(const JsonValue& creator) const {
    std::vector<GenreCount> history;
    const auto counts = creator.find("history");
    if (!counts) return history;
    for (const auto& [genre, count] : counts->entries()) {
      if (const auto items = count_of(count); items > 0) history.push_back({genre_of(genre, *counts), items});
    }
    std::sort(history.begin(), history.end(), [](const auto& a, const auto& b) { return a.genre < b.genre; });
    return history;
  }

  /// By all creators, before round 1 and since; ties: lowest id.
  GenreId most_made_genre(const std::vector<JsonValue>& creators,
                          const std::vector<std::vector<MadeInGenre>>& made) const {
    std::vector<std::uint64_t> items(state_.genres.size());
    for (std::size_t c = 0; c < creators.size(); ++c) {
      for (const auto& row : made[c]) items[row.genre] += row.items;
      for (const auto& row : read_history(creators[c])) items[row.genre] += row.count;
    }
    return static_cast<GenreId>(std::max_element(items.begin(), items.end()) - items.begin());
  }

  void add_creator(const JsonValue& creator, const std::vector<MadeInGenre>& made, GenreId usual) {
    const auto id = static_cast<CreatorId>(state_.creators.size());
    state_.creators.push_back(creator.at("name").text());
    auto history = read_history(creator);
    if (history.empty() && made.empty()) history.push_back({usual, 1});
    state_.records.add_creator(history);
    state_.tables.creator.emplace_back();
    const GenreId last = last_genre(creator, made);
    for (const auto& row : made) {
      if (row.genre != last) add_items(id, row, creator);
    }
    for (const auto& row : made) {
      if (row.genre == last) add_items(id, row, creator);
    }
    const auto trust = told_trust(creator);
    state_.predicted_trust.push_back(trust.expected);
    state_.credible_trust.push_back(trust.credible);
    const auto active = creator.find("active");
    if (!active || active->flag()) state_.active.push_back(id);
  }

  /// What it says, else the genre made most since round 1 (ties: lowest id).
  GenreId last_genre(const JsonValue& creator, const std::vector<MadeInGenre>& made) const {
    GenreId last = no_genre;
    std::uint32_t most = 0;
    for (const auto& row : made) {
      if (row.items <= most) continue;
      most = row.items;
      last = row.genre;
    }
    const auto said = creator.find("last_genre");
    if (!said) return last;
    last = genre_of(said->text(), *said);
    if (std::none_of(made.begin(), made.end(), [&](const auto& row) { return row.genre == last; }))
      said->refuse("must be one of the genres it has made items in ('made')");
    return last;
  }

  void add_items(CreatorId id, const MadeInGenre& row, const JsonValue& creator) {
    auto& [shown, clicked] = state_.tables.creator[id];
    if (static_cast<std::int64_t>(shown) + row.impressions.shown > most_count)
      creator.at("made").refuse(fmt::format("more than {} impressions of one creator", most_count));
    if (state_.items.size() + row.items > static_cast<std::size_t>(most_items))
      creator.at("made").refuse(
          fmt::format("with these, more than {} items: count since a later round", most_items));
    for (std::uint32_t i = 0; i < row.items; ++i) {
      state_.records.made_item(id, static_cast<ItemId>(state_.items.size()), row.genre);
      state_.items.add(id, row.genre, state_.round - 1);
      state_.items.shown.back() = share(row.impressions.shown, i, row.items);
      state_.items.clicked.back() = share(row.impressions.clicked, i, row.items);
    }
    state_.records.got_clicks(id, row.genre, row.impressions.clicked);
    shown += row.impressions.shown;
    clicked += row.impressions.clicked;
    state_.tables.made[row.genre] += row.items;
    for (auto* total : {&state_.tables.genre[row.genre], &state_.tables.all}) {
      total->shown += row.impressions.shown;
      total->clicked += row.impressions.clicked;
    }
  }

  /// The i-th of `parts` nearly even parts of a count; never more than that part of a greater count.
  static std::uint32_t share(std::uint32_t count, std::uint32_t i, std::uint32_t parts) {
    return count / parts + (i < count % parts ? 1 : 0);
  }

  const JsonValue& root_;
  PlatformState state_;
  std::unordered_map<std::string, GenreId> genre_ids_;
};

}  // namespace

SuggestionRequest PlatformState::request(Workers& workers) const {
  return {.round = round,
          .creators = active,
          .records = records,
          .items = items,
          .tables = tables,
          .predicted_trust = predicted_trust,
          .truth = nullptr,
          .draws = Draws(shape.seed, Purpose::suggestion, round),
          .workers = workers};
}

PlatformState parse_platform_state(std::string_view text, const std::string& name) {
  const auto json = parse_json(text, name);
  const JsonValue root(json, name);
  return StateReader(root).read();
}

PlatformState read_platform_state(const std::filesystem::path& path) {
  return parse_platform_state(read_text_file(path), path.string());
}

}  // namespace perennial
