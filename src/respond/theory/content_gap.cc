#include "respond/theory/content_gap.h"

#include <algorithm>
#include <cmath>

#include "respond/theory/ratio_sums.h"

namespace perennial {
namespace {

constexpr std::size_t fewest_creators_with_prospects = 25;

/// One creator, at present (first half of the periods) and later.
struct Prospect {
  double rate = 0;  ///< engagement per impression, by the users that choose
  double impressions = 0, now = 0, later = 0;
};

Prospect prospect_of(const CreatorPeriods& logs, std::size_t creator, double gamma) {
  Prospect prospect;
  const std::size_t half = (logs.periods + 1) / 2;
  double choosing = 0, weight = 1;
  for (std::size_t t = 0; t < half; ++t) {
    const auto& counts = logs.at(creator, t);
    prospect.impressions += counts.impressions;
    prospect.now += counts.engagement_second_half;
    choosing += counts.engagement_first_half;
  }
  for (std::size_t t = half; t < logs.periods; ++t) {
    weight *= gamma;
    prospect.later += weight * logs.at(creator, t).engagement_second_half;
  }
  if (prospect.impressions > 0) prospect.rate = choosing / prospect.impressions;
  return prospect;
}

/// Ratios over a group of creators.
struct GroupSums {
  RatioSums later_per_now, now_per_impression, all_per_impression;

  void add(const Prospect& p) {
    later_per_now.add(p.later, p.now);
    now_per_impression.add(p.now, p.impressions);
    all_per_impression.add(p.now + p.later, p.impressions);
  }
  bool defined() const { return later_per_now.defined() && later_per_now.numerator > 0; }
};

/// 1 - (1 + relative): turns "how much more follows" into "how much less".
Estimate turned(const Estimate& relative) {
  return {-relative.mean, relative.se, -relative.high, -relative.low, -relative.z, relative.p};
}

}  // namespace

std::optional<ContentGap> content_gap(const CreatorPeriods& logs, double gamma, double least_impressions) {
  if (logs.periods < 2) return std::nullopt;
  std::vector<Prospect> prospects;
  for (std::size_t c = 0; c < logs.creators(); ++c) {
    const auto prospect = prospect_of(logs, c, gamma);
    if (prospect.impressions >= least_impressions) prospects.push_back(prospect);
  }
  if (prospects.size() < fewest_creators_with_prospects) return std::nullopt;
  std::stable_sort(prospects.begin(), prospects.end(),
                   [](const Prospect& a, const Prospect& b) { return a.rate > b.rate; });
  GroupSums best, rest;
  for (std::size_t i = 0; i < prospects.size(); ++i)
    (i < prospects.size() / 5 ? best : rest).add(prospects[i]);
  if (!best.defined() || !rest.defined()) return std::nullopt;
  return ContentGap{turned(relative_difference(best.later_per_now, rest.later_per_now)),
                    relative_difference(best.now_per_impression, rest.now_per_impression),
                    relative_difference(best.all_per_impression, rest.all_per_impression), prospects.size()};
}

}  // namespace perennial
