#pragma once

#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "people/creators/creator_model.h"

namespace perennial {

/// Creators in a known state who decide alone, all of them in every round; for the tests of creator models.
struct AskedCreators {
  static constexpr std::uint64_t seed = 2000;

  CreatorRecords records;
  Items items;
  PerceivedClicks perceived;
  GenreId trending = no_genre;

  explicit AskedCreators(std::size_t genres) : records(genres, 10) {}

  void join(const std::vector<GenreCount>& history, std::size_t times = 1) {
    for (std::size_t i = 0; i < times; ++i) records.add_creator(history);
  }
  /// A creator's new item, and the clicks on it.
  ItemId make(CreatorId creator, GenreId genre, std::uint32_t clicks) {
    const auto item = static_cast<ItemId>(items.size());
    records.made_item(creator, item, genre);
    records.got_clicks(creator, genre, clicks);
    items.add(creator, genre, 1);
    items.clicked.back() = clicks;
    return item;
  }
  /// What each makes next; no latest item drew more than another.
  std::vector<GenreId> decide(CreatorModel& model, std::uint32_t round) const {
    std::vector<CreatorId> creators(records.size());
    std::iota(creators.begin(), creators.end(), CreatorId{0});
    const std::vector<double> rank(records.size()), trust(records.size(), 0.5);
    const std::vector<std::string> names(records.genres(), "genre");
    const ItemTexts texts;
    std::vector<GenreId> made(records.size());
    model.decide({.round = round,
                  .creators = creators,
                  .records = records,
                  .items = items,
                  .perceived = perceived,
                  .trending = trending,
                  .feedback_rank = rank,
                  .suggested = {},
                  .trust = trust,
                  .genre_names = names,
                  .texts = texts,
                  .draws = Draws(seed, Purpose::creation, round)},
                 made);
    return made;
  }
};

/// Changes some settings of a model.
inline void set(CreatorModel& model, const std::vector<std::pair<std::string, FieldValue>>& settings) {
  const auto fields = model.fields();
  for (const auto& [key, value] : settings) fields.set("test", key, value);
}

}  // namespace perennial
