#include "respond/theory/within_creators.h"

#include <Eigen/Dense>
#include <cmath>

#include "respond/statistics/quantile.h"

namespace perennial {
namespace {

constexpr std::size_t fewest_creators_with_moments = 30;
constexpr std::size_t fewest_periods = 4;
constexpr double least_determinant = 1e-8;  // of the regressors' correlation with their instruments

using Pair = Eigen::Vector2d;  // engagement received, posts made

/// A creator's series from the period it enters in; `posts` is one period ahead of `before`.
struct Series {
  std::size_t first = 0;
  std::vector<Pair> before;
  std::vector<double> posts;
  double engagement_at_first = 0;
};

std::optional<Series> series_of(const CreatorPeriods& logs, std::size_t creator) {
  Series series;
  const auto idle = [&](const PeriodCounts& counts) { return counts.posts == 0 && counts.engagement() == 0; };
  while (series.first < logs.periods && idle(logs.at(creator, series.first))) ++series.first;
  if (series.first + fewest_periods > logs.periods) return std::nullopt;
  for (std::size_t t = series.first; t + 1 < logs.periods; ++t) {
    const auto& counts = logs.at(creator, t);
    series.before.emplace_back(counts.engagement(), counts.posts);
    series.posts.push_back(logs.at(creator, t + 1).posts);
  }
  series.engagement_at_first = series.before.front()[0];
  return series;
}

/// Takes each period's mean over creators out.
void remove_period_means(std::vector<Series>& all, std::size_t periods) {
  std::vector<Pair> before(periods, Pair::Zero());
  std::vector<double> posts(periods), creators(periods);
  for (const auto& series : all) {
    for (std::size_t s = 0; s < series.posts.size(); ++s) {
      before[series.first + s] += series.before[s];
      posts[series.first + s] += series.posts[s];
      creators[series.first + s] += 1;
    }
  }
  for (auto& series : all) {
    for (std::size_t s = 0; s < series.posts.size(); ++s) {
      const std::size_t t = series.first + s;
      series.before[s] -= before[t] / creators[t];
      series.posts[s] -= posts[t] / creators[t];
    }
  }
}

/// One creator's sums: instruments by regressors, and instruments by outcome.
struct Moment {
  Eigen::Matrix2d regressors = Eigen::Matrix2d::Zero();
  Pair outcome = Pair::Zero();
};

Moment moment_of(const Series& series) {
  Moment moment;
  const std::size_t n = series.posts.size();
  for (std::size_t s = 1; s + 1 < n; ++s) {
    Pair past = Pair::Zero(), future = Pair::Zero();
    double future_posts = 0;
    for (std::size_t r = 0; r < s; ++r) past += series.before[r];
    for (std::size_t r = s + 1; r < n; ++r) {
      future += series.before[r];
      future_posts += series.posts[r];
    }
    const double ahead = static_cast<double>(n - 1 - s);
    const Pair instruments = series.before[s] - past / static_cast<double>(s);
    const double weight = ahead / (ahead + 1);  // the square of the deviations' factor; enters once
    moment.regressors += weight * instruments * (series.before[s] - future / ahead).transpose();
    moment.outcome += weight * instruments * (series.posts[s] - future_posts / ahead);
  }
  return moment;
}

/// Extra posts per unit of engagement, over the creators whose moments these are.
std::optional<Estimate> posts_per_engagement(const std::vector<Moment>& moments) {
  if (moments.size() < fewest_creators_with_moments) return std::nullopt;
  Moment sum;
  for (const auto& moment : moments) {
    sum.regressors += moment.regressors;
    sum.outcome += moment.outcome;
  }
  const double scale = sum.regressors(0, 0) * sum.regressors(1, 1);
  if (!(sum.regressors(0, 0) > 0)) return std::nullopt;
  Eigen::Matrix2d inverse = Eigen::Matrix2d::Zero();
  if (sum.regressors(1, 1) == 0 && sum.regressors(0, 1) == 0) {
    inverse(0, 0) = 1 / sum.regressors(0, 0);  // posts never vary before the last period
  } else if (std::abs(sum.regressors.determinant()) <= least_determinant * std::abs(scale)) {
    return std::nullopt;
  } else {
    inverse = sum.regressors.inverse();
  }
  const Pair slopes = inverse * sum.outcome;
  double variance = 0;
  for (const auto& moment : moments) {
    const double influence = (inverse * (moment.outcome - moment.regressors * slopes))[0];
    variance += influence * influence;
  }
  const double n = static_cast<double>(moments.size());
  return normal_estimate(slopes[0], std::sqrt(variance * n / (n - 1)));
}

void add_groups(CreatorResponse& response, const std::vector<double>& engagement_at_first,
                const std::vector<Moment>& moments) {
  const double middle = quantile(engagement_at_first, .5);
  std::vector<Moment> low, high;
  for (std::size_t c = 0; c < moments.size(); ++c)
    (engagement_at_first[c] <= middle ? low : high).push_back(moments[c]);
  const auto low_effect = posts_per_engagement(low), high_effect = posts_per_engagement(high);
  if (!low_effect || !high_effect) return;
  response.groups = {{"creators engaged with less at first", low.size(), *low_effect},
                     {"creators engaged with more at first", high.size(), *high_effect}};
  response.difference =
      normal_estimate(high_effect->mean - low_effect->mean, std::hypot(low_effect->se, high_effect->se));
  response.difference_p = response.difference->p;
}

}  // namespace

std::optional<CreatorResponse> within_creators_response(const CreatorPeriods& logs) {
  std::vector<Series> all;
  std::vector<double> engagement_at_first;
  double posts = 0, engagement = 0;
  for (std::size_t c = 0; c < logs.creators(); ++c) {
    auto series = series_of(logs, c);
    if (!series) continue;
    for (const auto& before : series->before) {
      engagement += before[0];
      posts += before[1];
    }
    engagement_at_first.push_back(series->engagement_at_first);
    all.push_back(std::move(*series));
  }
  if (posts == 0 || engagement == 0) return std::nullopt;
  remove_period_means(all, logs.periods);
  std::vector<Moment> moments;
  moments.reserve(all.size());
  for (const auto& series : all) moments.push_back(moment_of(series));
  const auto effect = posts_per_engagement(moments);
  if (!effect) return std::nullopt;

  CreatorResponse response;
  response.evidence = ResponseEvidence::within_creators;
  response.effect = *effect;
  response.relative = normal_estimate(effect->mean * engagement / posts, effect->se * engagement / posts);
  response.posts_per_engagement = *effect;
  response.engagement_per_post = engagement / posts;
  response.creators = all.size();
  add_groups(response, engagement_at_first, moments);
  return response;
}

}  // namespace perennial
