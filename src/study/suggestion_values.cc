#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "study/value_parts.h"

namespace perennial {
namespace {

constexpr const char* price_of_the_platform = "water-filling";  // for policies that expect nothing in numbers

/// Expected gains of every active creator and genre, and by which policy's estimate.
struct Prices {
  std::vector<CreatorId> creators;
  std::vector<GenreId> suggested, last;
  std::vector<double> trust, gains;
  std::string by;
};

Prices prices_of(const RunMoment& moment, const ForkPlan& unchanged, PlatformForks& forks) {
  Prices prices;
  forks.look(unchanged, [&](Simulation& simulation, const SuggestionRequest& request,
                            std::span<const GenreId> suggested) {
    prices.creators.assign(request.creators.begin(), request.creators.end());
    prices.suggested.assign(suggested.begin(), suggested.end());
    for (const CreatorId creator : request.creators) {
      prices.last.push_back(request.records.last_genre(creator));
      prices.trust.push_back(request.predicted_trust[creator]);
    }
    prices.gains.resize(request.creators.size() * request.records.genres());
    prices.by = unchanged.policy;
    if (simulation.policy().expected_gains(request, suggested, prices.gains)) return;
    prices.by = price_of_the_platform;
    policy_for(moment.plan.simulation, moment.world, prices.by, moment.cell.seed)
        ->expected_gains(request, suggested, prices.gains);
  });
  return prices;
}

/// Genres that are tried on the i-th active creator: the policy's choice first, then the best and the worst of the others,
/// in turns.
std::vector<GenreId> tried_on(const Prices& prices, std::size_t i, std::size_t genres,
                              std::size_t alternatives) {
  std::vector<GenreId> others;
  for (std::size_t g = 0; g < genres; ++g) {
    if (g != prices.suggested[i]) others.push_back(static_cast<GenreId>(g));
  }
  const double* gains = prices.gains.data() + i * genres;
  std::ranges::stable_sort(others, [&](GenreId a, GenreId b) { return gains[a] > gains[b]; });
  std::vector<GenreId> tried;
  if (prices.suggested[i] != no_genre) tried.push_back(prices.suggested[i]);
  for (std::size_t n = 0; n < std::min(alternatives, others.size()); ++n)
    tried.push_back(n % 2 == 0 ? others[n / 2] : others[others.size() - 1 - n / 2]);
  return tried;
}

std::vector<SuggestionValue> values_to_measure(const Prices& prices, std::size_t genres,
                                               const ValueSettings& settings) {
  std::vector<SuggestionValue> values;
  for (const std::size_t i : evenly(prices.creators.size(), settings.creators)) {
    for (const GenreId genre : tried_on(prices, i, genres, settings.alternatives)) {
      values.push_back({.creator = prices.creators[i],
                        .genre = genre,
                        .last_genre = prices.last[i],
                        .chosen = genre == prices.suggested[i],
                        .predicted_trust = prices.trust[i],
                        .expected = prices.gains[i * genres + genre],
                        .measured = {}});
    }
  }
  return values;
}

/// The forks of one future: nothing forced; then per creator nothing to it, and each genre to it. What the policy does
/// anyway is the fork in which nothing is forced.
class FutureForks {
 public:
  FutureForks(const Prices& prices, const std::vector<SuggestionValue>& values, const ForkPlan& unchanged)
      : plans_{unchanged} {
    for (const SuggestionValue& value : values) {
      const auto at = std::ranges::lower_bound(prices.creators, value.creator) - prices.creators.begin();
      const GenreId chosen = prices.suggested[static_cast<std::size_t>(at)];
      if (values_of_.empty() || last_creator_ != value.creator)
        without_ = chosen == no_genre ? 0 : add({value.creator, no_genre});
      last_creator_ = value.creator;
      values_of_.emplace_back(value.genre == chosen ? 0 : add({value.creator, value.genre}), without_);
    }
  }

  std::vector<ForkPlan> plans(std::uint64_t future) const {
    auto plans = plans_;
    for (ForkPlan& plan : plans) plan.future = future;
    return plans;
  }

  /// Discounted clicks with less discounted clicks without: one row per value, one column per round played.
  std::vector<std::vector<double>> gains(const std::vector<ForkOutcome>& outcomes, double discount) const {
    std::vector<std::vector<double>> sums, gains;
    for (const ForkOutcome& outcome : outcomes) sums.push_back(discounted_sums(outcome.clicks, discount));
    for (const auto& [with, without] : values_of_) {
      gains.emplace_back(sums[with]);
      for (std::size_t r = 0; r < gains.back().size(); ++r) gains.back()[r] -= sums[without][r];
    }
    return gains;
  }

