#include "platform/suggest/click_rates.h"

#include <algorithm>

namespace perennial {
namespace {

/// Per genre, towards 1 / 4 as if four impressions, or four users, had said so before.
std::vector<double> overall_rates(const PlatformTables& tables, std::size_t users, double smoothing,
                                  GenreRate overall) {
  const std::size_t genres = tables.genres;
  std::vector<double> clicked(genres, 1.0), shown(genres, 4.0);
  for (std::size_t i = 0; i < users * genres; ++i) {
    const auto& own = tables.user_genre[i];
    const double each = overall == GenreRate::of_users ? 1 / (own.shown + smoothing) : 1;
    clicked[i % genres] += each * own.clicked;
    shown[i % genres] += each * own.shown;
  }
  for (std::size_t g = 0; g < genres; ++g) clicked[g] /= shown[g];
  return clicked;
}

}  // namespace

std::vector<double> click_rates(const PlatformTables& tables, std::size_t users, double smoothing,
                                GenreRate overall) {
  const auto genre_rates = overall_rates(tables, users, smoothing, overall);
  std::vector<double> rates(users * tables.genres);
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const auto& own = tables.user_genre[i];
    rates[i] = (own.clicked + smoothing * genre_rates[i % tables.genres]) / (own.shown + smoothing);
  }
  return rates;
}

double arrival_rate(const PlatformTables& tables, std::size_t users, std::size_t slate, std::uint32_t round) {
  if (round <= 1) return 0.5;
  const double visits =
      static_cast<double>(tables.all.shown) / static_cast<double>(slate * users) / (round - 1.0);
  return std::clamp(visits, 0.01, 1.0);
}

}  // namespace perennial
