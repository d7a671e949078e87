#include "base/random.h"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>

#include "base/check.h"

namespace perennial {
namespace {

double to_unit(std::uint32_t high, std::uint32_t low) {
  const auto word = (std::uint64_t{high} << 32) | low;
  return static_cast<double>(word >> 11) * 0x1.0p-53;
}

}  // namespace

std::array<std::uint32_t, 4> Draws::bits(std::uint32_t entity, std::uint32_t index,
                                         std::uint32_t lane) const {
  const r123::Philox4x32_R<10>::ctr_type counter = {
      {entity, round_, index, (static_cast<std::uint32_t>(purpose_) << 24) | (lane & 0xFFFFFFu)}};
  const r123::Philox4x32_R<10>::key_type key = {
      {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
  const auto words = r123::Philox4x32_R<10>()(counter, key);
  return {words[0], words[1], words[2], words[3]};
}

double Draws::uniform(std::uint32_t entity, std::uint32_t index, std::uint32_t lane) const {
  const auto words = bits(entity, index, lane);
  return to_unit(words[0], words[1]);
}

bool Draws::coin(double p, std::uint32_t entity, std::uint32_t index, std::uint32_t lane) const {
  return uniform(entity, index, lane) < p;
}

std::uint32_t Draws::below(std::uint32_t n, std::uint32_t entity, std::uint32_t index,
                           std::uint32_t lane) const {
  check(n > 0, "below() needs a positive n");
  return static_cast<std::uint32_t>(uniform(entity, index, lane) * n);
}

double Draws::normal(std::uint32_t entity, std::uint32_t index, std::uint32_t lane) const {
  const auto words = bits(entity, index, lane);
  const double radius = std::sqrt(-2.0 * std::log1p(-to_unit(words[0], words[1])));
  return radius * std::cos(2.0 * std::numbers::pi * to_unit(words[2], words[3]));
}

std::size_t Draws::pick(std::span<const double> weights, std::uint32_t entity, std::uint32_t index,
                        std::uint32_t lane) const {
  return pick_at(weights, uniform(entity, index, lane));
}

std::size_t pick_at(std::span<const double> weights, double u) {
  double total = 0;
  for (const double w : weights) total += w;
  check(total > 0, "pick() needs a positive weight");
  const double target = u * total;
  double sum = 0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0) continue;
    sum += weights[i];
    last = i;
    if (target < sum) return i;
  }
  return last;
}

}  // namespace perennial
