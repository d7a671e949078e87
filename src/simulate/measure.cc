#include "simulate/measure.h"

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

double share(double part, double whole) {
  return whole > 0 ? part / whole : 0.0;
}

double genres_per_creator(const CreatorRecords& records) {
  double genres = 0, creators = 0;
  for (std::size_t c = 0; c < records.size(); ++c) {
    if (records.items_made(static_cast<CreatorId>(c)) == 0) continue;
    ++creators;
    for (std::size_t g = 0; g < records.genres(); ++g) {
      genres += records.made(static_cast<CreatorId>(c), static_cast<GenreId>(g)) > 0 ? 1 : 0;
    }
  }
  return share(genres, creators);
}

void measure_creators(const Ecosystem& e, RoundMetrics& m) {
  double present = 0, trust = 0;
  for (std::size_t c = 0; c < e.creators.size(); ++c) {
    if (!e.creators.present(static_cast<CreatorId>(c))) continue;
    ++present;
    trust += e.creators.trust[c];
  }
  std::vector<double> exposure, clicks;
  for (const auto& creator : e.tables.creator) {
    exposure.push_back(creator.shown);
    clicks.push_back(creator.clicked);
  }
  double asked = 0, followed = 0;
  for (std::size_t i = 0; i < e.log.suggested.size(); ++i) {
    asked += e.log.suggested[i] != no_genre ? 1 : 0;
    followed += e.log.followed[i];
  }
  at(m, Metric::active_creators) = static_cast<double>(e.log.active_creators.size());
  at(m, Metric::creators_present) = present;
  at(m, Metric::mean_trust) = share(trust, present);
  at(m, Metric::genres_per_creator) = genres_per_creator(e.records);
  at(m, Metric::follow_rate) = share(followed, asked);
  at(m, Metric::exposure_gini) = gini(std::move(exposure));
  at(m, Metric::click_gini) = gini(std::move(clicks));
}

/// What this round's slates did to items and creators.
void measure_slates(const Ecosystem& e, RoundMetrics& m) {
  std::vector<double> per_creator(e.creators.size(), -1.0);  // -1: nothing to show
  std::vector<std::uint8_t> seen(e.candidates.size(), 0);
  for (const ItemId item : e.candidates) per_creator[e.items.creator[item]] = 0;
  double impressions = 0, matches = 0;
  for (std::size_t row = 0; row < e.log.shown.rows(); ++row) {
    const auto interests = e.world.users.interests[e.log.active_users[row]];
    for (const ItemId item : e.log.shown.row(row)) {
      if (item == no_item) break;
      ++impressions;
      ++per_creator[e.items.creator[item]];
      seen[item - e.candidates.front()] = 1;
      matches += std::binary_search(interests.begin(), interests.end(), e.items.genre[item]) ? 1 : 0;
    }
  }
  double showable = 0, least = impressions;
  for (const double shown : per_creator) {
    if (shown < 0) continue;
    ++showable;
    least = std::min(least, shown);
  }
  at(m, Metric::impressions) = impressions;
  at(m, Metric::match_rate) = share(matches, impressions);
  at(m, Metric::coverage) =
      share(static_cast<double>(std::count(seen.begin(), seen.end(), 1)), static_cast<double>(seen.size()));
  at(m, Metric::min_exposure_share) = share(least * showable, impressions);
}

void measure_users(const Ecosystem& e, RoundMetrics& m) {
  const std::size_t width = e.log.shown.width;
  std::vector<double> satisfaction(e.log.active_users.size());
  double clicks = 0, total = 0;
  for (std::size_t row = 0; row < satisfaction.size(); ++row) {
    double own = 0;
    for (std::size_t place = 0; place < width; ++place) own += e.log.clicked[row * width + place];
    clicks += own;
    satisfaction[row] = own / static_cast<double>(width);
    total += satisfaction[row];
  }
  const std::size_t worst = std::min(satisfaction.size(), std::max<std::size_t>(1, satisfaction.size() / 10));
  std::nth_element(satisfaction.begin(), satisfaction.begin() + static_cast<std::ptrdiff_t>(worst),
                   satisfaction.end());
  std::sort(satisfaction.begin(), satisfaction.begin() + static_cast<std::ptrdiff_t>(worst));
  double least = 0;
  for (std::size_t i = 0; i < worst; ++i) least += satisfaction[i];
  at(m, Metric::clicks) = clicks;
  at(m, Metric::active_users) = static_cast<double>(satisfaction.size());
  at(m, Metric::user_satisfaction) = share(total, static_cast<double>(satisfaction.size()));
  at(m, Metric::worst_decile_satisfaction) = share(least, static_cast<double>(worst));
}

}  // namespace

double gini(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  double sum = 0, weighted = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += values[i];
    weighted += static_cast<double>(i + 1) * values[i];
  }
  const auto n = static_cast<double>(values.size());
  return sum > 0 ? std::max(0.0, 2 * weighted / (n * sum) - (n + 1) / n) : 0.0;
}

double entropy_bits(std::span<const std::uint32_t> counts) {
  double total = 0, bits = 0;
  for (const auto count : counts) total += count;
  for (const auto count : counts) {
    if (count > 0) bits -= count / total * std::log2(count / total);
  }
  return bits;
}

RoundMetrics measure(const Ecosystem& e) {
  RoundMetrics m{};
  at(m, Metric::cumulative_clicks) = static_cast<double>(e.cumulative_clicks);
  at(m, Metric::discounted_value) = e.discounted_value;
  at(m, Metric::content_diversity_bits) = entropy_bits(e.tables.made);
  measure_creators(e, m);
  measure_slates(e, m);
  measure_users(e, m);
  return m;
}

}  // namespace perennial
