#include "respond/experiment/read_creators.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "base/error.h"
#include "base/names.h"
#include "io/duckdb.h"
#include "io/table_source.h"
#include "io/typed_query.h"
#include "respond/table/arm_reader.h"
#include "respond/table/rows_query.h"

namespace perennial {
namespace {

/// Gives texts codes in the order in which they come.
class Codes {
 public:
  explicit Codes(std::vector<std::string>& names) : names_(names) {}

  std::uint32_t of(const std::string& text) {
    const auto [place, fresh] = codes_.try_emplace(text, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(text);
    return place->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, std::uint32_t> codes_;
};

std::string select_of(TableSource& source, const CreatorsQuery& columns) {
  const std::string base = rows_query(source, columns.query);
  std::vector<std::string> names;
  for (const auto& column : source.columns_of(base)) names.push_back(column.name);
  std::vector<std::string> wanted = {columns.creator};
  wanted.insert(wanted.end(), columns.strata.begin(), columns.strata.end());
  if (!columns.cluster.empty()) wanted.push_back(columns.cluster);
  std::vector<std::string> list;
  for (const auto& name : wanted) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw Error(ErrorCode::invalid_argument, fmt::format("no column '{}'{}", name, name_hint(name, names)));
    list.push_back(fmt::format("CAST({} AS VARCHAR) AS c{}", sql_name(name), list.size()));
  }
  auto select = fmt::format("SELECT {} FROM {}", fmt::join(list, ", "), as_subquery(base));
  if (!columns.filter.empty()) select += fmt::format(" WHERE ({}\n)", columns.filter);
  return select;
}

const std::string& text_at(const Table& piece, std::size_t column, std::size_t row) {
  return std::get<std::vector<std::string>>(piece.columns[column].values)[row];
}

void take_row(const Table& piece, std::size_t row, const CreatorsQuery& columns, Creators& creators,
              Codes& strata, Codes& clusters) {
  const auto refuse = [&](const std::string& column) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("row {}: column '{}' is empty", creators.ids.size() + 1, column));
  };
  if (text_at(piece, 0, row).empty()) refuse(columns.creator);
  if (!columns.strata.empty()) {
    std::string stratum;
    for (std::size_t s = 0; s < columns.strata.size(); ++s) {
      const auto& text = text_at(piece, 1 + s, row);
      stratum += (s == 0 ? "" : " / ") + (text.empty() ? "none" : text);
    }
    creators.strata.push_back(strata.of(stratum));
  }
  if (!columns.cluster.empty()) {
    const auto& cluster = text_at(piece, 1 + columns.strata.size(), row);
    if (cluster.empty()) refuse(columns.cluster);
    creators.clusters.push_back(clusters.of(cluster));
  }
  creators.ids.add(text_at(piece, 0, row));
}

void require_different(const PackedTexts& ids) {
  std::unordered_set<std::string_view> seen;
  seen.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!seen.insert(ids[i]).second)
      throw Error(ErrorCode::invalid_data, fmt::format("creator '{}' stands twice", ids[i]));
  }
}

}  // namespace

Creators read_creators(TableSource& source, const CreatorsQuery& columns) {
  Creators creators;
  Codes strata(creators.stratum_names), clusters(creators.cluster_names);
  source.stream(select_of(source, columns), [&](const Table& piece) {
    for (std::size_t row = 0; row < piece.rows(); ++row)
      take_row(piece, row, columns, creators, strata, clusters);
  });
  if (creators.ids.size() == 0) throw Error(ErrorCode::invalid_data, "there are no rows");
  require_different(creators.ids);
  return creators;
}

std::unordered_map<std::string, Arm> read_assignment(const std::filesystem::path& path) {
  const auto source = open_table_source(path.string());
  std::unordered_map<std::string, Arm> arms;
  CreatorsQuery columns;
  columns.strata = {"arm"};
  try {
    source->stream(select_of(*source, columns), [&](const Table& piece) {
      for (std::size_t row = 0; row < piece.rows(); ++row) {
        const auto& name = text_at(piece, 1, row);
        const auto arm = arm_of_name(name);
        if (!arm) throw Error(ErrorCode::invalid_data, fmt::format("no such arm: '{}'", name));
        arms.emplace(text_at(piece, 0, row), *arm);
      }
    });
  } catch (const Error& error) {
    throw error.at(path.string());
  }
  return arms;
}

}  // namespace perennial
