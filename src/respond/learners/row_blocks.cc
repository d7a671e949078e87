#include "respond/learners/row_blocks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/random.h"

namespace perennial {
namespace {

constexpr std::size_t training_block_rows = 16384;
constexpr std::size_t stopping_rows_least = 50;
constexpr float below_all_numbers = std::numeric_limits<float>::lowest();
constexpr float categories_most = 255;  // beside the missing one

}  // namespace

std::vector<FeatureKind> column_kinds(const RegressionRows& rows) {
  std::vector<FeatureKind> kinds;
  for (const auto& feature : rows.schema.features) kinds.push_back(feature.kind);
  if (!rows.extra_feature.empty()) kinds.push_back(FeatureKind::boolean);
  return kinds;
}

GaplessColumns::GaplessColumns(const RegressionRows& rows)
    : kinds_(column_kinds(rows)), categories_(kinds_.size()) {
  const auto& features = rows.schema.features;
  for (std::size_t column = 0; column < features.size(); ++column)
    categories_[column] = std::min(static_cast<float>(features[column].categories.size()), categories_most);
}

void GaplessColumns::close_gaps(std::span<float> values) const {
  const std::size_t columns = kinds_.size();
  for (std::size_t column = 0; column < columns; ++column) {
    const bool categorical = kinds_[column] == FeatureKind::categorical;
    const float missing = categorical ? categories_[column] : below_all_numbers;
    for (std::size_t i = column; i < values.size(); i += columns) {
      if (std::isnan(values[i])) {
        values[i] = missing;
      } else if (categorical && values[i] >= missing) {
        values[i] = std::max(0.F, missing - 1);
      }
    }
  }
}

RowBlocks::RowBlocks(const RegressionRows& rows, std::span<const std::uint32_t> positions)
    : rows_(rows), positions_(positions), columns_(rows) {}

std::span<const float> RowBlocks::next() {
  const auto part = positions_.subspan(at_, std::min(training_block_rows, positions_.size() - at_));
  at_ = part.empty() ? 0 : at_ + part.size();
  wanted_.clear();
  for (const auto position : part) wanted_.push_back(rows_.rows[position]);
  block_.clear();
  const std::size_t features = rows_.features.features();
  std::size_t row = 0;
  rows_.features.for_each_block(wanted_, training_block_rows, [&](std::span<const float> values, auto taken) {
    if (rows_.extra_feature.empty()) {
      block_.insert(block_.end(), values.begin(), values.end());
      return;
    }
    for (std::size_t i = 0; i < taken.size(); ++i) {
      const auto from = values.subspan(i * features, features);
      block_.insert(block_.end(), from.begin(), from.end());
      block_.push_back(rows_.extra_feature[part[row++]]);
    }
  });
  columns_.close_gaps(block_);
  return block_;
}

StoppingSplit split_for_stopping(std::span<const std::uint32_t> units, double share, std::uint64_t seed,
                                 std::uint32_t number) {
  const Draws draws(seed, Purpose::response_fit, number);
  StoppingSplit split;
  for (std::uint32_t i = 0; i < units.size(); ++i)
    (draws.coin(share, units[i]) ? split.stop : split.fit).push_back(i);
  if (split.stop.size() >= stopping_rows_least) return split;
  split.stop.clear();
  split.fit.resize(units.size());
  std::iota(split.fit.begin(), split.fit.end(), 0U);
  return split;
}

std::vector<float> values_at(std::span<const float> values, std::span<const std::uint32_t> positions) {
  std::vector<float> taken;
  if (values.empty()) return taken;
  taken.reserve(positions.size());
  for (const auto position : positions) taken.push_back(values[position]);
  return taken;
}

}  // namespace perennial
