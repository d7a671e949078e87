#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "respond/learners/regressor.h"

namespace perennial {

/// Kinds of the columns of `rows`, the extra one among them.
std::vector<FeatureKind> column_kinds(const RegressionRows& rows);

/// How trees are shown features: without gaps, because XGBoost keeps bins in one byte each only where nothing is missing,
/// else in four. A missing number is one below all others, so that a tree parts it from them by its lowest cut rather than
/// send it to either side at every split: it learns no worse, in three fifths of the memory (docs/response.md). A missing category
/// is one more category. XGBoost tells 256 apart: from the 255th on, the rarest, they are one; the last is the missing one.
class GaplessColumns {
 public:
  GaplessColumns() = default;
  /// Of the columns of `rows`, the extra one among them.
  explicit GaplessColumns(const RegressionRows& rows);

  const std::vector<FeatureKind>& kinds() const { return kinds_; }
  /// `values`: rows of kinds().size() columns.
  void close_gaps(std::span<float> values) const;
  void persist(Archive& archive) { archive(kinds_, categories_); }

 private:
  std::vector<FeatureKind> kinds_;
  std::vector<float> categories_;  // by column: how many there are beside the missing one; 0 for numbers
};

/// Hands out some of the rows of a regression block by block, again and again.
class RowBlocks {
 public:
  /// `positions`: ascending places in rows.rows; both outlive this.
  RowBlocks(const RegressionRows& rows, std::span<const std::uint32_t> positions);

  const std::vector<FeatureKind>& kinds() const { return columns_.kinds(); }

  /// The next block's values, all columns; empty at the end, and after it from the start again.
  std::span<const float> next();

 private:
  const RegressionRows& rows_;
  std::span<const std::uint32_t> positions_;
  GaplessColumns columns_;
  std::size_t at_ = 0;
  std::vector<std::uint32_t> wanted_;
  std::vector<float> block_;
};

/// Positions 0 .. size-1 split by a coin of each one's unit (its row, its cluster): `stop` gets about `share` of the units.
struct StoppingSplit {
  std::vector<std::uint32_t> fit, stop;
};
/// All to `fit` where `share` is 0 or less than 50 rows would be left to stop by.
StoppingSplit split_for_stopping(std::span<const std::uint32_t> units, double share, std::uint64_t seed,
                                 std::uint32_t number);

/// values[i] of the positions i, or nothing of nothing.
std::vector<float> values_at(std::span<const float> values, std::span<const std::uint32_t> positions);

}  // namespace perennial
