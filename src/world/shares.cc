#include "world/shares.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/names.h"
#include "io/json_file.h"

namespace perennial {
namespace {

using Json = nlohmann::json;

class SharesReader {
 public:
  SharesReader(const Json& world, std::string place) : world_(world), place_(std::move(place)) {}

  WorldStatistics read() {
    for (const auto* key : {"user_interest_share", "creator_primary_genre", "item_genre_share"}) {
      for (const auto& [name, share] : table(key).items()) note_genre(name);
    }
    std::sort(s_.genres.begin(), s_.genres.end());
    s_.user_interest_share = by_genre("user_interest_share");
    s_.creator_primary_share = by_genre("creator_primary_genre");
    s_.item_genre_share = by_genre("item_genre_share");
    s_.interests_per_user = by_count("interests_per_user");
    s_.genres_per_creator = by_count("genres_per_creator");
    read_pairs();
    s_.top_genre_share = number(table("top_genre_share_of_multi_genre_creators"), "mean");
    s_.items_per_creator = number(table("items_per_creator"), "mean");
    s_.user_activity = s_.creator_activity = 0.5;
    s_.activity_log_mean = number(table("creation_frequency_lognormal"), "mu");
    s_.activity_log_deviation = number(table("creation_frequency_lognormal"), "sigma");
    for (const double share : s_.item_genre_share) {
      if (share > 0) s_.genre_entropy_nats -= share * std::log(share);
    }
    return std::move(s_);
  }

 private:
  [[noreturn]] void refuse(const std::string& key, const std::string& rule) const {
    throw Error(ErrorCode::invalid_data, fmt::format("{}: {}: {}", place_, key, rule));
  }

  const Json& table(const std::string& key) const {
    if (!world_.contains(key)) refuse(key, "is missing");
    if (!world_[key].is_object()) refuse(key, "must be an object");
    return world_[key];
  }

  double number(const Json& table, const std::string& key) const {
    if (!table.contains(key) || !table[key].is_number()) refuse(key, "must be a number");
    return table[key].get<double>();
  }

  double share(const std::string& key, const Json& value) const {
    if (!value.is_number() || !(value.get<double>() >= 0 && value.get<double>() <= 1)) {
      refuse(key, fmt::format("{} is no share: must lie between 0 and 1", value.dump()));
    }
    return value.get<double>();
  }

  void note_genre(const std::string& name) {
    if (std::find(s_.genres.begin(), s_.genres.end(), name) == s_.genres.end()) s_.genres.push_back(name);
  }

  GenreId genre(const std::string& key, const std::string& name) const {
    const auto at = std::find(s_.genres.begin(), s_.genres.end(), name);
    if (at == s_.genres.end())
      refuse(key, fmt::format("'{}' is no genre{}", name, name_hint(name, s_.genres)));
    return static_cast<GenreId>(at - s_.genres.begin());
  }

  std::vector<double> by_genre(const std::string& key) const {
    std::vector<double> shares(s_.genres.size(), 0.0);
    for (const auto& [name, value] : table(key).items()) shares[genre(key, name)] = share(key, value);
    return shares;
  }

  std::vector<double> by_count(const std::string& key) const {
    std::vector<double> shares;
    for (const auto& [name, value] : table(key).items()) {
      std::size_t count = 0;
      const auto [end, status] = std::from_chars(name.data(), name.data() + name.size(), count);
      if (status != std::errc() || *end != '\0' || count < 1 || count > s_.genres.size()) {
        refuse(key, fmt::format("'{}' must be a whole number from 1 to {}", name, s_.genres.size()));
      }
      if (shares.size() < count) shares.resize(count, 0.0);
      shares[count - 1] = share(key, value);
    }
    if (mean_count(shares) <= 0) refuse(key, "must hold a positive share");
    return shares;
  }

  void read_pairs() {
    const std::string key = "co_interest_pairs";
    for (const auto& [names, value] : table(key).items()) {
      const auto plus = names.find(" + ");
      if (plus == std::string::npos)
        refuse(key, fmt::format("'{}' must be two genres with ' + ' between", names));
      const auto one = genre(key, names.substr(0, plus));
      const auto other = genre(key, names.substr(plus + 3));
      if (one == other) refuse(key, fmt::format("'{}' names one genre twice", names));
      s_.pairs.push_back({std::min(one, other), std::max(one, other), share(key, value)});
    }
    std::stable_sort(s_.pairs.begin(), s_.pairs.end(),
                     [](const auto& x, const auto& y) { return x.share > y.share; });
  }

  const Json& world_;
  std::string place_;
  WorldStatistics s_;
};

}  // namespace

WorldStatistics read_shares(const std::filesystem::path& path, const std::string& world) {
  const auto all = read_json(path);
  std::vector<std::string> names;
  if (!all.is_array()) throw Error(ErrorCode::invalid_data, path.string() + ": must be a list of worlds");
  for (const auto& entry : all) {
    if (!entry.is_object() || !entry.contains("name") || !entry["name"].is_string()) {
      throw Error(ErrorCode::invalid_data, path.string() + ": every world needs a name");
    }
    names.push_back(entry["name"].get<std::string>());
    if (names.back() == world)
      return SharesReader(entry, fmt::format("{}: world '{}'", path.string(), world)).read();
  }
  throw Error(ErrorCode::not_found,
              fmt::format("{}: no world '{}'{}", path.string(), world, name_hint(world, names)));
}

}  // namespace perennial
