#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// The gradient of one batch with respect to a table of which it touches few rows: only those rows are kept.
/// Memory: four bytes per row of the table, plus the touched rows.
class RowGradients {
 public:
  /// Forgets the last batch and makes ready for a table of `rows` rows of `stride` numbers. Costs what the
  /// last batch touched, not the table.
  void reset(std::size_t rows, std::size_t stride);

  /// Where to add the gradient of `row`: `stride` numbers, zero at first. Valid until the next call.
  float* at(std::uint32_t row);

  /// Touched rows, in the order they were first touched.
  std::span<const std::uint32_t> rows() const { return rows_; }
  /// Gradient of rows()[i].
  const float* gradient(std::size_t i) const { return sums_.data() + i * stride_; }

 private:
  static constexpr std::uint32_t untouched = 0xFFFFFFFF;

  std::size_t stride_ = 0;
  std::vector<std::uint32_t> slot_;  // per row of the table: its place in rows_
  std::vector<std::uint32_t> rows_;
  std::vector<float> sums_;  // rows_ x stride
};

}  // namespace perennial
