#include "world/statistics.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/check.h"

namespace perennial {
namespace {

using InterestSet = std::vector<GenreId>;

/// Users by interest set: statistics over sets instead of users stay fast at a million users.
std::map<InterestSet, double> count_sets(const Users& users) {
  std::map<InterestSet, double> sets;
  for (std::size_t u = 0; u < users.size(); ++u) {
    const auto interests = users.interests[u];
    sets[{interests.begin(), interests.end()}] += 1;
  }
  return sets;
}

/// Probability that two different users share an interest: for each set, the users of all sets that touch it.
double shared_interest(const std::map<InterestSet, double>& sets, std::size_t genres, double users) {
  if (users < 2) return 0;
  std::vector<std::vector<std::size_t>> holders(genres);
  std::vector<double> count;
  for (const auto& [set, number] : sets) {
    for (const auto g : set) holders[g].push_back(count.size());
    count.push_back(number);
  }
  std::vector<std::size_t> touched_by(count.size(), count.size());
  double pairs = 0;
  std::size_t row = 0;
  for (const auto& [set, number] : sets) {
    double touching = 0;
    for (const auto g : set) {
      for (const auto other : holders[g]) {
        if (std::exchange(touched_by[other], row) != row) touching += count[other];
      }
    }
    pairs += number * (touching - 1);
    ++row;
  }
  return pairs / (users * (users - 1));
}

double reach_of_top_three(const std::map<InterestSet, double>& sets, const std::vector<double>& share,
                          double users) {
  std::vector<GenreId> order(share.size());
  std::iota(order.begin(), order.end(), GenreId{0});
  std::stable_sort(order.begin(), order.end(), [&](GenreId a, GenreId b) { return share[a] > share[b]; });
  order.resize(std::min<std::size_t>(order.size(), 3));
  double reached = 0;
  for (const auto& [set, number] : sets) {
    const bool hit = std::any_of(order.begin(), order.end(), [&held = set](GenreId g) {
      return std::binary_search(held.begin(), held.end(), g);
    });
    if (hit) reached += number;
  }
  return reached / users;
}

std::vector<PairShare> pair_shares(const std::map<InterestSet, double>& sets, double users) {
  std::map<std::pair<GenreId, GenreId>, double> together;
  for (const auto& [set, number] : sets) {
    for (std::size_t i = 0; i < set.size(); ++i) {
      for (std::size_t j = i + 1; j < set.size(); ++j) together[{set[i], set[j]}] += number;
    }
  }
  std::vector<PairShare> pairs;
  pairs.reserve(together.size());
  for (const auto& [pair, number] : together) pairs.push_back({pair.first, pair.second, number / users});
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.share > b.share; });
  return pairs;
}

void add_count(std::vector<double>& shares, std::size_t count, double weight) {
  if (shares.size() < count) shares.resize(count, 0.0);
  shares[count - 1] += weight;
}

double mean_of(const std::vector<double>& values) {
  return values.empty()
             ? 0
             : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double squares = 0;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return values.size() < 2 ? 0 : std::sqrt(squares / static_cast<double>(values.size() - 1));
}

void describe_users(const World& world, WorldStatistics& s) {
  const auto users = static_cast<double>(world.users.size());
  const auto sets = count_sets(world.users);
  s.user_interest_share.assign(world.genres.size(), 0.0);
  for (const auto& [set, number] : sets) {
    add_count(s.interests_per_user, set.size(), number / users);
    for (const auto g : set) s.user_interest_share[g] += number / users;
  }
  s.pairs = pair_shares(sets, users);
  s.shared_interest = shared_interest(sets, world.genres.size(), users);
  s.three_genres_reach = reach_of_top_three(sets, s.user_interest_share, users);
  s.user_activity = mean_of(world.users.activity);
}

void describe_items(const World& world, WorldStatistics& s) {
  const auto creators = static_cast<double>(world.creators.size());
  std::vector<double> items_of_genre(world.genres.size(), 0.0), top_shares, log_items;
  double all = 0;
  s.creator_primary_share.assign(world.genres.size(), 0.0);
  for (std::size_t c = 0; c < world.creators.size(); ++c) {
    const auto history = world.creators.history[c];
    const auto top = *std::max_element(history.begin(), history.end(),
                                       [](const auto& a, const auto& b) { return a.count < b.count; });
    double items = 0;
    for (const auto& [genre, count] : history) {
      items_of_genre[genre] += count;
      items += count;
    }
    add_count(s.genres_per_creator, history.size(), 1 / creators);
    s.creator_primary_share[top.genre] += 1 / creators;
    if (history.size() > 1) top_shares.push_back(top.count / items);
    log_items.push_back(std::log(items));
    all += items;
  }
  for (const double items : items_of_genre) {
    s.item_genre_share.push_back(items / all);
    if (items > 0) s.genre_entropy_nats -= items / all * std::log(items / all);
  }
  s.items_per_creator = all / creators;
  s.items_log_deviation = deviation_of(log_items);
  if (!top_shares.empty()) s.top_genre_share = mean_of(top_shares);
}

void describe_creator_activity(const World& world, WorldStatistics& s) {
  std::vector<double> logs;
  for (const double activity : world.creators.activity) {
    if (activity > 0) logs.push_back(std::log(activity));
  }
  s.creator_activity = mean_of(world.creators.activity);
  s.activity_log_mean = mean_of(logs);
  s.activity_log_deviation = deviation_of(logs);
}

double first(const std::vector<double>& shares) {
  return shares.empty() ? 0 : shares.front();
}

}  // namespace

WorldStatistics statistics_of(const World& world) {
  WorldStatistics s;
  s.genres = world.genres;
  s.users = world.users.size();
  s.creators = world.creators.size();
  s.past_clicks = world.past_clicks.size();
  describe_users(world, s);
  describe_items(world, s);
  describe_creator_activity(world, s);
  return s;
}

double mean_count(const std::vector<double>& shares) {
  double mean = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) mean += static_cast<double>(i + 1) * shares[i];
  return mean;
}

const std::vector<FactKind>& fact_kinds() {
  using S = WorldStatistics;
  static const std::vector<FactKind> kinds = {
      {"interests_per_user", "interests per user",
       [](const S& s) { return mean_count(s.interests_per_user); }},
      {"users_with_one_interest", "users with one interest",
       [](const S& s) { return first(s.interests_per_user); }},
      {"two_users_share_an_interest", "two users share an interest",
       [](const S& s) { return s.shared_interest; }},
      {"three_genres_reach", "users reached by the top three genres",
       [](const S& s) { return s.three_genres_reach; }},
      {"genre_entropy_nats", "entropy of the genres of items, nats",
       [](const S& s) { return s.genre_entropy_nats; }},
      {"creators_with_one_genre", "creators with one genre",
       [](const S& s) { return first(s.genres_per_creator); }},
      {"top_genre_share", "a creator's top genre, of several", [](const S& s) { return s.top_genre_share; }},
      {"items_per_creator", "items per creator", [](const S& s) { return s.items_per_creator; }},
  };
  return kinds;
}

std::vector<FactComparison> compare_with(const std::vector<Fact>& facts, const WorldStatistics& statistics) {
  std::vector<FactComparison> rows;
  for (const auto& fact : facts) {
    const auto kind = std::find_if(fact_kinds().begin(), fact_kinds().end(),
                                   [&](const FactKind& k) { return k.name == fact.name; });
    check(kind != fact_kinds().end(), "a fact is of a known kind");
    rows.push_back({kind->label, fact.value, kind->measure(statistics)});
  }
  return rows;
}

}  // namespace perennial
