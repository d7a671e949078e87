#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "io/archive.h"

namespace perennial {

/// Rows of different lengths in two flat arrays.
template <class T>
class Ragged {
 public:
  std::size_t size() const { return offsets_.size() - 1; }
  std::span<const T> operator[](std::size_t row) const {
    return {values_.data() + offsets_[row], values_.data() + offsets_[row + 1]};
  }
  void push_back(std::span<const T> row) {
    values_.insert(values_.end(), row.begin(), row.end());
    offsets_.push_back(values_.size());
  }
  const std::vector<T>& values() const { return values_; }

  void persist(Archive& archive) { archive(offsets_, values_); }

 private:
  std::vector<std::uint64_t> offsets_{0};
  std::vector<T> values_;
};

}  // namespace perennial