 private:
  std::size_t add(const ForcedSuggestion& forced) {
    plans_.push_back(plans_.front());
    plans_.back().forced = {forced};
    return plans_.size() - 1;
  }

  std::vector<ForkPlan> plans_;
  std::vector<std::pair<std::size_t, std::size_t>> values_of_;  // forks with and without
  std::size_t without_ = 0;
  CreatorId last_creator_ = 0;
};

/// 1, 2, 5, 10, 20, 50, ... below `rounds`, and `rounds`.
std::vector<std::uint32_t> horizons_up_to(std::uint32_t rounds) {
  std::vector<std::uint32_t> horizons;
  for (std::uint32_t ten = 1; ten < rounds; ten *= 10) {
    for (const std::uint32_t times : {1U, 2U, 5U}) {
      if (ten * times < rounds) horizons.push_back(ten * times);
    }
  }
  horizons.push_back(rounds);
  return horizons;
}

/// What each value had come to after some of the rounds, future by future.
class GainsByHorizon {
 public:
  GainsByHorizon(std::uint32_t rounds, std::size_t values)
      : horizons_(horizons_up_to(rounds)),
        gains_(horizons_.size(), std::vector<std::vector<double>>(values)) {}

  void add(const std::vector<std::vector<double>>& gains) {
    for (std::size_t h = 0; h < horizons_.size(); ++h) {
      for (std::size_t i = 0; i < gains.size(); ++i) gains_[h][i].push_back(gains[i][horizons_[h] - 1]);
    }
  }

  /// After all rounds, of one value.
  const std::vector<double>& whole(std::size_t value) const { return gains_.back()[value]; }

  std::vector<HorizonLines> lines(const std::vector<SuggestionValue>& values) const {
    std::vector<HorizonLines> lines;
    for (std::size_t h = 0; h < horizons_.size(); ++h)
      lines.push_back({horizons_[h], line_of(values, h, false), line_of(values, h, true)});
    return lines;
  }

 private:
  CalibrationLine line_of(const std::vector<SuggestionValue>& values, std::size_t h, bool only_chosen) const {
    std::vector<double> expected;
    std::vector<std::vector<double>> measured;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (only_chosen && !values[i].chosen) continue;
      expected.push_back(values[i].expected);
      measured.push_back(gains_[h][i]);
    }
    return expected.empty() ? CalibrationLine{} : calibration_line(expected, measured);
  }

  std::vector<std::uint32_t> horizons_;
  std::vector<std::vector<std::vector<double>>> gains_;  // horizon, value, future
};

}  // namespace

std::uint64_t rounds_of_suggestion_values(const ValueSettings& settings) {
  const std::uint64_t forks = 1 + std::uint64_t{settings.creators} * (1 + settings.alternatives);
  return forks * settings.futures * settings.rounds;
}

SuggestionValues suggestion_values(const RunMoment& moment, const ValueSettings& settings,
                                   const ValueControl& control) {
  Workers workers(control.threads);
  PlatformForks forks(moment.plan.simulation, moment.world, moment.cell.seed, moment.platform, workers,
                      control.played);
  const ForkPlan unchanged = unchanged_fork(moment, settings);
  const Prices prices = prices_of(moment, unchanged, forks);
  if (prices.creators.empty()) {
    throw Error(
        ErrorCode::invalid_argument,
        "fork value suggestions: nobody creates in the next round, so nothing can be suggested; fork at "
        "another round (--at)");
  }
  SuggestionValues result{.header = value_header(moment, settings),
                          .estimate_by = prices.by,
                          .values = values_to_measure(prices, moment.world.genres.size(), settings),
                          .horizons = {},
                          .choices = 0};
  const FutureForks of_future(prices, result.values, unchanged);
  GainsByHorizon by_horizon(settings.rounds, result.values.size());
  result.header.settings.futures = play_futures(settings.futures, [&](std::size_t f) {
    const auto outcomes = forks.play(of_future.plans(future_seed(moment.cell.seed, f)));
    by_horizon.add(of_future.gains(outcomes, settings.discount));
  });
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    result.values[i].measured = by_horizon.whole(i);
    hash = hash_values(result.values[i].measured, hash);
  }
  result.horizons = by_horizon.lines(result.values);
  result.choices = static_cast<std::size_t>(std::ranges::count_if(result.values, &SuggestionValue::chosen));
  result.header.result_hash = hash_text(hash);
  return result;
}

}  // namespace perennial
