#include "study/creator_panel.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numeric>

#include "study/experiment_designs.h"

namespace perennial {
namespace {

float ratio(double part, double whole) {
  return whole > 0 ? static_cast<float>(part / whole) : std::numeric_limits<float>::quiet_NaN();
}

/// Genres that are somebody's home, most frequent first, equals by name.
std::vector<GenreId> homes_by_frequency(std::span<const GenreId> homes, std::span<const std::string> genres) {
  std::vector<std::size_t> counts(genres.size());
  for (const GenreId home : homes) ++counts[home];
  std::vector<GenreId> order;
  for (std::size_t g = 0; g < genres.size(); ++g) {
    if (counts[g] > 0) order.push_back(static_cast<GenreId>(g));
  }
  std::ranges::sort(order, [&](GenreId a, GenreId b) {
    return counts[a] != counts[b] ? counts[a] > counts[b] : genres[a] < genres[b];
  });
  return order;
}

/// Every feature but the home, by name.
const std::vector<std::string>& numeric_features() {
  static const std::vector<std::string> names = {"posts_before",
                                                 "impressions_before",
                                                 "clicks_before",
                                                 "click_rate_before",
                                                 "clicks_per_post_before",
                                                 "posts_just_before",
                                                 "clicks_just_before",
                                                 "past_items",
                                                 "past_genres"};
  return names;
}

void append_row(const CreatorLogs& logs, std::size_t c, std::vector<float>& row) {
  const auto& b = logs.before;
  for (const double value : {b.posts[c], b.impressions[c], b.clicks[c]})
    row.push_back(static_cast<float>(value));
  row.push_back(ratio(b.clicks[c], b.impressions[c]));
  row.push_back(ratio(b.clicks[c], b.posts[c]));
  row.push_back(static_cast<float>(logs.just_before.posts[c]));
  row.push_back(static_cast<float>(logs.just_before.clicks[c]));
  row.push_back(static_cast<float>(logs.past_items[c]));
  row.push_back(static_cast<float>(logs.past_genres[c]));
}

void add_features(CreatorTable& table, const CreatorLogs& logs, std::span<const std::string> genres) {
  for (const auto& name : numeric_features())
    table.schema.features.push_back({.name = name, .kind = FeatureKind::numeric, .categories = {}});
  const auto homes = homes_by_frequency(logs.homes, genres);
  Feature home{.name = "home", .kind = FeatureKind::categorical, .categories = {}};
  for (const GenreId genre : homes) home.categories.push_back(genres[genre]);
  table.schema.features.push_back(home);
  std::vector<float> rows;
  for (std::size_t c = 0; c < logs.homes.size(); ++c) {
    append_row(logs, c, rows);
    rows.push_back(static_cast<float>(std::ranges::find(homes, logs.homes[c]) - homes.begin()));
  }
  table.features.emplace(std::filesystem::temp_directory_path(), table.schema.size());
  table.features->append(rows);
}

}  // namespace

CreatorLogs::CreatorLogs(const CreatorRecords& records)
    : before(records.size()), just_before(records.size()) {
  for (std::size_t c = 0; c < records.size(); ++c) {
    std::uint32_t items = 0, in_genres = 0, most = 0;
    GenreId home = 0;
    for (std::size_t g = 0; g < records.genres(); ++g) {
      const auto genre = static_cast<GenreId>(g);
      const auto made = records.history(static_cast<CreatorId>(c), genre);
      items += made;
      in_genres += made > 0 ? 1 : 0;
      if (made > most) {
        most = made;
        home = genre;
      }
    }
    homes.push_back(home);
    past_items.push_back(items);
    past_genres.push_back(in_genres);
  }
}

CreatorTable creator_panel(const CreatorLogs& logs, const CreatorCounts& during,
                           std::span<const std::uint8_t> treated, std::span<const std::string> genres) {
  CreatorTable table;
  for (std::size_t c = 0; c < treated.size(); ++c) {
    table.ids.add(creator_name(c));
    table.arms.push_back(treated[c] != 0 ? Arm::treatment : Arm::control);
  }
  table.outcomes = {{"posts", during.posts}, {"impressions", during.impressions}, {"clicks", during.clicks}};
  table.pre_outcomes = {{"posts", logs.before.posts}};
  add_features(table, logs, genres);
  return table;
}

}  // namespace perennial
