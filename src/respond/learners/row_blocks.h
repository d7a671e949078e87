#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "respond/learners/regressor.h"

namespace perennial {

/// Categories that XGBoost tells apart in one feature: those beyond, the rarest, are as one to it.
inline constexpr float categories_most = 256;

/// Has any feature more?
bool has_many_categories(const FeatureSchema& schema);

/// Makes one of the categories from the 256th on. `values`: rows of `kinds.size()` columns.
void merge_rare_categories(std::span<float> values, const std::vector<FeatureKind>& kinds);

/// Kinds of the columns of `rows`, the extra one among them.
std::vector<FeatureKind> column_kinds(const RegressionRows& rows);

/// Hands out some of the rows of a regression block by block, again and again.
class RowBlocks {
 public:
  /// `positions`: ascending places in rows.rows; both outlive this.
  RowBlocks(const RegressionRows& rows, std::span<const std::uint32_t> positions);

  /// The next block's values, all columns; empty at the end, and after it from the start again.
  std::span<const float> next();

 private:
  const RegressionRows& rows_;
  std::span<const std::uint32_t> positions_;
  std::vector<FeatureKind> kinds_;
  bool merges_ = false;
  std::size_t at_ = 0;
  std::vector<std::uint32_t> wanted_;
  std::vector<float> block_;
};

/// Positions 0 .. size-1 split by a coin of each row's number: `stop` gets about `share` of them.
struct StoppingSplit {
  std::vector<std::uint32_t> fit, stop;
};
/// All to `fit` where `share` is 0 or less than 50 rows would be left to stop by.
StoppingSplit split_for_stopping(std::span<const std::uint32_t> rows, double share, std::uint64_t seed,
                                 std::uint32_t number);

/// values[i] of the positions i, or nothing of nothing.
std::vector<float> values_at(std::span<const float> values, std::span<const std::uint32_t> positions);

}  // namespace perennial
