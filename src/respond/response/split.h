#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "respond/table/creator_table.h"

namespace perennial {

/// Rows of a table, ascending, of creators in treatment or control. Creators left untouched are in neither part.
struct CreatorSplit {
  std::vector<std::uint32_t> training;
  std::vector<std::uint32_t> evaluation;  ///< no model has seen them
};

/// What goes to one side as a whole.
enum class SplitUnit : std::uint8_t { creator, cluster };

/// The cluster where the table has clusters: creators of one cluster on both sides would tell a model about those it is
/// judged on.
SplitUnit split_unit(const CreatorTable& table);

/// By each unit's salted hash (respond/table/creator_hash.h), so that nobody changes sides when a model is fitted again on
/// a later table. The table has arms, and clusters by name where they are split.
CreatorSplit split_creators(const CreatorTable& table, std::string_view salt, double held_out_share,
                            SplitUnit unit);
inline CreatorSplit split_creators(const CreatorTable& table, std::string_view salt, double held_out_share) {
  return split_creators(table, salt, held_out_share, split_unit(table));
}

}  // namespace perennial
