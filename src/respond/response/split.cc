#include "respond/response/split.h"

#include "base/check.h"
#include "respond/table/creator_hash.h"

namespace perennial {
namespace {

/// By cluster's code: is it held out?
std::vector<std::uint8_t> held_out_clusters(const CreatorTable& table, std::string_view salt, double share) {
  check(table.clusters.size() == table.size(), "a table that is split by cluster has clusters");
  std::vector<std::uint8_t> held_out;
  for (const auto& name : table.cluster_names)
    held_out.push_back(in_evaluation_share(name, salt, share) ? 1 : 0);
  return held_out;
}

}  // namespace

SplitUnit split_unit(const CreatorTable& table) {
  return table.clusters.empty() ? SplitUnit::creator : SplitUnit::cluster;
}

CreatorSplit split_creators(const CreatorTable& table, std::string_view salt, double held_out_share,
                            SplitUnit unit) {
  check(table.arms.size() == table.size(), "a table that is split has arms");
  const bool by_cluster = unit == SplitUnit::cluster;
  const auto clusters =
      by_cluster ? held_out_clusters(table, salt, held_out_share) : std::vector<std::uint8_t>();
  CreatorSplit split;
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    if (table.arms[row] == Arm::untouched) continue;
    const bool held_out = by_cluster ? clusters.at(table.clusters[row]) != 0
                                     : in_evaluation_share(table.ids[row], salt, held_out_share);
    (held_out ? split.evaluation : split.training).push_back(row);
  }
  return split;
}

}  // namespace perennial
