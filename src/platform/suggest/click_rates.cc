#include "platform/suggest/click_rates.h"

#include <algorithm>

namespace perennial {

std::vector<double> click_rates(const PlatformTables& tables, std::size_t users, double smoothing) {
  const std::size_t genres = tables.genres;
  std::vector<ShownClickedTotal> total(genres);
  for (std::size_t i = 0; i < users * genres; ++i) {
    total[i % genres].shown += tables.user_genre[i].shown;
    total[i % genres].clicked += tables.user_genre[i].clicked;
  }
  std::vector<double> rates(users * genres);
  for (std::size_t i = 0; i < rates.size(); ++i) {
    const auto& all = total[i % genres];
    const double prior = (static_cast<double>(all.clicked) + 1.0) / (static_cast<double>(all.shown) + 4.0);
    const auto& own = tables.user_genre[i];
    rates[i] = (own.clicked + smoothing * prior) / (own.shown + smoothing);
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
