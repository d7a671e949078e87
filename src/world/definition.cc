#include "world/definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/error.h"

namespace perennial {
namespace {

class Rules {
 public:
  Rules(const WorldDefinition& definition, const std::string& place) : d_(definition), place_(place) {}

  void check_all() const {
    genres();
    counts(d_.interests_per_user, "users.interests_per_user", positive(&GenreDefinition::interest_weight),
           "genres with a positive interest_weight");
    counts(d_.genres_per_creator, "creators.genres_per_creator", d_.genres.size(), "genres");
    if (positive(&GenreDefinition::primary_share) == 0)
      refuse("no genre has a positive primary_share: one must");
    pairs();
    within(d_.user_activity, 0, 1, "users.activity");
    within(d_.creator_activity, 0, 1, "creators.activity");
    within(d_.top_genre_share, 0.5, 1, "creators.top_genre_share");
    within(d_.items_log_deviation, 0, 5, "creators.items_log_deviation");
    within(d_.frequency_log_mean, -50, 50, "creators.frequency_log_mean");
    within(d_.frequency_log_deviation, 0, 10, "creators.frequency_log_deviation");
    within(static_cast<double>(d_.users), 1, 4e9, "users.count");
    within(static_cast<double>(d_.creators), 1, 4e9, "creators.count");
  }

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(ErrorCode::invalid_data, fmt::format("{}: {}", place_, what));
  }

  void within(double value, double least, double most, const std::string& what) const {
    if (!(value >= least && value <= most)) {
      refuse(fmt::format("{} = {}: must lie between {} and {}", what, value, least, most));
    }
  }

  std::size_t positive(double GenreDefinition::*weight) const {
    return static_cast<std::size_t>(
        std::count_if(d_.genres.begin(), d_.genres.end(), [&](const auto& g) { return g.*weight > 0; }));
  }

  void genres() const {
    if (d_.genres.empty()) refuse("has no genres: write one [[genre]] for each");
    if (d_.genres.size() >= no_genre)
      refuse(fmt::format("has {} genres: at most {}", d_.genres.size(), no_genre - 1));
    std::set<std::string> names;
    for (const auto& genre : d_.genres) {
      if (genre.name.empty()) refuse("a [[genre]] has no name");
      if (!names.insert(genre.name).second) refuse(fmt::format("genre '{}' is there twice", genre.name));
      within(genre.interest_weight, 0, 1e12, fmt::format("genre '{}': interest_weight", genre.name));
      within(genre.primary_share, 0, 1e12, fmt::format("genre '{}': primary_share", genre.name));
      within(genre.side_weight, 0, 1e12, fmt::format("genre '{}': side_weight", genre.name));
      within(genre.items, 1, 1e8, fmt::format("genre '{}': items", genre.name));
    }
  }

  void counts(const std::vector<double>& shares, const std::string& what, std::size_t most,
              const char* of_what) const {
    if (shares.empty()) refuse(what + " is missing: give the shares of 1, 2, 3, ..");
    double sum = 0;
    for (const double share : shares) {
      within(share, 0, 1, what);
      sum += share;
    }
    if (std::abs(sum - 1) > 0.01) refuse(fmt::format("{} adds up to {:.4g}: must be 1", what, sum));
    for (std::size_t i = most; i < shares.size(); ++i) {
      if (shares[i] > 0)
        refuse(fmt::format("{} asks for {} where there are {} {}", what, i + 1, most, of_what));
    }
  }

  void pairs() const {
    std::set<std::pair<GenreId, GenreId>> seen;
    for (const auto& [a, b, lift] : d_.pair_lifts) {
      if (a >= d_.genres.size() || b >= d_.genres.size() || a == b)
        refuse("a pair needs two different genres");
      within(lift, 1e-6, 1e6, fmt::format("pair '{}' and '{}': lift", d_.genres[a].name, d_.genres[b].name));
      if (!seen.insert(std::minmax(a, b)).second) {
        refuse(fmt::format("pair '{}' and '{}' is there twice", d_.genres[a].name, d_.genres[b].name));
      }
    }
  }

  const WorldDefinition& d_;
  const std::string& place_;
};

}  // namespace

void validate(const WorldDefinition& definition, const std::string& place) {
  Rules(definition, place).check_all();
}

}  // namespace perennial
