#include "people/creators/activity_response.h"

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

constexpr std::uint32_t genre_lane = 1;

/// To mean 0 and variance 1; all 0 where they are alike.
void standardise(std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  double mean = 0, variance = 0;
  for (const double value : values) mean += value / count;
  for (const double value : values) variance += (value - mean) * (value - mean) / count;
  const double scale = variance > 1e-12 ? 1 / std::sqrt(variance) : 0;
  for (double& value : values) value = (value - mean) * scale;
}

}  // namespace

Fields ActivityResponse::fields() {
  Fields fields;
  fields
      .real("sensitivity_mean", sensitivity_mean_, {-1, 1},
            "how much full engagement adds to the probability to create")
      .real("sensitivity_spread", sensitivity_spread_, {0, 1},
            "standard deviation of that over creators; both 0 = off")
      .real("explained", explained_, {0, 1},
            "share of its variance that follows a creator's home genre and number of past items")
      .real("half_saturation", half_saturation_, {0.001, 1e9},
            "clicks per round at which half of the effect is reached")
      .real("memory", memory_, {0, 0.999}, "share of past engagement still felt a round later");
  return fields;
}

double ActivityResponse::sensitivity(const Draws& draws, CreatorId creator, double visible) const {
  return sensitivity_mean_ + sensitivity_spread_ * (std::sqrt(explained_) * visible +
                                                    std::sqrt(1 - explained_) * draws.normal(creator));
}

std::vector<double> ActivityResponse::visible(const Draws& draws, const Creators& creators) const {
  if (explained_ == 0) return {};
  std::vector<double> homes, sizes;
  for (std::size_t c = 0; c < creators.size(); ++c) {
    const auto history = creators.history[c];
    const auto home = std::ranges::max_element(history, {}, &GenreCount::count);
    double items = 0;
    for (const auto& [genre, count] : history) items += count;
    homes.push_back(draws.normal(home->genre, 0, genre_lane));
    sizes.push_back(std::log(items));
  }
  standardise(homes);
  standardise(sizes);
  for (std::size_t c = 0; c < homes.size(); ++c) homes[c] += sizes[c];
  standardise(homes);
  return homes;
}

double ActivityResponse::activity(double base, double sensitivity, double engagement) const {
  return std::clamp(base + sensitivity * engagement / (engagement + half_saturation_), 0.0, 1.0);
}

double ActivityResponse::marginal(double sensitivity, double engagement) const {
  const double reach = engagement + half_saturation_;
  return sensitivity * half_saturation_ / (reach * reach);
}

}  // namespace perennial
