#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/names.h"
#include "io/duckdb.h"
#include "io/table_source.h"
#include "respond/table/read_creator_table.h"
#include "respond/theory/diagnose.h"
#include "respond/theory/panel_response.h"

namespace perennial {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& there, const std::string& name) {
  return std::find(there.begin(), there.end(), name) != there.end();
}

/// The first of the candidates that is there, or empty.
std::string first_of(const Names& there, const Names& candidates) {
  const auto found =
      std::find_if(candidates.begin(), candidates.end(), [&](const auto& name) { return has(there, name); });
  return found == candidates.end() ? "" : *found;
}

std::string before_of(const Names& there, const std::string& name) {
  if (name.empty()) return "";
  return first_of(there, {name + "_before", "pre_" + name, name + "_pre", "before_" + name});
}

/// Fills in what was not said; throws for what was said and is not there.
DiagnosedPanel resolved(DiagnosedPanel columns, const Names& there, const std::string& source) {
  for (const auto& name : {columns.creator, columns.arm, columns.cluster, columns.outcome, columns.engagement,
                           columns.outcome_before, columns.engagement_before}) {
    if (name.empty() || has(there, name)) continue;
    throw Error(
        ErrorCode::invalid_data,
        fmt::format("{}: no column '{}'{}; without it the creators' response cannot be estimated, and the "
                    "other three conditions need event logs (--logs)",
                    source, name, name_hint(name, there)));
  }
  if (columns.arm.empty()) columns.arm = first_of(there, {"arm"});
  if (columns.engagement.empty())
    columns.engagement = first_of(there, {"engagement", "likes", "clicks", "comments"});
  if (columns.outcome_before.empty()) columns.outcome_before = before_of(there, columns.outcome);
  if (columns.engagement_before.empty())
    columns.engagement_before =
        before_of(there, columns.engagement.empty() ? "engagement" : columns.engagement);
  return columns;
}

std::string query_of(TableSource& source, const DiagnosedPanel& columns) {
  if (!columns.query.empty()) return columns.query;
  const auto tables = source.tables();
  if (tables.size() != 1) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: holds {} tables; say which with --query \"SELECT .. FROM ..\"",
                            source.name(), tables.size()));
  }
  return "SELECT * FROM " + sql_name(tables.front());
}

/// Everything that is used, read as outcomes: values before may not be missing here either.
CreatorTable read_used(TableSource& source, const DiagnosedPanel& columns, const std::string& query) {
  CreatorColumns wanted;
  wanted.creator = columns.creator;
  wanted.arm = columns.arm;
  wanted.cluster = columns.cluster;
  wanted.outcomes = {columns.outcome};
  Names used = {columns.creator};
  if (!columns.arm.empty()) used.push_back(columns.arm);
  if (!columns.cluster.empty()) used.push_back(columns.cluster);
  for (const auto& name : {columns.engagement, columns.outcome_before, columns.engagement_before}) {
    if (!name.empty() && !has(wanted.outcomes, name)) wanted.outcomes.push_back(name);
  }
  used.insert(used.end(), wanted.outcomes.begin(), wanted.outcomes.end());
  for (auto& name : used) name = sql_name(name);
  wanted.query = fmt::format("SELECT {} FROM ({}) used_columns", fmt::join(used, ", "), query);
  if (!columns.arm.empty()) wanted.fewest_per_arm = 2;
  return read_creator_table(source, wanted, std::filesystem::temp_directory_path());
}

/// The columns of treated and control creators.
struct UsedValues {
  std::vector<std::uint8_t> treated;
  std::vector<std::uint32_t> clusters;
  std::vector<double> outcome, engagement, outcome_before, engagement_before;
};

