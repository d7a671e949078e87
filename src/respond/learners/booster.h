#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "respond/table/feature_schema.h"

namespace perennial {

/// Features of many rows as XGBoost trains on them: cut into at most 256 bins each, never kept as they came. Categories
/// are matched as such. One missing value (NaN) makes all bins four times as large: see GaplessColumns.
class BinnedMatrix {
 public:
  /// Hands out the rows in blocks, one call after the other, and an empty span at their end; then from the start again. A
  /// block stays valid until the next call.
  using NextBlock = std::function<std::span<const float>()>;

  /// `kinds`: by column. `bins_of`: a matrix whose bins are taken over; nullptr: they are found.
  BinnedMatrix(const std::vector<FeatureKind>& kinds, const NextBlock& next, std::size_t threads,
               const BinnedMatrix* bins_of = nullptr);

  std::size_t rows() const;
  void* handle() const { return handle_.get(); }

 private:
  std::shared_ptr<void> handle_;
};

/// Slope and curvature of the loss by each row's margin.
struct LossSlopes {
  std::vector<float> slope, curvature;
};

/// XGBoost's booster without an objective: it adds up trees to a margin, the loss is ours. What XGBoost refuses is our own
/// mistake or a damaged model: Error(invalid_data) with its first line. XGBoost writes nothing to stdout or stderr.
class Booster {
 public:
  using Settings = std::vector<std::pair<std::string, std::string>>;

  Booster() = default;
  /// Of no trees yet; every margin starts at `base`.
  Booster(const Settings& settings, double base, const BinnedMatrix& train, const BinnedMatrix* stopping);

  /// Adds one tree.
  void grow(const BinnedMatrix& train, LossSlopes& slopes);

  /// Margins of all rows, from what is remembered of earlier trees; valid until the next call in this thread.
  std::span<const float> margins(const BinnedMatrix& rows) const;

  /// Margins of rows at hand (to.size() of them), in the calling thread; safe from several at once.
  void margins(std::span<const float> values, std::span<float> to) const;

  /// Adds weight times each column's part of the margin (SHAP values by tree paths) to `to`, rows x columns.
  void add_contributions(std::span<const float> values, std::size_t columns, double weight,
                         std::span<double> to) const;

  /// Total gain of every column over all splits.
  std::vector<double> gains(std::size_t columns) const;

  std::size_t trees() const;
  /// A booster of the first `trees` (at least 1) trees, to predict in one thread.
  Booster first(std::size_t trees) const;

  std::vector<std::byte> bytes() const;
  static Booster of_bytes(std::span<const std::byte> bytes);

 private:
  void settle();
  std::shared_ptr<void> handle_;
};

}  // namespace perennial
