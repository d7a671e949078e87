#pragma once

#include <numeric>
#include <vector>

#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// A platform between two rounds, every count drawn: no two alike. The same moment can be had with its genres and creators
/// under other names.
struct Moment {
  std::size_t users, creators, genres;
  std::vector<std::size_t> genre_name, creator_name;  ///< g and c of the plain moment are called this
  CreatorRecords records;
  Items items;
  PlatformTables tables;
  std::vector<double> predicted_trust;
  std::vector<CreatorId> active;
  Workers workers;

  static std::vector<std::size_t> plain(std::size_t count) {
    std::vector<std::size_t> names(count);
    std::iota(names.begin(), names.end(), std::size_t{0});
    return names;
  }

  Moment(std::size_t user_count, std::size_t creator_count, std::size_t genre_count,
         std::vector<std::size_t> genre_names = {}, std::vector<std::size_t> creator_names = {},
         std::size_t threads = 1)
      : users(user_count),
        creators(creator_count),
        genres(genre_count),
        genre_name(genre_names.empty() ? plain(genres) : std::move(genre_names)),
        creator_name(creator_names.empty() ? plain(creators) : std::move(creator_names)),
        records(genres, 5),
        predicted_trust(creators),
        workers(threads) {
    const Draws draws(77, Purpose::world);
    tables.genres = genres;
    tables.user_genre.resize(users * genres);
    for (std::uint32_t u = 0; u < users; ++u) {
      for (std::uint32_t g = 0; g < genres; ++g) {
        const auto shown = 1 + draws.below(40, u, g, 0), clicked = draws.below(shown + 1, u, g, 1);
        tables.of(u, static_cast<GenreId>(genre_name[g])) = {shown, clicked};
        tables.all.shown += shown;
        tables.all.clicked += clicked;
      }
    }
    std::vector<std::uint32_t> plain_of(creators);
    for (std::uint32_t c = 0; c < creators; ++c) plain_of[creator_name[c]] = c;
    for (std::uint32_t named = 0; named < creators; ++named) add_creator(draws, named, plain_of[named]);
  }

  PlatformShape shape() const {
    return {.users = users, .creators = creators, .genres = genres, .slate = 4, .recency = 5, .seed = 9};
  }

  SuggestionRequest request() {
    return {.round = 6,
            .creators = active,
            .records = records,
            .items = items,
            .tables = tables,
            .predicted_trust = predicted_trust,
            .truth = nullptr,
            .draws = Draws(9, Purpose::suggestion, 6),
            .workers = workers};
  }

 private:
  void add_creator(const Draws& draws, CreatorId named, std::uint32_t c) {
    const auto genre = [&](std::uint32_t index) {
      return static_cast<GenreId>(genre_name[draws.below(static_cast<std::uint32_t>(genres), c, index, 2)]);
    };
    records.add_creator(std::vector<GenreCount>{{genre(0), 1}});
    for (std::uint32_t made = 1; made <= 3 + c % 3; ++made) {
      const GenreId in = genre(made);
      records.made_item(named, static_cast<ItemId>(items.size()), in);
      records.got_clicks(named, in, 1 + draws.below(100000, c, made, 3));
      items.add(named, in, made);
    }
    predicted_trust[named] = 0.05 + 0.9 * draws.uniform(c, 0, 4);
    active.push_back(named);
  }
};

}  // namespace perennial
