#include "report/fork_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "report/curves.h"
#include "report/frame.h"
#include "report/page.h"
#include "report/words.h"
#include "study/interval.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_points = 300;
constexpr std::size_t most_past = 3;  // times as many rounds of the past as of the paths are drawn
constexpr std::size_t shown_creators = 6;

std::string band_words(const ForkedPaths& forked) {
  const std::size_t futures = forked.paths.seeds.size();
  if (futures < 2)
    return "One future was played, the run's own coins, so there are no intervals: another future may say "
           "otherwise (`--futures`).";
  return fmt::format("Lines are means over {}, bands their 95% confidence intervals.",
                     count_words(futures, "future"));
}

/// One value per future and round.
using Rows = std::vector<std::vector<double>>;

Json line_json(std::size_t series, const Rows& by_future, const std::vector<std::size_t>& drawn) {
  Json mean = Json::array(), low = Json::array(), high = Json::array();
  std::vector<double> values(by_future.size());
  for (const std::size_t i : drawn) {
    for (std::size_t f = 0; f < values.size(); ++f) values[f] = by_future[f][i];
    const Interval point = interval_of(values);
    mean.push_back(rounded(point.mean));
    low.push_back(rounded(point.low));
    high.push_back(rounded(point.high));
  }
  return {{"series", series}, {"mean", mean}, {"low", low}, {"high", high}};
}

/// The mean of each value and up to `window` - 1 before it: what came before a fork is the same on all paths.
std::vector<double> looking_back(const std::vector<double>& values, std::size_t window) {
  std::vector<double> means(values.size());
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += values[i];
    if (i >= window) sum -= values[i - window];
    means[i] = sum / static_cast<double>(std::min(i + 1, window));
  }
  return means;
}

/// Clicks of every round, past and path, smoothed; one row per future.
Rows clicks_of(const ForkedPaths& forked, const ComparedPolicy& path, std::size_t window) {
  Rows rows;
  for (const RunResult& run : path.runs) {
    std::vector<double> clicks;
    for (const RoundMetrics& metrics : forked.past) clicks.push_back(at(metrics, Metric::clicks));
    for (const RoundMetrics& metrics : run.rounds) clicks.push_back(at(metrics, Metric::clicks));
    rows.push_back(looking_back(clicks, window));
  }
  return rows;
}

Json clicks_view(const ForkedPaths& forked, const std::string& name, std::size_t window) {
  const std::size_t after = forked.paths.rounds, all = forked.past.size() + after;
  const std::size_t first = all - std::min(all, (most_past + 1) * after);
  auto drawn = drawn_rounds(all - first, most_points);
  for (std::size_t& round : drawn) round += first;
  Json x = Json::array(), lines = Json::array();
  for (const std::size_t round : drawn) x.push_back(round + 1);
  for (std::size_t i = 0; i < forked.paths.policies.size(); ++i)
    lines.push_back(line_json(i, clicks_of(forked, forked.paths.policies[i], window), drawn));
  return {{"name", name}, {"x", x}, {"lines", lines}};
}

/// Per future, what a path has drawn more than the base path so far; from 0 at the fork.
Rows gains_of(const ComparedPolicy& path, const ComparedPolicy& base) {
  Rows rows;
  for (std::size_t f = 0; f < path.runs.size(); ++f) {
    std::vector<double> gains = {0};
    for (std::size_t i = 0; i < path.runs[f].rounds.size(); ++i)
      gains.push_back(at(path.runs[f].rounds[i], Metric::cumulative_clicks) -
                      at(base.runs[f].rounds[i], Metric::cumulative_clicks));
    rows.push_back(std::move(gains));
  }
  return rows;
}

struct MetricColumn {
  Metric metric;
  const char* title;
  const char* help;
};

constexpr std::array metric_columns = {
    MetricColumn{Metric::clicks, "Clicks", "per round"},
    MetricColumn{Metric::cumulative_clicks, "Clicks", "since the fork"},
    MetricColumn{Metric::discounted_value, "Discounted clicks", "since the fork"},
    MetricColumn{Metric::creators_present, "Creators present", "mean"},
    MetricColumn{Metric::active_creators, "Items made", "per round"},
    MetricColumn{Metric::content_diversity_bits, "Content diversity", "bits, at the end"},
    MetricColumn{Metric::exposure_gini, "Exposure Gini", "at the end"},
    MetricColumn{Metric::match_rate, "Match rate", "of impressions"},
    MetricColumn{Metric::mean_trust, "Mean trust", "true"},
};

