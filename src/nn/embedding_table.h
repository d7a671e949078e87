#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nn/adam.h"
#include "nn/lanes.h"
#include "nn/row_gradients.h"

namespace perennial {

/// A growing table of learned rows, each of `width` numbers, with Adam's state beside every row.
///
/// Updates are sparse: a step touches the rows that have a gradient and no others. A row's moments are
/// corrected by the steps that row has taken, so a row that first appears late learns at the same pace as an
/// old one did; a row touched in every step behaves exactly as under dense Adam.
class EmbeddingTable {
 public:
  EmbeddingTable() = default;
  explicit EmbeddingTable(std::size_t width) : width_(width), stride_(padded(width)) {}

  std::size_t width() const { return width_; }
  std::size_t stride() const { return stride_; }  ///< width, padded with zeros that stay zero
  std::size_t size() const { return stride_ == 0 ? 0 : memory_.size() / row_size(); }

  void reserve(std::size_t rows) { memory_.reserve(rows * row_size()); }
  /// Adds a row of zeros and returns its `width` numbers, to be initialised. Valid until the table grows
  /// again.
  std::span<float> append();

  /// `stride` numbers.
  const float* row(std::size_t r) const { return memory_.data() + r * row_size(); }

  /// One step down `gradients` (of a loss, over this table's size and stride).
  void step(const RowGradients& gradients, const Adam& adam);

  /// Reading throws Error(invalid_data) when the saved table has another width than this one.
  template <class Archive>
  void persist(Archive& archive) {
    auto width = width_, stride = stride_;
    archive(width, stride);
    if (width != width_ || stride != stride_) refuse(width);
    archive(memory_);
    if (stride_ > 0 && memory_.size() % row_size() != 0) refuse(width);
  }

 private:
  [[noreturn]] void refuse(std::size_t saved_width) const;
  // One row's memory: values, Adam's mean, Adam's square, then how much weight each of the two has gathered.
  std::size_t row_size() const { return 3 * stride_ + lane_count; }

  std::size_t width_ = 0;
  std::size_t stride_ = 0;
  std::vector<float> memory_;
};

}  // namespace perennial
