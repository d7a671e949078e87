#include "world/fit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "world/generator.h"

namespace perennial {
namespace {

constexpr std::uint32_t drawn_users = 50'000;
constexpr std::uint32_t drawn_creators = 100'000;
constexpr int user_steps = 100;
constexpr int creator_steps = 25;
constexpr std::size_t most_pairs = 60;
constexpr double least_lift = 0.02;
constexpr double most_lift = 50;

/// The factor that moves a weight towards the wanted share, damped so that coupled weights do not overshoot.
double step(double wanted, double drawn, double damping) {
  const double smallest = 0.5 / drawn_users;
  return std::pow(std::max(wanted, smallest) / std::max(drawn, smallest), damping);
}

/// Fits interest weights and pair lifts by drawing users, over and over with the same coins.
class InterestFit {
 public:
  InterestFit(WorldDefinition& definition, const WorldStatistics& wanted) : d_(definition), wanted_(wanted) {
    for (std::size_t g = 0; g < d_.genres.size(); ++g)
      d_.genres[g].interest_weight = wanted.user_interest_share[g];
    const auto pairs = std::min(most_pairs, wanted.pairs.size());
    for (std::size_t i = 0; i < pairs; ++i)
      d_.pair_lifts.push_back({wanted.pairs[i].a, wanted.pairs[i].b, 1.0});
  }

  void run() {
    for (int i = 0; i < user_steps; ++i) improve();
    double sum = 0;
    for (const auto& genre : d_.genres) sum += genre.interest_weight;
    for (auto& genre : d_.genres) genre.interest_weight /= sum;
  }

 private:
  void improve() {
    draw();
    for (std::size_t g = 0; g < d_.genres.size(); ++g) {
      if (wanted_.user_interest_share[g] > 0) {
        d_.genres[g].interest_weight *= step(wanted_.user_interest_share[g], alone_[g], 0.7);
      }
    }
    for (std::size_t i = 0; i < d_.pair_lifts.size(); ++i) {
      auto& [a, b, lift] = d_.pair_lifts[i];
      lift = std::clamp(lift * step(wanted_.pairs[i].share, together_[{a, b}], 0.5), least_lift, most_lift);
    }
  }

  void draw() {
    const Draws draws(0, Purpose::world);
    InterestSampler sampler(d_);
    alone_.assign(d_.genres.size(), 0.0);
    together_.clear();
    std::vector<GenreId> row;
    for (std::uint32_t u = 0; u < drawn_users; ++u) {
      sampler.draw(draws, u, row);
      for (std::size_t i = 0; i < row.size(); ++i) {
        alone_[row[i]] += 1.0 / drawn_users;
        for (std::size_t j = i + 1; j < row.size(); ++j) together_[{row[i], row[j]}] += 1.0 / drawn_users;
      }
    }
  }

  WorldDefinition& d_;
  const WorldStatistics& wanted_;
  std::vector<double> alone_;
  std::map<std::pair<GenreId, GenreId>, double> together_;
};

/// Fits which genres are made on the side, how much the creators of a main genre make, and the top genre's
/// share.
class HistoryFit {
 public:
  HistoryFit(WorldDefinition& definition, const WorldStatistics& wanted) : d_(definition), wanted_(wanted) {
    for (std::size_t g = 0; g < d_.genres.size(); ++g) {
      d_.genres[g].primary_share = wanted.creator_primary_share[g];
      d_.genres[g].side_weight = wanted.item_genre_share[g];
      d_.genres[g].items = wanted.items_per_creator;
    }
    d_.top_genre_share = std::clamp(wanted.top_genre_share, 0.5, 1.0);
  }

  void run() {
    for (int i = 0; i < creator_steps; ++i) improve();
  }

 private:
  void improve() {
    draw();
    for (std::size_t g = 0; g < d_.genres.size(); ++g) {
      const double wanted = wanted_.item_genre_share[g];
      if (wanted <= 0) continue;
      const double factor = step(wanted, items_[g] / all_, 0.4);
      d_.genres[g].side_weight = std::clamp(d_.genres[g].side_weight * factor, 1e-6, 1e6);
      d_.genres[g].items *= factor;
    }
    const double size = wanted_.items_per_creator / (all_ / drawn_creators);
    for (auto& genre : d_.genres) genre.items = std::max(1.0, genre.items * size);
    if (several_ > 0) {
      d_.top_genre_share =
          std::clamp(d_.top_genre_share + wanted_.top_genre_share - top_ / several_, 0.5, 1.0);
    }
  }

  void draw() {
    const Draws draws(0, Purpose::world);
    HistorySampler sampler(d_);
    items_.assign(d_.genres.size(), 0.0);
    all_ = top_ = several_ = 0;
    std::vector<GenreCount> row;
    for (std::uint32_t c = 0; c < drawn_creators; ++c) {
      sampler.draw(draws, c, row);
      double items = 0, most = 0;
      for (const auto& [genre, count] : row) {
        items_[genre] += count;
        items += count;
        most = std::max<double>(most, count);
      }
      all_ += items;
      if (row.size() > 1) {
        top_ += most / items;
        several_ += 1;
      }
    }
  }

  WorldDefinition& d_;
  const WorldStatistics& wanted_;
  std::vector<double> items_;  // of each genre
  double all_ = 0, top_ = 0, several_ = 0;
};

std::vector<double> as_distribution(std::vector<double> shares) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

std::vector<Fact> facts_of(const WorldStatistics& statistics) {
  std::vector<Fact> facts;
  for (const auto& kind : fact_kinds()) {
    // Published shares do not say everything; what they leave out is 0.
    if (const double value = kind.measure(statistics); value > 0) facts.push_back({kind.name, value});
  }
  return facts;
}

}  // namespace

WorldDefinition fit(const WorldStatistics& statistics, const std::string& name) {
  WorldDefinition d;
  d.name = name;
  for (const auto& genre : statistics.genres) d.genres.push_back({.name = genre});
  d.user_activity = statistics.user_activity;
  d.interests_per_user = as_distribution(statistics.interests_per_user);
  d.creator_activity = statistics.creator_activity;
  d.activity_from_frequency = statistics.creators > 0 && statistics.activity_log_deviation > 1e-6;
  d.frequency_log_mean = statistics.activity_log_mean;
  d.frequency_log_deviation = statistics.activity_log_deviation;
  d.genres_per_creator = as_distribution(statistics.genres_per_creator);
  d.items_log_deviation = statistics.items_log_deviation;
  InterestFit(d, statistics).run();
  HistoryFit(d, statistics).run();
  d.facts = facts_of(statistics);
  return d;
}

}  // namespace perennial
