#include "report/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "report/curves.h"
#include "report/page.h"
#include "report/words.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_panel_points = 120;  // small charts

/// Points of a curve in the wide chart: fewer where there are many policies, so that the page stays light.
std::size_t most_points(const Comparison& comparison) {
  return std::clamp<std::size_t>(4000 / comparison.policies.size(), 100, 400);
}

Json view_json(const Comparison& comparison, const std::string& name, Metric metric, std::size_t window,
               std::size_t most) {
  const auto drawn = drawn_rounds(comparison.rounds, most);
  Json x = Json::array();
  for (const std::size_t round : drawn) x.push_back(round + 1);
  Json lines = Json::array();
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    lines.push_back(line_json(i, curve_of(comparison.policies[i], metric, window, drawn)));
  }
  return {{"name", name}, {"x", x}, {"lines", lines}};
}

std::string band_words(const Comparison& comparison) {
  if (comparison.seeds.size() < 2) return "One seed was played, so there is no band.";
  return fmt::format("Lines are means over {}, bands their 95% confidence intervals.",
                     count_words(comparison.seeds.size(), "seed"));
}

std::string thinned_words(const Comparison& comparison) {
  const std::size_t most = most_points(comparison);
  if (comparison.rounds <= most) return "";
  return fmt::format(" {} of {} rounds are drawn.", most, whole_words(comparison.rounds));
}

struct Panel {
  Metric metric;
  bool smooth;  ///< moves a lot from round to round
  const char* note;
};

constexpr std::array panels = {
    Panel{Metric::creators_present, false, "Creators who have not left for good."},
    Panel{Metric::content_diversity_bits, false, "Entropy of the genres of all items made so far."},
    Panel{Metric::exposure_gini, false,
          "0: all creators were shown equally often so far; 1: one got everything."},
    Panel{Metric::genres_per_creator, false, "Distinct genres made so far, mean over creators."},
    Panel{Metric::user_satisfaction, true, "Clicks per item shown, mean over active users."},
    Panel{Metric::mean_trust, false, "Mean probability that a creator follows a suggestion."},
};

/// Shares of creators by number of distinct genres, from 1 to `most`, over all seeds together; makers of nothing left out.
std::vector<double> genre_shares(const ComparedPolicy& policy, std::size_t most) {
  std::vector<double> shares(most, 0);
  double creators = 0;
  for (const RunResult& run : policy.runs) {
    for (const CreatorOutcome& creator : run.creators) {
      if (creator.genres == 0) continue;
      shares[creator.genres - 1] += 1;
      creators += 1;
    }
  }
  for (double& share : shares) share = creators > 0 ? share / creators : 0;
  return shares;
}

std::size_t most_genres(const Comparison& comparison) {
  std::size_t most = 1;
  for (const ComparedPolicy& policy : comparison.policies) {
    for (const RunResult& run : policy.runs) {
      for (const CreatorOutcome& creator : run.creators) most = std::max<std::size_t>(most, creator.genres);
    }
  }
  return most;
}

Json differences_from(const Comparison& comparison, const ComparedPolicy& base) {
  const auto base_clicks = seed_values(base, Metric::clicks);
  std::vector<std::pair<std::size_t, Interval>> points;
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    if (&comparison.policies[i] == &base) continue;
    points.emplace_back(i,
                        paired_difference(seed_values(comparison.policies[i], Metric::clicks), base_clicks));
  }
  std::ranges::stable_sort(points,
                           [](const auto& a, const auto& b) { return a.second.mean > b.second.mean; });
  Json json = Json::array();
  for (const auto& [series, difference] : points) {
    json.push_back({{"series", series},
                    {"mean", rounded(difference.mean)},
                    {"low", rounded(difference.low)},
                    {"high", rounded(difference.high)}});
  }
  return json;
}

struct PhaseHelp {
  Phase phase;
  const char* help;
};

constexpr std::array phase_helps = {
    PhaseHelp{Phase::arrive, "who is active, who leaves"},
    PhaseHelp{Phase::suggest, "the policy suggests genres"},
    PhaseHelp{Phase::create, "creators decide and make items"},
    PhaseHelp{Phase::rank, "the recommender lists candidates"},
    PhaseHelp{Phase::rerank, "slates are filled, in the re-ranker's order if there is one"},
    PhaseHelp{Phase::respond, "users click or skip"},
    PhaseHelp{Phase::account, "clicks, trust and metrics move on"},
    PhaseHelp{Phase::learn, "recommender and policy learn"},
};

double seconds_per_round(const Comparison& comparison, const ComparedPolicy& policy, Phase phase) {
  double seconds = 0;
  for (const RunResult& run : policy.runs) seconds += run.seconds[static_cast<std::size_t>(phase)];
  return seconds / static_cast<double>(policy.runs.size() * comparison.rounds);
}

/// The unit in which the slowest policy's round is a number of two digits or so.
struct TimeUnit {
  const char* name;
  double per_second;
};

TimeUnit time_unit(const Comparison& comparison) {
  double slowest = 0;
  for (const ComparedPolicy& policy : comparison.policies) {
    double all = 0;
    for (const PhaseHelp& phase : phase_helps) all += seconds_per_round(comparison, policy, phase.phase);
    slowest = std::max(slowest, all);
  }
  if (slowest < 1e-3) return {"microseconds", 1e6};
  return slowest < 10 ? TimeUnit{"milliseconds", 1e3} : TimeUnit{"seconds", 1};
}

}  // namespace

