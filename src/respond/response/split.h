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

/// By each creator's salted hash (respond/table/creator_hash.h), so that nobody changes sides when a model is fitted again on
/// a later table. The table has arms.
CreatorSplit split_creators(const CreatorTable& table, std::string_view salt, double held_out_share);

}  // namespace perennial
