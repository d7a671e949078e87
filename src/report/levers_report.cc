#include "report/levers_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/charts.h"
#include "report/curves.h"
#include "report/frame.h"
#include "report/levers_summary.h"
#include "report/levers_words.h"
#include "report/page.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

/// Paths drawn over rounds; the others are in the tables.
constexpr std::array<std::string_view, 5> drawn_paths = {"neither", "suggest", "promote", "placebo", "both"};

constexpr std::size_t most_points = 120;

std::size_t index_of(std::string_view path) {
  return static_cast<std::size_t>(std::ranges::find(lever_paths, path, &LeverPath::name) -
                                  lever_paths.begin());
}

/// Environments are series, after the paths that are drawn.
std::size_t series_of(std::size_t environment) {
  return drawn_paths.size() + environment;
}

/// The path as runs that a curve can be made of: clicks only, the shared rounds first.
ComparedPolicy as_runs(const LeverEnvironment& environment, std::string_view path) {
  ComparedPolicy policy{.name = std::string(path), .summary = "", .uses_truth = false, .runs = {}};
  for (const auto& seed : environment.seeds) {
    RunResult run;
    const auto add = [&](double clicks) {
      RoundMetrics metrics{};
      at(metrics, Metric::clicks) = clicks;
      run.rounds.push_back(metrics);
    };
    for (const double clicks : seed.clicks_before) add(clicks);
    for (const double clicks : seed.paths[index_of(path)].clicks) add(clicks);
    policy.runs.push_back(std::move(run));
  }
  return policy;
}

Json curves_block(const LeversStudy& study) {
  Json panels = Json::array();
  const auto before = static_cast<std::size_t>(study.levers.warm_up + study.levers.experiment_rounds);
  const auto rounds = before + static_cast<std::size_t>(study.rounds);
  const auto window = smoothing_window(rounds);
  const auto drawn = drawn_rounds(rounds, most_points);
  for (const auto& environment : study.environments) {
    Json x = Json::array(), lines = Json::array();
    for (const std::size_t round : drawn) x.push_back(round + 1);
    for (std::size_t i = 0; i < drawn_paths.size(); ++i)
      lines.push_back(
          line_json(i, curve_of(as_runs(environment, drawn_paths[i]), Metric::clicks, window, drawn)));
    panels.push_back({{"title", environment.name},
                      {"note", fmt::format("{} creators, {} users, ranker {}", environment.creators,
                                           environment.users, environment.recommender)},
                      {"x_title", "Round"},
                      {"y_title", "Clicks per round"},
                      {"view", {{"name", ""}, {"x", x}, {"lines", lines}}}});
  }
  return {
      {"kind", "panels"},
      {"title", "Clicks per round"},
      {"note", fmt::format("Paths part after round {}; before, all are one: {} silent rounds, then the "
                           "experiment. Moving average over {} rounds; bands are 95% intervals over {}.",
                           before, study.levers.warm_up, window, count_words(study.seeds.size(), "seed"))},
      {"panels", panels}};
}

Json forest_block(const LeversStudy& study, const char* title, LeverMeasure measure,
                  const std::vector<std::string_view>& contrasts) {
  if (study.seeds.size() < 2) return nullptr;
  Json groups = Json::array();
  for (const auto name : contrasts) {
    Json points = Json::array();
    for (std::size_t e = 0; e < study.environments.size(); ++e) {
      const auto& relative = relative_in(study.environments[e], name, measure);
      points.push_back({{"series", series_of(e)},
                        {"mean", rounded(100 * relative.mean)},
                        {"low", rounded(100 * relative.low)},
                        {"high", rounded(100 * relative.high)}});
    }
    const auto found = std::ranges::find(lever_contrasts(), name, &LeverContrast::name);
    groups.push_back({{"title", found->title}, {"points", points}});
  }
  return {{"kind", "intervals"},
          {"title", title},
          {"note",
           fmt::format("Per cent of what `neither` has, paired by seed ({}). Line: 95% interval. A hollow "
                       "dot: the interval holds zero, the difference may be chance. Of twenty such "
                       "intervals one misses by chance.",
                       count_words(study.seeds.size(), "seed"))},
          {"x_title", "% of neither"},
          {"groups", groups}};
}

constexpr std::array<const char*, lever_measure_count> measure_titles = {
    "Clicks", "Clicks, last 50", "Posts", "Creators", "Worst decile", "Gini"};
constexpr std::array<const char*, lever_measure_count> measure_helps = {
    "per round",
    "per round",
    "per round",
    "present at the end",
    "click rate of the tenth of users who click least",
    "of exposure"};