/// The mean, below it how much more that is than on the base path.
Json metric_cell(const ForkedPaths& forked, std::size_t path, std::size_t base, Metric metric) {
  const auto& policies = forked.paths.policies;
  const auto values = seed_values(policies[path], metric);
  std::string under;
  if (path != base) {
    const auto d = paired_difference(values, seed_values(policies[base], metric));
    under = signed_words(d.mean);
    if (values.size() > 1) under += fmt::format(" ({})", signed_range_words(d));
  }
  return cell_json(number_words(interval_of(values).mean), under);
}

/// One creator on two paths, since the fork.
struct CreatorChange {
  CreatorId creator;
  Interval clicks_on_base, clicks, difference, items;
};

/// Those who were there when it forked.
std::vector<CreatorChange> changes(const ComparedPolicy& path, const ComparedPolicy& base, std::uint32_t at) {
  std::vector<CreatorChange> all;
  const auto& first = path.runs.front().creators;
  for (std::size_t c = 0; c < first.size() && first[c].joined <= at; ++c) {
    std::vector<double> own, other, items;
    for (std::size_t f = 0; f < path.runs.size(); ++f) {
      own.push_back(static_cast<double>(path.runs[f].creators[c].clicks));
      other.push_back(static_cast<double>(base.runs[f].creators[c].clicks));
      items.push_back(static_cast<double>(path.runs[f].creators[c].items) -
                      static_cast<double>(base.runs[f].creators[c].items));
    }
    all.push_back({first[c].creator, interval_of(other), interval_of(own), paired_difference(own, other),
                   interval_of(items)});
  }
  return all;
}

Json creator_row(const CreatorChange& change, bool has_interval) {
  return {{"name", fmt::format("creator {}", change.creator)},
          {"cells",
           {cell_json(number_words(change.clicks_on_base.mean)), cell_json(number_words(change.clicks.mean)),
            cell_json(signed_words(change.difference.mean),
                      has_interval ? signed_range_words(change.difference) : ""),
            cell_json(signed_words(change.items.mean))}}};
}

std::string gained_words(const std::vector<CreatorChange>& all) {
  double gained = 0, lost = 0;
  std::size_t gainers = 0, losers = 0;
  for (const CreatorChange& change : all) {
    const double d = change.difference.mean;
    gainers += d > 0 ? 1 : 0;
    losers += d < 0 ? 1 : 0;
    (d > 0 ? gained : lost) += d;
  }
  return fmt::format(
      "Of {} who were there at the fork, {} draw more clicks here ({} together) and {} fewer ({}).",
      count_words(all.size(), "creator"), gainers, signed_words(gained), losers, signed_words(lost));
}

Json genre_plot(const ForkedPaths& forked, const char* title, std::vector<double> GenreTotals::*field) {
  Json bars = Json::array();
  for (std::size_t path = 0; path < forked.totals.size(); ++path) {
    Json values = Json::array();
    for (std::size_t g = 0; g < forked.paths.genres.size(); ++g) {
      std::vector<double> per_round;
      for (const GenreTotals& totals : forked.totals[path])
        per_round.push_back((totals.*field)[g] / forked.paths.rounds);
      const Interval mean = interval_of(per_round);
      values.push_back(whisker_json(mean.mean, mean.low, mean.high));
    }
    bars.push_back({{"series", path}, {"values", values}});
  }
  return {{"title", title},
          {"note", ""},
          {"category_title", "genre"},
          {"categories", forked.paths.genres},
          {"bars", bars}};
}

}  // namespace

Json fork_clicks_block(const ForkedPaths& forked) {
  const std::size_t window = smoothing_window(forked.past.size() + forked.paths.rounds);
  Json views = Json::array();
  if (window > 1)
    views.push_back(clicks_view(forked, fmt::format("Mean of the last {} rounds", window), window));
  views.push_back(clicks_view(forked, "Round by round", 1));
  return {{"kind", "curves"},
          {"title", "Clicks per round"},
          {"note", fmt::format("Up to round {} all paths are the run itself, under {}; there they part. {}",
                               forked.at, forked.run_policy, band_words(forked))},
          {"x_title", "Round"},
          {"y_title", "Clicks of all users in a round"},
          {"views", views}};
}

