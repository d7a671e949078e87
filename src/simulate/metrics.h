#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace perennial {

/// What is measured every round. Order = columns of rounds.parquet.
enum class Metric : std::size_t {
  clicks,       ///< welfare of the round
  impressions,  ///< items shown
  cumulative_clicks,
  discounted_value,        ///< sum over rounds s <= t of gamma^(s-1) clicks_s
  content_diversity_bits,  ///< entropy of the genres of all items made so far
  active_creators,         ///< made an item this round
  creators_present,        ///< have not left
  active_users,
  genres_per_creator,  ///< distinct genres made since round 1, mean over creators who made any
  follow_rate,         ///< share of this round's suggestions that were followed; 0 if there were none
  mean_trust,          ///< true trust, creators present
  exposure_gini,       ///< of impressions so far, over all creators
  click_gini,          ///< of clicks so far, over all creators
  min_exposure_share,  ///< MMF@k: least share of impressions, over creators with a candidate, x their number
  match_rate,          ///< share of this round's impressions in one of the user's interests
  coverage,            ///< share of this round's candidates shown to anybody
  user_satisfaction,   ///< share of slate clicked, mean over active users
  worst_decile_satisfaction,  ///< the same, mean over the least satisfied tenth (at least one user)
};

inline constexpr std::size_t metric_count = 18;
using RoundMetrics = std::array<double, metric_count>;

inline double& at(RoundMetrics& m, Metric which) {
  return m[static_cast<std::size_t>(which)];
}
inline double at(const RoundMetrics& m, Metric which) {
  return m[static_cast<std::size_t>(which)];
}

/// snake_case, as in rounds.parquet and summary.json.
std::string_view name_of(Metric which);
/// One line for people: "Clicks per round".
std::string_view title_of(Metric which);

}  // namespace perennial
