#include "cli/world_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "io/json_file.h"
#include "world/statistics.h"

namespace perennial {
namespace {

constexpr std::size_t pairs_shown = 10;

std::string percent(double share) {
  return fmt::format("{:.1f}%", 100 * share);
}

/// "1: 70.3%  2: 17.8%  .."
std::string distribution(const std::vector<double>& shares) {
  std::string text;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (shares[i] > 0) text += fmt::format("{}{}: {}", text.empty() ? "" : "  ", i + 1, percent(shares[i]));
  }
  return text;
}

std::string genres_table(const WorldStatistics& s) {
  std::vector<std::size_t> order(s.genres.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return s.user_interest_share[a] > s.user_interest_share[b]; });
  std::size_t width = 5;
  for (const auto& genre : s.genres) width = std::max(width, genre.size());
  auto text = fmt::format("\n{:<{}}  {:>10}  {:>12}  {:>8}\n", "genre", width, "users like", "creators' top",
                          "of items");
  for (const auto g : order) {
    text +=
        fmt::format("{:<{}}  {:>10}  {:>13}  {:>8}\n", s.genres[g], width, percent(s.user_interest_share[g]),
                    percent(s.creator_primary_share[g]), percent(s.item_genre_share[g]));
  }
  return text;
}

std::string pairs_table(const WorldStatistics& s) {
  if (s.pairs.empty()) return "";
  std::string text = "\nliked together\n";
  for (std::size_t i = 0; i < std::min(pairs_shown, s.pairs.size()); ++i) {
    text += fmt::format("  {:>6}  {} + {}\n", percent(s.pairs[i].share), s.genres[s.pairs[i].a],
                        s.genres[s.pairs[i].b]);
  }
  return text;
}

std::string facts_table(const WorldSource& source, const WorldStatistics& s) {
  const auto rows = compare_with(source.facts(), s);
  if (rows.empty()) return "";
  auto text = fmt::format("\nagainst the real world: {}\n{:<40} {:>8} {:>8} {:>8}\n", source.facts_source(),
                          "", "real", "here", "off by");
  for (const auto& row : rows) {
    text += fmt::format("{:<40} {:>8.3f} {:>8.3f} {:>+8.3f}\n", row.label, row.real, row.here,
                        row.here - row.real);
  }
  return text;
}

nlohmann::ordered_json by_genre(const WorldStatistics& s, const std::vector<double>& shares) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (std::size_t g = 0; g < s.genres.size(); ++g) json[s.genres[g]] = shares[g];
  return json;
}

}  // namespace

std::string world_list_text() {
  std::string text;
  for (const auto& world : builtin_worlds()) {
    text += fmt::format("{:<20} {:>2} genres  {}\n", world.name, world.genres.size(), world.summary);
  }
  return text +
         "\nA path to a generator's TOML file or to an imported world's folder serves as a world, too.\n";
}

std::string world_list_json() {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& world : builtin_worlds()) {
    list.push_back({{"name", world.name},
                    {"summary", world.summary},
                    {"genres", world.genres.size()},
                    {"users", world.users},
                    {"creators", world.creators}});
  }
  return json_text(list);
}

std::string world_description_text(const WorldSource& source, const WorldStatistics& s) {
  auto text = fmt::format("{} ({}): {} users, {} creators, {} genres, {} past clicks\n\n", source.name(),
                          source.is_generator() ? "generated" : "imported", s.users, s.creators,
                          s.genres.size(), s.past_clicks);
  for (const auto& kind : fact_kinds()) text += fmt::format("{:<40} {:>8.3f}\n", kind.label, kind.measure(s));
  text += fmt::format("{:<40} {:>8.3f}\n", "users' activity, mean", s.user_activity);
  text += fmt::format("{:<40} {:>8.3f}\n", "creators' activity, mean", s.creator_activity);
  text += fmt::format("\ninterests per user   {}\n", distribution(s.interests_per_user));
  text += fmt::format("genres per creator   {}\n", distribution(s.genres_per_creator));
  return text + genres_table(s) + pairs_table(s) + facts_table(source, s);
}

std::string world_description_json(const WorldSource& source, const WorldStatistics& s) {
  nlohmann::ordered_json json = {{"name", source.name()},
                                 {"generated", source.is_generator()},
                                 {"users", s.users},
                                 {"creators", s.creators},
                                 {"genres", s.genres},
                                 {"past_clicks", s.past_clicks},
                                 {"user_activity", s.user_activity},
                                 {"creator_activity", s.creator_activity}};
  for (const auto& kind : fact_kinds()) json["statistics"][kind.name] = kind.measure(s);
  json["interests_per_user"] = s.interests_per_user;
  json["genres_per_creator"] = s.genres_per_creator;
  json["user_interest_share"] = by_genre(s, s.user_interest_share);
  json["creator_primary_share"] = by_genre(s, s.creator_primary_share);
  json["item_genre_share"] = by_genre(s, s.item_genre_share);
  json["pairs"] = nlohmann::ordered_json::array();
  for (const auto& [a, b, share] : s.pairs) {
    json["pairs"].push_back({{"genres", {s.genres[a], s.genres[b]}}, {"share", share}});
  }
  json["real"] = nlohmann::ordered_json::object();
  for (const auto& fact : source.facts()) json["real"][fact.name] = fact.value;
  json["real_source"] = source.facts_source();
  return json_text(json);
}

std::string import_text(const Imported& imported) {
  const auto& [world, report] = imported;
  auto text = fmt::format("imported '{}': {} users, {} creators, {} genres, {} past clicks out of {} rows\n",
                          world.name, world.users.size(), world.creators.size(), world.genres.size(),
                          world.past_clicks.size(), report.rows_read);
  for (const auto& note : report.notes) text += fmt::format("note: {}\n", note);
  if (report.rows_skipped > 0) {
    text += fmt::format("{} bad rows skipped, the first of them:\n", report.rows_skipped);
    for (const auto& sentence : report.first_skipped) text += fmt::format("  {}\n", sentence);
  }
  return text;
}

}  // namespace perennial
