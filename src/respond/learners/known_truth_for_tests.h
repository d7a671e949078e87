#pragma once

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "base/random.h"
#include "respond/learners/training_data.h"
#include "respond/table/creator_table.h"

namespace perennial {

/// What a made-up experiment on creators is like.
struct KnownTruthOptions {
  std::size_t creators = 10000;
  std::size_t numbers = 8;  ///< numeric features; the first four matter
  double treated_share = 0.5;
  double relative_effect = 0.1;  ///< mean effect over mean outcome; 0: no effect for anybody
  double zero_share = 0.75;      ///< creators without a post, about
  double tail = 1.5;             ///< deviation of log posts of those who post: 1.5 gives a heavy tail
  double missing_share = 0.05;   ///< of every numeric feature
  std::uint64_t seed = 1;
};

/// An experiment whose truth is known: posts with many zeros and a heavy tail, numeric, boolean and categorical features
/// with missing values, and an effect that a few of the features decide.
struct KnownTruth {
  CreatorTable table;                 ///< outcome "posts"; ids "c0", "c1", ..
  std::vector<double> effect;         ///< true expected effect on posts
  std::vector<double> log_effect;     ///< the same on log1p(posts)
  std::vector<std::uint8_t> treated;  ///< the table's arms as 0 and 1
  double propensity = 0.5;

  std::vector<std::uint32_t> all_rows() const {
    std::vector<std::uint32_t> rows(table.size());
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
  }

  std::vector<double> log_outcome() const {
    std::vector<double> values = table.outcome("posts");
    for (double& value : values) value = std::log1p(value);
    return values;
  }
};

namespace known_truth {

/// Expected posts and log1p posts of a creator whose chance of a post is p, and log posts N(mu, tail^2) beyond it.
/// The second by 64 equally likely quantiles.
struct Expected {
  double posts = 0, log_posts = 0;
};

inline Expected expected(double chance, double mu, double tail) {
  Expected result{.posts = chance * std::exp(mu + tail * tail / 2)};
  constexpr int points = 64;
  // Quantiles of a normal by a logistic law of the same middle would bias the tail: bisection on erf is exact enough.
  static const std::vector<double> quantiles = [] {
    std::vector<double> all;
    for (int i = 0; i < points; ++i) {
      double low = -8, high = 8;
      for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (0.5 * std::erfc(-middle / std::sqrt(2.0)) < (i + 0.5) / points ? low : high) = middle;
      }
      all.push_back(low);
    }
    return all;
  }();
  for (const double z : quantiles) result.log_posts += std::log1p(std::exp(mu + tail * z));
  result.log_posts *= chance / points;
  return result;
}

}  // namespace known_truth

/// Features x0 .. (numeric), "verified" (boolean), "topic" (6 categories); x0 is a log audience, which decides most of the
/// outcome; the effect grows with x1, is stronger for verified creators and absent in two topics.
inline KnownTruth make_known_truth(
    const KnownTruthOptions& options,
    const std::filesystem::path& folder = std::filesystem::temp_directory_path()) {
  const Draws draws(options.seed, Purpose::world);
  KnownTruth truth;
  truth.propensity = options.treated_share;
  auto& features = truth.table.schema.features;
  for (std::size_t i = 0; i < options.numbers; ++i)
    features.push_back({"x" + std::to_string(i), FeatureKind::numeric, {}});
  features.push_back({"verified", FeatureKind::boolean, {}});
  features.push_back(
      {"topic", FeatureKind::categorical, {"news", "music", "sports", "games", "food", "travel"}});
  truth.table.features.emplace(folder, features.size());
  truth.table.outcomes.push_back({"posts", {}});
  std::vector<float> row(features.size());
  const double base_log_odds = -std::log(options.zero_share / (1 - options.zero_share));
  for (std::uint32_t i = 0; i < options.creators; ++i) {
    std::vector<double> x(options.numbers);
    for (std::uint32_t j = 0; j < options.numbers; ++j) x[j] = draws.normal(i, j);
    const bool verified = draws.coin(0.3, i, 1000);
    const std::uint32_t topic = draws.below(6, i, 1001);
    const auto at = [&](std::size_t j) { return j < x.size() ? x[j] : 0; };
    const double log_odds = base_log_odds + 0.8 * at(0) + 0.4 * at(2) + (topic == 0 ? 0.5 : 0);
    const double mu = 0.5 + 0.5 * at(0) + 0.3 * std::tanh(at(3)) + (verified ? 0.3 : 0);
    // Between 0 and about 3, mean near 1.
    const double shape = topic >= 4 ? 0 : (1 / (1 + std::exp(-2 * at(1)))) * (verified ? 4.2 : 2.2);
    const double strength = options.relative_effect * shape;
    const double chance = 1 / (1 + std::exp(-log_odds));
    const double treated_chance = std::min(0.999, chance * (1 + strength / 2));
    const double treated_mu = mu + std::log1p(strength / 2);
    const auto without = known_truth::expected(chance, mu, options.tail);
    const auto with = known_truth::expected(treated_chance, treated_mu, options.tail);
    const bool treated = draws.coin(options.treated_share, i, 1002);
    const double size = std::exp((treated ? treated_mu : mu) + options.tail * draws.normal(i, 1003));
    const bool posts = draws.uniform(i, 1004) < (treated ? treated_chance : chance);
    truth.table.ids.add("c" + std::to_string(i));
    truth.table.arms.push_back(treated ? Arm::treatment : Arm::control);
    truth.table.outcomes[0].values.push_back(posts ? std::ceil(size) : 0);
    truth.treated.push_back(treated ? 1 : 0);
    truth.effect.push_back(with.posts - without.posts);
    truth.log_effect.push_back(with.log_posts - without.log_posts);
    for (std::uint32_t j = 0; j < options.numbers; ++j)
      row[j] = draws.coin(options.missing_share, i, 2000 + j) ? std::numeric_limits<float>::quiet_NaN()
                                                              : static_cast<float>(x[j]);
    row[options.numbers] = verified ? 1 : 0;
    row[options.numbers + 1] = static_cast<float>(topic);
    truth.table.features->append(row);
  }
  return truth;
}

}  // namespace perennial
