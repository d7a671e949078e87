#include "world/world_folder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "io/json_file.h"
#include "io/table_file.h"

namespace perennial {
namespace {

constexpr int folder_version = 1;
constexpr auto kind = "world";

std::vector<std::int64_t> row_numbers(std::size_t rows) {
  std::vector<std::int64_t> ids(rows);
  for (std::size_t i = 0; i < rows; ++i) ids[i] = static_cast<std::int64_t>(i);
  return ids;
}

Table users_table(const Users& users) {
  std::vector<std::string> interests;
  for (std::size_t u = 0; u < users.size(); ++u)
    interests.push_back(fmt::format("{}", fmt::join(users.interests[u], "|")));
  Table table;
  return table.add("user_id", row_numbers(users.size()))
      .add("activity", users.activity)
      .add("interests", interests);
}

Table creators_table(const Creators& creators) {
  Table table;
  return table.add("creator_id", row_numbers(creators.size())).add("activity", creators.activity);
}

Table creator_genre_table(const Creators& creators) {
  std::vector<std::int64_t> creator, genre, count;
  for (std::size_t c = 0; c < creators.size(); ++c) {
    for (const auto& row : creators.history[c]) {
      creator.push_back(static_cast<std::int64_t>(c));
      genre.push_back(row.genre);
      count.push_back(row.count);
    }
  }
  Table table;
  return table.add("creator_id", creator).add("genre_id", genre).add("count", count);
}

Table past_clicks_table(const std::vector<PastClick>& clicks) {
  std::vector<std::int64_t> user, creator, genre;
  for (const auto& click : clicks) {
    user.push_back(click.user);
    creator.push_back(click.creator == no_creator ? -1 : std::int64_t{click.creator});
    genre.push_back(click.genre == no_genre ? -1 : std::int64_t{click.genre});
  }
  Table table;
  return table.add("user_id", user).add("creator_id", creator).add("genre_id", genre);
}

/// A number of a table as an id below `limit`; -1 becomes `unknown` where that is allowed.
template <class Id>
Id to_id(std::int64_t number, std::size_t limit, const char* what, Id unknown = 0,
         bool may_be_unknown = false) {
  if (number == -1 && may_be_unknown) return unknown;
  if (number < 0 || static_cast<std::size_t>(number) >= limit)
    throw Error(ErrorCode::invalid_data, fmt::format("{} {} is not there", what, number));
  return static_cast<Id>(number);
}

std::vector<GenreId> interests_of(const std::string& text, std::size_t genres) {
  std::vector<GenreId> ids;
  for (const char *at = text.data(), *end = at + text.size(); at < end; ++at) {
    std::int64_t id = 0;
    const auto [next, status] = std::from_chars(at, end, id);
    if (status != std::errc() || (next != end && *next != '|'))
      throw Error(ErrorCode::invalid_data, fmt::format("interests '{}' are no list of ids", text));
    ids.push_back(to_id<GenreId>(id, genres, "genre"));
    at = next;
  }
  return ids;
}

void read_users(const Table& table, World& world) {
  world.users.activity = table.reals("activity");
  for (const auto& text : table.texts("interests")) {
    world.users.interests.push_back(interests_of(text, world.genres.size()));
  }
}

void read_creators(const Table& creators, const Table& genres, World& world) {
  world.creators.activity = creators.reals("activity");
  std::vector<std::vector<GenreCount>> rows(creators.rows());
  for (std::size_t i = 0; i < genres.rows(); ++i) {
    const auto c = to_id<CreatorId>(genres.integers("creator_id")[i], rows.size(), "creator");
    const auto g = to_id<GenreId>(genres.integers("genre_id")[i], world.genres.size(), "genre");
    const auto count = genres.integers("count")[i];
    if (count < 1 || count > 0xFFFFFFFF)
      throw Error(ErrorCode::invalid_data,
                  fmt::format("creator {} has made {} items: must be at least 1", c, count));
    rows[c].push_back({g, static_cast<std::uint32_t>(count)});
  }
  for (const auto& row : rows) world.creators.history.push_back(row);
}

void read_past_clicks(const Table& table, World& world) {
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const auto user = to_id<UserId>(table.integers("user_id")[i], world.users.size(), "user");
    const auto creator =
        to_id<CreatorId>(table.integers("creator_id")[i], world.creators.size(), "creator", no_creator, true);
    const auto genre =
        to_id<GenreId>(table.integers("genre_id")[i], world.genres.size(), "genre", no_genre, true);
    world.past_clicks.push_back({user, creator, genre});
  }
}

nlohmann::json read_header(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder))
    throw Error(ErrorCode::not_found, folder.string() + ": no such folder");
  if (!is_complete_folder(folder, kind)) {
    throw Error(ErrorCode::invalid_data,
                folder.string() +
                    ": is no imported world, or its import did not come to its end (perennial world import)");
  }
  const auto path = folder / "world.json";
  auto header = read_json(path);
  const auto is = [&](const char* key, auto test) {
    return header.is_object() && header.contains(key) && test(header[key]);
  };
  if (!is("format", [](const auto& v) { return v == folder_version; })) {
    throw Error(ErrorCode::invalid_data, fmt::format("{}: must have \"format\": {}: import the world again",
                                                     path.string(), folder_version));
  }
  const bool genres_are_texts = is("genres", [](const auto& v) {
    return v.is_array() && std::all_of(v.begin(), v.end(), [](const auto& g) { return g.is_string(); });
  });
  if (!is("name", [](const auto& v) { return v.is_string(); }) || !genres_are_texts) {
    throw Error(ErrorCode::invalid_data, path.string() + ": must have a name and a list of genres");
  }
  return header;
}

}  // namespace

void write_world(const std::filesystem::path& folder, const World& world, const std::string& source,
                 Existing existing) {
  validate(world);
  RunFolder out(folder, kind, existing);
  out.write_parquet("users.parquet", users_table(world.users));
  out.write_parquet("creators.parquet", creators_table(world.creators));
  out.write_parquet("creator_genre.parquet", creator_genre_table(world.creators));
  out.write_parquet("past_clicks.parquet", past_clicks_table(world.past_clicks));
  const nlohmann::ordered_json header = {{"format", folder_version},
                                         {"name", world.name},
                                         {"source", source},
                                         {"genres", world.genres},
                                         {"users", world.users.size()},
                                         {"creators", world.creators.size()},
                                         {"past_clicks", world.past_clicks.size()}};
  out.write_text("world.json", json_text(header));
  out.finish();
}

World read_world(const std::filesystem::path& folder) {
  const auto header = read_header(folder);
  World world;
  world.name = header["name"].get<std::string>();
  world.genres = header["genres"].get<std::vector<std::string>>();
  try {
    read_users(read_parquet(folder / "users.parquet"), world);
    read_creators(read_parquet(folder / "creators.parquet"), read_parquet(folder / "creator_genre.parquet"),
                  world);
    read_past_clicks(read_parquet(folder / "past_clicks.parquet"), world);
    validate(world);
  } catch (const Error& error) {
    throw error.at(folder.string());
  }
  return world;
}

}  // namespace perennial
