#include "nn/row_gradients.h"

#include "base/check.h"

namespace perennial {

void RowGradients::reset(std::size_t rows, std::size_t stride) {
  for (const std::uint32_t row : rows_) slot_[row] = untouched;
  rows_.clear();
  sums_.clear();
  stride_ = stride;
  check(rows >= slot_.size(), "tables only grow");
  slot_.resize(rows, untouched);
}

float* RowGradients::at(std::uint32_t row) {
  std::uint32_t& slot = slot_[row];
  if (slot == untouched) {
    slot = static_cast<std::uint32_t>(rows_.size());
    rows_.push_back(row);
    sums_.resize(sums_.size() + stride_, 0.0F);
  }
  return sums_.data() + slot * stride_;
}

}  // namespace perennial