Json fork_gains_block(const ForkedPaths& forked, std::size_t base) {
  const auto& policies = forked.paths.policies;
  if (policies.size() < 2) return nullptr;
  const auto drawn = drawn_rounds(forked.paths.rounds + std::size_t{1}, most_points);
  Json x = Json::array(), lines = Json::array();
  for (const std::size_t i : drawn) x.push_back(forked.at + i);
  for (std::size_t i = 0; i < policies.size(); ++i) {
    if (i != base) lines.push_back(line_json(i, gains_of(policies[i], policies[base]), drawn));
  }
  return {{"kind", "curves"},
          {"title", fmt::format("Clicks more than under {}, added up", policies[base].shown())},
          {"note", fmt::format("Since round {}, paired by future: both paths meet the same coins. {}",
                               forked.at, band_words(forked))},
          {"x_title", "Round"},
          {"y_title", "Clicks gained since the fork"},
          {"views", {{{"name", ""}, {"x", x}, {"lines", lines}}}}};
}

Json fork_metrics_table(const ForkedPaths& forked, std::size_t base) {
  Json columns = {{{"title", "Path"}, {"help", ""}}}, rows = Json::array();
  for (const MetricColumn& column : metric_columns)
    columns.push_back({{"title", column.title}, {"help", column.help}});
  for (std::size_t i = 0; i < forked.paths.policies.size(); ++i) {
    Json cells = Json::array();
    for (const MetricColumn& column : metric_columns)
      cells.push_back(metric_cell(forked, i, base, column.metric));
    rows.push_back({{"series", i}, {"cells", cells}});
  }
  const bool several = forked.paths.seeds.size() > 1;
  return {{"kind", "table"},
          {"title", "The paths in numbers"},
          {"note",
           fmt::format("Rounds {} to {}. Below each number how much more it is than under {}{}.",
                       forked.at + 1, forked.at + forked.paths.rounds, forked.paths.policies[base].shown(),
                       several ? ", with its 95% interval over futures" : "; one future, no interval")},
          {"columns", columns},
          {"rows", rows}};
}

Json fork_creators_table_block(const ForkedPaths& forked, std::size_t base, std::size_t path) {
  const auto& policies = forked.paths.policies;
  auto all = changes(policies[path], policies[base], forked.at);
  const std::string note = gained_words(all);
  std::ranges::stable_sort(all, [](const CreatorChange& a, const CreatorChange& b) {
    return a.difference.mean > b.difference.mean;
  });
  const bool has_interval = forked.paths.seeds.size() > 1;
  Json rows = Json::array();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool gains = i < shown_creators && all[i].difference.mean > 0;
    const bool loses = i + shown_creators >= all.size() && all[i].difference.mean < 0;
    if (gains || loses) rows.push_back(creator_row(all[i], has_interval));
  }
  if (rows.empty()) return nullptr;
  return {
      {"kind", "table"},
      {"title", fmt::format("Who gained and who lost under {}", policies[path].shown())},
      {"note", fmt::format("{} The most of both; all are in `creators.parquet`.{}", note,
                           has_interval ? " The largest of many differences are flattered by chance." : "")},
      {"columns",
       {{{"title", "Creator"}, {"help", ""}},
        {{"title", fmt::format("Clicks under {}", policies[base].shown())}, {"help", "since the fork"}},
        {{"title", fmt::format("Clicks under {}", policies[path].shown())}, {"help", "since the fork"}},
        {{"title", "Difference"}, {"help", "paired by future"}},
        {{"title", "Items"}, {"help", "more or fewer"}}}},
      {"rows", rows}};
}

Json fork_genres_block(const ForkedPaths& forked) {
  return {{"kind", "bars"},
          {"title", "What was made, and what drew clicks"},
          {"note", "Since the fork, by genre, per round."},
          {"value_title", "per round"},
          {"across", true},
          {"plots",
           {genre_plot(forked, "Items made", &GenreTotals::items),
            genre_plot(forked, "Clicks", &GenreTotals::clicks)}}};
}

}  // namespace perennial
