#include "world/import_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"
#include "base/names.h"

namespace perennial {
namespace {

constexpr std::size_t most_examples = 5;

[[noreturn]] void refuse(const std::string& rule) {
  throw Error(ErrorCode::invalid_data, rule);
}

}  // namespace

void ImportBuilder::row(const std::function<void()>& read) {
  try {
    read();
    ++report_.rows_read;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_data) throw;
    bad_row(error.what());
  }
}

void ImportBuilder::bad_row(const std::string& sentence) {
  if (!options_.skip_bad_rows) refuse(sentence + " (--skip-bad-rows leaves such rows out)");
  ++report_.rows_read;
  ++report_.rows_skipped;
  if (report_.first_skipped.size() < most_examples) report_.first_skipped.push_back(sentence);
}

GenreId ImportBuilder::genre(std::string_view name) const {
  const auto at = genre_ids_.find(std::string(name));
  return at == genre_ids_.end() ? no_genre : at->second;
}

GenreId ImportBuilder::genre_or_new(const std::string& name) {
  const auto [at, is_new] = genre_ids_.emplace(name, static_cast<GenreId>(genres_.size()));
  if (is_new) {
    if (genres_.size() + 1 >= no_genre) refuse(fmt::format("more than {} genres", no_genre - 1));
    genres_.push_back(name);
  }
  return at->second;
}

CreatorId ImportBuilder::creator(const std::string& name) const {
  const auto at = creators_.find(name);
  return at == creators_.end() ? no_creator : at->second;
}

UserId ImportBuilder::user(const std::string& name) const {
  const auto at = users_.find(name);
  return at == users_.end() ? static_cast<UserId>(users_.size()) : at->second;
}

std::uint32_t ImportBuilder::items(double count) {
  if (!(count >= 1 && count <= 4294967295.0) || count != std::floor(count)) {
    refuse(fmt::format("{} must be a whole number of items, at least 1", count));
  }
  return static_cast<std::uint32_t>(count);
}

double ImportBuilder::activity_of(double frequency) {
  if (!(frequency >= 0) || !std::isfinite(frequency))
    refuse(fmt::format("{} must be a finite number, at least 0", frequency));
  return std::min(frequency, 1.0);
}

void ImportBuilder::add_creator(std::string name, const std::vector<NamedCount>& history, double activity) {
  if (history.empty()) refuse("a creator needs at least one genre");
  if (has_creator(name)) refuse("a creator of that name is there already");
  std::set<std::string_view> seen;
  for (const auto& entry : history) {
    if (entry.genre.empty()) refuse("a genre needs a name");
    if (!seen.insert(entry.genre).second) refuse(fmt::format("genre '{}' is there twice", entry.genre));
  }
  std::vector<GenreCount> row;
  row.reserve(history.size());
  for (const auto& entry : history) row.push_back({genre_or_new(entry.genre), entry.count});
  creators_.emplace(std::move(name), static_cast<CreatorId>(histories_.size()));
  histories_.push_back(std::move(row));
  creator_activity_.push_back(activity);
}

void ImportBuilder::add_user(std::string name, const std::vector<std::string>& interests, double activity) {
  if (interests.empty()) refuse("a user needs at least one interest");
  if (has_user(name)) refuse("a user of that name is there already");
  for (const auto& interest : interests) {
    if (interest.empty()) refuse("a genre needs a name");
    if (!options_.add_interest_genres && genre(interest) == no_genre) {
      refuse(fmt::format(
          "interest '{}' is no genre that a creator makes{}; --add-interest-genres takes it in as one",
          interest, name_hint(interest, genres_)));
    }
  }
  std::vector<GenreId> row;
  row.reserve(interests.size());
  for (const auto& interest : interests) row.push_back(genre_or_new(interest));
  users_.emplace(std::move(name), static_cast<UserId>(interests_.size()));
  interests_.push_back(std::move(row));
  user_activity_.push_back(activity);
}

Imported ImportBuilder::finish(const std::string& users, const std::string& creators) {
  if (histories_.empty()) refuse(creators + ": holds no creator that can be used: at least one is needed");
  if (interests_.empty()) refuse(users + ": holds no user that can be used: at least one is needed");
  Imported imported;
  auto& world = imported.world;
  world.name = options_.name;
  world.genres = genres_;
  std::sort(world.genres.begin(), world.genres.end());
  std::vector<GenreId> sorted(genres_.size());
  for (std::size_t g = 0; g < genres_.size(); ++g) {
    const auto at = std::lower_bound(world.genres.begin(), world.genres.end(), genres_[g]);
    sorted[g] = static_cast<GenreId>(at - world.genres.begin());
  }
  for (auto& row : interests_) {
    for (auto& g : row) g = sorted[g];
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    world.users.interests.push_back(row);
  }
  for (auto& row : histories_) {
    for (auto& entry : row) entry.genre = sorted[entry.genre];
    std::sort(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.genre < b.genre; });
    world.creators.history.push_back(row);
  }
  world.users.activity = user_activity_;
  world.creators.activity = creator_activity_;
  world.past_clicks = std::move(clicks_);
  for (auto& click : world.past_clicks) {
    if (click.genre != no_genre) click.genre = sorted[click.genre];
  }
  std::stable_sort(world.past_clicks.begin(), world.past_clicks.end(),
                   [](const auto& a, const auto& b) { return a.user < b.user; });
  validate(world);
  imported.report = std::move(report_);
  return imported;
}

}  // namespace perennial
