#include "report/panel_summary.h"

#include <cmath>
#include <map>

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

/// How many creators have a value, and the mean of those; nothing for text.
Json content_of(const Column& column) {
  Json content = {{"column", column.name}};
  if (std::holds_alternative<std::vector<std::string>>(column.values)) return content;
  double sum = 0;
  std::size_t present = 0;
  std::visit(
      [&](const auto& values) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(values)>, std::vector<std::string>>) {
          for (const auto value : values) {
            if (std::isnan(static_cast<double>(value))) continue;
            sum += static_cast<double>(value);
            ++present;
          }
        }
      },
      column.values);
  content["missing"] = column.size() - present;
  content["mean"] = present == 0 ? Json() : Json(sum / static_cast<double>(present));
  return content;
}

Json columns_of(const PanelSpec& spec) {
  Json columns = {{"creator", "creator_id"}};
  if (!spec.assignment.table.empty()) {
    columns["arm"] = "arm";
    if (!spec.assignment.cluster.empty()) columns["cluster"] = "cluster";
  }
  columns["outcomes"] = Json::array();
  columns["pre_outcomes"] = Json::object();
  columns["features"] = Json::array();
  for (const auto& outcome : spec.outcomes) {
    columns["outcomes"].push_back(outcome.name);
    if (!outcome.before) continue;
    columns["pre_outcomes"][outcome.name] = outcome.name + "_before";
    columns["features"].push_back(outcome.name + "_before");
  }
  for (const auto& feature : spec.features) columns["features"].push_back(feature.name);
  for (const auto& column : spec.creators.feature_columns()) columns["features"].push_back(column);
  return columns;
}

Json arms_of(const Table& table) {
  std::map<std::string, std::size_t> arms;
  for (const auto& arm : table.texts("arm")) ++arms[arm];
  return arms;
}

}  // namespace

nlohmann::ordered_json panel_summary(const Panel& panel) {
  Json summary = {{"command", "panel"},
                  {"source", panel.source},
                  {"start", moment_text(panel.spec.start_moment())},
                  {"end", moment_text(panel.spec.end_moment())},
                  {"creators", panel.table.rows()},
                  {"warnings", panel.warnings},
                  {"columns", columns_of(panel.spec)}};
  if (!panel.spec.assignment.table.empty()) summary["arms"] = arms_of(panel.table);
  summary["content"] = Json::array();
  for (const auto& column : panel.table.columns) {
    if (column.name != "creator_id") summary["content"].push_back(content_of(column));
  }
  return summary;
}

}  // namespace perennial
