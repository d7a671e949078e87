#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "respond/table/read_creator_table.h"

namespace perennial {

/// What is asked of a source to read a creator table, and where each thing stands in the answer. Texts: creator, arm,
/// cluster, categorical features. Reals: outcomes, pre-outcomes, numeric and boolean features.
struct CreatorQuery {
  std::string sql;
  std::optional<std::size_t> arm, cluster;               ///< positions; the creator is at 0
  std::size_t first_outcome = 0;                         ///< then as many as columns.outcomes
  std::vector<std::pair<std::string, std::string>> pre;  ///< outcome, its column before; follow the outcomes
  std::size_t first_feature = 0;
  FeatureSchema schema;  ///< without categories unless known
  std::vector<std::string> warnings;

  std::size_t first_pre() const { return first_feature - pre.size(); }
};

/// Throws as read_creator_table says for what can be known without reading rows.
CreatorQuery creator_query(TableSource& source, const CreatorColumns& columns, const FeatureSchema* known);

}  // namespace perennial
