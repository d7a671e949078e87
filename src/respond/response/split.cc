#include "respond/response/split.h"

#include "base/check.h"
#include "respond/table/creator_hash.h"

namespace perennial {

CreatorSplit split_creators(const CreatorTable& table, std::string_view salt, double held_out_share) {
  check(table.arms.size() == table.size(), "a table that is split has arms");
  CreatorSplit split;
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    if (table.arms[row] == Arm::untouched) continue;
    const bool held_out = in_evaluation_share(table.ids[row], salt, held_out_share);
    (held_out ? split.evaluation : split.training).push_back(row);
  }
  return split;
}

}  // namespace perennial
