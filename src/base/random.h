#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace perennial {

/// What a draw is for. The number is part of the address: never renumber, only append.
enum class Purpose : std::uint8_t {
  world = 1,  ///< generating a world, sampling users and creators of an imported one
  user_arrival = 2,
  creator_arrival = 3,
  trust = 4,     ///< initial trust
  follow = 5,    ///< does a creator follow the suggestion
  creation = 6,  ///< what a creator makes when it decides alone
  quality = 7,   ///< noise of an item's quality
  click = 8,
  suggestion = 9,    ///< choices of a suggestion policy
  ranking = 10,      ///< tie breaking and random rankers
  training = 11,     ///< initial weights, shuffles, negative samples
  join = 12,         ///< newcomers: how many, who
  comeback = 13,     ///< does a newcomer return after its first item
  history = 14,      ///< the interactions a ranker is seeded with
  sensitivity = 15,  ///< a creator's response to engagement
  rerank = 16,
  policy_training = 17,  ///< initial weights of a suggestion policy
  response_fit = 18,     ///< rows put aside to stop training by, folds, batches of a network
  evaluation = 19,       ///< random halves of the creators that a score is evaluated on
  placebo = 20,          ///< who counts as treated in a fit where nobody was
  retry = 21,            ///< how long to wait before a question is sent again
};

/// Draws addressed by (seed, purpose, round, entity, index): pure functions of the address, so every arm of a study
/// shares the coins it can share and results do not depend on threads or call order.
///
/// Philox4x32-10 (Salmon et al., SC 2011; Random123). The address is placed, not hashed: the seed is the key; the
/// counter's words are entity, round, index, and purpose (8 bits) with the lane (24 bits), which tells apart several
/// draws made at the same address.
class Draws {
 public:
  Draws(std::uint64_t seed, Purpose purpose, std::uint32_t round = 0)
      : seed_(seed), purpose_(purpose), round_(round) {}

  /// Four independent 32-bit words at this address. Everything below is made of their first words.
  std::array<std::uint32_t, 4> bits(std::uint32_t entity, std::uint32_t index = 0,
                                    std::uint32_t lane = 0) const;

  /// Uniform in [0, 1), 53 random bits.
  double uniform(std::uint32_t entity, std::uint32_t index = 0, std::uint32_t lane = 0) const;

  /// True with probability p (never for p <= 0, always for p >= 1).
  bool coin(double p, std::uint32_t entity, std::uint32_t index = 0, std::uint32_t lane = 0) const;

  /// Uniform in {0, .., n-1}; n >= 1. Bias below n / 2^53.
  std::uint32_t below(std::uint32_t n, std::uint32_t entity, std::uint32_t index = 0,
                      std::uint32_t lane = 0) const;

  /// Standard normal, by Box and Muller.
  double normal(std::uint32_t entity, std::uint32_t index = 0, std::uint32_t lane = 0) const;

  /// The index of a weight, drawn in proportion; weights >= 0, at least one positive. Uses one uniform through the
  /// cumulative sum, so that arms with similar weights make similar choices.
  std::size_t pick(std::span<const double> weights, std::uint32_t entity, std::uint32_t index = 0,
                   std::uint32_t lane = 0) const;

  std::uint64_t seed() const { return seed_; }
  std::uint32_t round() const { return round_; }

 private:
  std::uint64_t seed_;
  Purpose purpose_;
  std::uint32_t round_;
};

/// The index of the weight under `u` times the total, u in [0, 1): inverse of the cumulative sum. The last positive
/// weight when rounding overshoots.
std::size_t pick_at(std::span<const double> weights, double u);

}  // namespace perennial