Json paths_table(const LeversStudy& study) {
  Json columns = {{{"title", "Environment, path"}, {"help", ""}}}, rows = Json::array();
  for (std::size_t m = 0; m < lever_measure_count; ++m)
    columns.push_back({{"title", measure_titles[m]}, {"help", measure_helps[m]}});
  for (const auto& environment : study.environments) {
    for (std::size_t p = 0; p < lever_paths.size(); ++p) {
      Json cells = Json::array();
      for (std::size_t m = 0; m < lever_measure_count; ++m) {
        std::vector<double> values;
        for (const auto& seed : environment.seeds) values.push_back(seed.paths[p].measures[m]);
        const auto interval = interval_of(values);
        cells.push_back(cell_json(number_words(interval.mean), range_words(interval)));
      }
      rows.push_back({{"name", fmt::format("{}: {}{}", environment.name, lever_paths[p].name,
                                           lever_paths[p].uses_truth() ? " (truth)" : "")},
                      {"cells", cells}});
    }
  }
  return {{"kind", "table"},
          {"title", "Every path in numbers"},
          {"note", "Means over seeds with their 95% intervals."},
          {"columns", columns},
          {"rows", rows}};
}

Json experiment_row(const LeverEnvironment& environment) {
  std::vector<double> scores, effects;
  for (const auto& seed : environment.seeds) {
    scores.push_back(seed.experiment.spearman);
    effects.push_back(seed.experiment.effect_spearman);
  }
  const auto& power = environment.power;
  const auto creators = [](double count) {
    return std::isfinite(count) ? whole_words(static_cast<std::uint64_t>(std::ceil(count))) : "unknown";
  };
  return {{"name", environment.name},
          {"cells",
           {percent_cell(power.lift.mean, power.lift.low, power.lift.high),
            cell_json(whole_words(environment.creators)), cell_json(creators(power.creators)),
            cell_json(creators(power.for_halves)),
            cell_json(number_words(interval_of(scores).mean), range_words(interval_of(scores))),
            cell_json(number_words(interval_of(effects).mean), range_words(interval_of(effects)))}}};
}

Json experiments_table(const LeversStudy& study) {
  Json rows = Json::array();
  for (const auto& environment : study.environments) rows.push_back(experiment_row(environment));
  return {
      {"kind", "table"},
      {"title", "Was the experiment large enough?"},
      {"note",
       fmt::format(
           "{} rounds, {:.0f}% of the creators treated, factor {}. Needed: creators in both arms together, "
           "for power .8 at the lift found, with posts before the experiment taken out. A score learns "
           "differences between creators, which takes four times as many or more.",
           study.levers.experiment_rounds, 100 * study.levers.share, study.levers.multiplier)},
      {"columns",
       {{{"title", "Environment"}, {"help", ""}},
        {{"title", "Posts"}, {"help", "treated over control"}},
        {{"title", "Creators"}, {"help", "had"}},
        {{"title", "Needed"}, {"help", "for the effect itself"}},
        {{"title", "Needed"}, {"help", "for one as large between two halves"}},
        {{"title", "Score"}, {"help", "rank correlation with what a click truly adds"}},
        {{"title", "Effect score"}, {"help", "the same"}}}},
      {"rows", rows}};
}

Json paths_block() {
  Json items = Json::array();
  for (const auto& path : lever_paths)
    items.push_back(
        fmt::format("`{}`{}: {}.", path.name, path.uses_truth() ? " (uses the truth)" : "", path.summary));
  return {{"kind", "notes"}, {"title", "The paths"}, {"items", items}};
}

}  // namespace

std::string render_levers_report(const LeversStudy& study) {
  Frame frame{.title = fmt::format("study levers: {} world", study.world),
              .headline = levers_headline(study),
              .warnings = {},
              .lead = lever_verdicts(study),
              .facts = {{"world", study.world},
                        {"suggest", study.levers.suggest},
                        {"without learning", study.levers.unlearned},
                        {"rounds of a path", whole_words(static_cast<std::uint64_t>(study.rounds))},
                        {"seeds", seed_words(study.seeds)},
                        {"boost", fmt::format("exp({} x score), at most x{}", study.levers.strength,
                                              study.levers.clip)},
                        {"result", study.result_hash}},
              .series = {},
              .footer =
                  "A simulated platform, not a real one. Beside this page: `summary.json`, `paths.parquet`, "
                  "`rounds.parquet`, `experiments.parquet`, `config.toml`."};
  for (std::size_t i = 0; i < drawn_paths.size(); ++i)
    frame.series.push_back({std::string(drawn_paths[i]), i});
  for (std::size_t e = 0; e < study.environments.size(); ++e)
    frame.series.push_back({study.environments[e].name, 1 + e % 7});
  return render_frame(
      frame, {forest_block(study, "What each lever does to clicks", LeverMeasure::clicks,
                           {"suggest", "promote", "promote-over-placebo", "promote-on-suggest", "interaction",
                            "promote-truth-on-suggest"}),
              forest_block(study, "And to posts", LeverMeasure::posts,
                           {"suggest", "promote", "promote-effect", "promote-truth"}),
              curves_block(study), experiments_table(study), paths_table(study), paths_block()});
}

}  // namespace perennial