UsedValues used_values(const CreatorTable& table, const DiagnosedPanel& columns) {
  UsedValues used;
  const auto keeps = [&](std::size_t i) { return table.arms.empty() || table.arms[i] != Arm::untouched; };
  const auto fill = [&](std::vector<double>& to, const std::string& name) {
    if (name.empty()) return;
    const auto& values = table.outcome(name);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (keeps(i)) to.push_back(values[i]);
    }
  };
  for (std::size_t i = 0; i < table.arms.size(); ++i) {
    if (keeps(i)) used.treated.push_back(table.arms[i] == Arm::treatment);
  }
  for (std::size_t i = 0; i < table.clusters.size(); ++i) {
    if (keeps(i)) used.clusters.push_back(table.clusters[i]);
  }
  fill(used.outcome, columns.outcome);
  fill(used.engagement, columns.engagement);
  fill(used.outcome_before, columns.outcome_before);
  fill(used.engagement_before, columns.engagement_before);
  return used;
}

/// Errors by cluster need two clusters in each arm, and mean little with few.
void judge_clusters(Diagnosis& d, const UsedValues& used, const std::string& cluster) {
  if (used.clusters.empty()) return;
  std::set<std::uint32_t> all(used.clusters.begin(), used.clusters.end()), arms[2];
  for (std::size_t i = 0; i < used.treated.size(); ++i) arms[used.treated[i]].insert(used.clusters[i]);
  const auto fewest = used.treated.empty() ? all.size() : std::min(arms[0].size(), arms[1].size());
  if (fewest < 2) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("--cluster {}: {} has {} of them; errors by cluster need two or more", cluster,
                            used.treated.empty() ? "the table" : "an arm", fewest));
  }
  constexpr std::size_t few_clusters = 30;
  if (all.size() >= few_clusters) return;
  d.warnings.push_back(fmt::format("only {} clusters: intervals by cluster are too narrow below about {}",
                                   all.size(), few_clusters));
}

std::optional<CreatorResponse> response_of(const UsedValues& used, const DiagnosedPanel& columns) {
  const PanelColumns panel{
      used.treated,        used.clusters,
      used.outcome,        used.engagement,
      used.outcome_before, used.engagement_before,
      columns.outcome,     columns.engagement.empty() ? "engagement" : columns.engagement};
  if (!used.treated.empty()) return experiment_response(panel);
  if (used.outcome_before.empty() || used.engagement_before.empty()) return std::nullopt;
  return between_creators_response(panel);
}

void add_why_not(Diagnosis& d, const DiagnosedPanel& columns) {
  if (!d.discounting && d.why_not[0].empty()) d.why_not[0] = "needs event logs with users (--logs)";
  if (!d.content_gap && d.why_not[1].empty()) d.why_not[1] = "needs event logs with impressions (--logs)";
  if (!d.spillover && d.why_not[3].empty()) d.why_not[3] = "needs event logs with users (--logs)";
  if (d.response) return;
  Names lacking;
  if (columns.outcome_before.empty()) lacking.push_back(columns.outcome + "_before");
  if (columns.engagement_before.empty())
    lacking.push_back((columns.engagement.empty() ? "engagement" : columns.engagement) + "_before");
  d.why_not[2] = lacking.empty()
                     ? "it takes 30 creators whose engagement and posts before vary apart"
                     : fmt::format("the panel lacks an arm column, or else {}", fmt::join(lacking, " and "));
}

}  // namespace

void diagnose_panel(Diagnosis& d, TableSource& source, const DiagnosedPanel& asked) {
  const auto query = query_of(source, asked);
  Names there;
  for (const auto& column : source.columns_of(query)) there.push_back(column.name);
  const auto columns = resolved(asked, there, source.name());
  const auto table = read_used(source, columns, query);
  d.sources.push_back(source.name());
  d.warnings.insert(d.warnings.end(), table.warnings.begin(), table.warnings.end());
  const auto used = used_values(table, columns);
  judge_clusters(d, used, columns.cluster);
  auto response = response_of(used, columns);
  const bool better = response && (!d.response || response->evidence == ResponseEvidence::experiment);
  if (better) {
    d.response = std::move(response);
    d.why_not[2].clear();
  }
  add_why_not(d, columns);
}

}  // namespace perennial