nlohmann::ordered_json line_json(std::size_t series, const std::vector<Interval>& curve) {
  Json mean = Json::array(), low = Json::array(), high = Json::array();
  for (const Interval& point : curve) {
    mean.push_back(rounded(point.mean));
    low.push_back(rounded(point.low));
    high.push_back(rounded(point.high));
  }
  return {{"series", series}, {"mean", mean}, {"low", low}, {"high", high}};
}

Json clicks_block(const Comparison& comparison) {
  const std::size_t window = smoothing_window(comparison.rounds);
  Json views = Json::array();
  if (window > 1) {
    views.push_back(view_json(comparison, fmt::format("Moving average over {} rounds", window),
                              Metric::clicks, window, most_points(comparison)));
  }
  views.push_back(view_json(comparison, "Round by round", Metric::clicks, 1, most_points(comparison)));
  std::string note = band_words(comparison) + thinned_words(comparison);
  if (window > 1)
    note +=
        fmt::format(" The moving average takes the {} rounds around each round, fewer at both ends.", window);
  return {{"kind", "curves"},
          {"title", "Clicks per round"},
          {"note", note},
          {"x_title", "Round"},
          {"y_title", "Clicks of all users in a round"},
          {"views", views}};
}

Json differences_block(const Comparison& comparison) {
  if (comparison.seeds.size() < 2 || comparison.policies.size() < 2) return nullptr;
  Json groups = Json::array();
  for (const char* name : {"silent", "random"}) {
    const ComparedPolicy* base = find_policy(comparison, name);
    if (base == nullptr) continue;
    groups.push_back(
        {{"title", fmt::format("Against {}", name)}, {"points", differences_from(comparison, *base)}});
  }
  if (groups.empty()) return nullptr;
  return {{"kind", "intervals"},
          {"title", "How much more, and how sure"},
          {"note",
           fmt::format("Difference in clicks per round over the whole run, paired by seed ({}). Dot: mean. "
                       "Line: 95% confidence interval. A hollow dot means that the interval holds zero: the "
                       "difference may be chance.",
                       count_words(comparison.seeds.size(), "seed"))},
          {"x_title", "Difference in clicks per round"},
          {"groups", groups}};
}

Json genres_block(const Comparison& comparison) {
  const std::size_t most = most_genres(comparison);
  Json bins = Json::array(), plots = Json::array();
  for (std::size_t i = 1; i <= most; ++i) bins.push_back(std::to_string(i));
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    Json shares = Json::array();
    for (const double share : genre_shares(comparison.policies[i], most)) shares.push_back(rounded(share));
    const auto mean = interval_of(seed_values(comparison.policies[i], Metric::genres_per_creator)).mean;
    plots.push_back(
        {{"series", i}, {"shares", shares}, {"caption", fmt::format("Mean {} genres", number_words(mean))}});
  }
  return {
      {"kind", "histograms"},
      {"title", "Genres per creator"},
      {"note",
       fmt::format("In how many of the {} genres each creator made items during the run: share of creators "
                   "who made any ({}).",
                   comparison.genres.size(), count_words(comparison.seeds.size(), "seed"))},
      {"x_title", "Distinct genres"},
      {"y_title", "Share of creators"},
      {"bins", bins},
      {"plots", plots}};
}

Json platform_block(const Comparison& comparison) {
  const std::size_t window = smoothing_window(comparison.rounds);
  Json list = Json::array();
  for (const Panel& panel : panels) {
    const bool smooth = panel.smooth && window > 1;
    std::string note = panel.note;
    if (smooth) note += fmt::format(" Moving average over {} rounds.", window);
    list.push_back(
        {{"title", title_of(panel.metric)},
         {"note", note},
         {"x_title", "Round"},
         {"y_title", title_of(panel.metric)},
         {"view", view_json(comparison, "", panel.metric, smooth ? window : 1, most_panel_points)}});
  }
  return {{"kind", "panels"},
          {"title", "The platform over time"},
          {"note", band_words(comparison) + " Every other metric is in `rounds.parquet`."},
          {"panels", list}};
}

Json time_block(const Comparison& comparison) {
  const TimeUnit unit = time_unit(comparison);
  Json parts = Json::array(), bars = Json::array();
  for (const PhaseHelp& phase : phase_helps)
    parts.push_back({{"name", name_of(phase.phase)}, {"help", phase.help}});
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    Json values = Json::array();
    for (const PhaseHelp& phase : phase_helps) {
      values.push_back(
          rounded(unit.per_second * seconds_per_round(comparison, comparison.policies[i], phase.phase)));
    }
    bars.push_back({{"series", i}, {"values", values}});
  }
  return {{"kind", "stack"},
          {"title", "Where the time goes"},
          {"note",
           fmt::format("CPU time of one round by phase, mean over {} of {}. {} CPU seconds and {} wall "
                       "seconds for everything.",
                       count_words(comparison.seeds.size(), "run"), count_words(comparison.rounds, "round"),
                       number_words(comparison.cpu_seconds), number_words(comparison.wall_seconds))},
          {"x_title", fmt::format("CPU {} per round", unit.name)},
          {"parts", parts},
          {"bars", bars}};
}

}  // namespace perennial
