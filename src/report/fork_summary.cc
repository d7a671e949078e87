#include "report/fork_summary.h"

#include <algorithm>

#include "report/answers.h"
#include "report/summary_json.h"
#include "report/tables.h"
#include "study/interval.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

/// An interval over futures; without one for a single future, where both ends would pretend to know.
Json over_futures(const std::vector<double>& values) {
  Json json = interval_json(interval_of(values));
  if (values.size() < 2) json["ci95"] = nullptr;
  return json;
}

Json difference(const std::vector<double>& path, const std::vector<double>& base) {
  Json json = difference_json(path, base);
  if (path.size() < 2) json["ci95"] = nullptr;
  return json;
}

std::string key_of(Metric metric) {
  if (metric == Metric::clicks) return "clicks_per_round";
  if (metric == Metric::impressions) return "impressions_per_round";
  return std::string(name_of(metric));
}

Json versus_json(const ForkedPaths& forked, const ComparedPolicy& path) {
  Json versus = Json::object();
  for (const ComparedPolicy& base : forked.paths.policies) {
    if (&base == &path) continue;
    Json& against = versus[base.name];
    for (const Metric metric : {Metric::clicks, Metric::cumulative_clicks, Metric::discounted_value})
      against[key_of(metric)] = difference(seed_values(path, metric), seed_values(base, metric));
  }
  return versus;
}

Json by_genre(const ForkedPaths& forked, std::size_t path, std::vector<double> GenreTotals::*field) {
  Json json = Json::object();
  for (std::size_t g = 0; g < forked.paths.genres.size(); ++g) {
    std::vector<double> values;
    for (const GenreTotals& totals : forked.totals[path]) values.push_back((totals.*field)[g]);
    json[forked.paths.genres[g]] = over_futures(values);
  }
  return json;
}

Json path_json(const ForkedPaths& forked, std::size_t index) {
  const ComparedPolicy& path = forked.paths.policies[index];
  Json json{{"policy", path.name},
            {"summary", path.summary},
            {"uses_truth", path.uses_truth},
            {"is_the_runs_own", path.name == forked.run_policy}};
  for (std::size_t i = 0; i < metric_count; ++i) {
    const auto metric = static_cast<Metric>(i);
    json[key_of(metric)] = over_futures(seed_values(path, metric));
  }
  json["versus"] = versus_json(forked, path);
  json["items_by_genre"] = by_genre(forked, index, &GenreTotals::items);
  json["clicks_by_genre"] = by_genre(forked, index, &GenreTotals::clicks);
  json["answers"] = answers_json(path);
  return json;
}

/// Puts the number of each row's future behind its policy.
Table with_futures(const ForkedPaths& forked, Table table) {
  const auto& seeds = table.integers("seed");
  std::vector<std::int64_t> futures;
  futures.reserve(seeds.size());
  for (const std::int64_t seed : seeds) {
    const auto found = std::ranges::find(forked.paths.seeds, static_cast<std::uint64_t>(seed));
    futures.push_back(found - forked.paths.seeds.begin() + 1);
  }
  table.columns.insert(table.columns.begin() + 1, Column{"future", std::move(futures)});
  return table;
}

}  // namespace

nlohmann::ordered_json fork_summary(const ForkedPaths& forked) {
  const Comparison& paths = forked.paths;
  Json json{{"command", paths.command},
            {"run", forked.run},
            {"run_policy", forked.run_policy},
            {"at", forked.at},
            {"rounds", paths.rounds},
            {"futures", paths.seeds.size()},
            {"future_seeds", paths.seeds},
            {"world", paths.world},
            {"setting", paths.setting},
            {"recommender", paths.recommender},
            {"user_model", paths.user_model},
            {"creator_model", paths.creator_model},
            {"users", paths.users},
            {"creators", paths.creators},
            {"slate", paths.slate},
            {"genres", paths.genres}};
  json["paths"] = Json::array();
  for (std::size_t i = 0; i < paths.policies.size(); ++i) json["paths"].push_back(path_json(forked, i));
  json["cpu_seconds"] = paths.cpu_seconds;
  json["wall_seconds"] = paths.wall_seconds;
  json["result_hash"] = paths.result_hash;
  json["settings"] = settings_json(paths);
  return json;
}

Table fork_rounds_table(const ForkedPaths& forked) {
  Table table = with_futures(forked, rounds_table(forked.paths));
  for (Column& column : table.columns) {
    if (column.name != "round") continue;
    for (std::int64_t& round : std::get<std::vector<std::int64_t>>(column.values)) round += forked.at;
  }
  return table;
}

Table fork_creators_table(const ForkedPaths& forked) {
  return with_futures(forked, creators_table(forked.paths));
}

}  // namespace perennial
