#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>

namespace perennial {

/// Features of many creators: creators x features, by rows, 32-bit. Missing is NaN; a boolean is 0 or 1, a category its
/// code; infinite values never get in. The rows lie in a nameless temporary file, gone with this object, so that memory
/// holds only the blocks in use: a table may be larger than memory.
///
/// Reading is safe from several threads at once; append is not. A full disk throws Error(io) naming the folder.
class FeatureStore {
 public:
  /// The temporary file lies in `folder`, which exists.
  FeatureStore(std::filesystem::path folder, std::size_t features);
  ~FeatureStore();
  FeatureStore(FeatureStore&& other) noexcept;
  FeatureStore& operator=(FeatureStore&& other) noexcept;

  std::size_t rows() const { return rows_; }
  std::size_t features() const { return features_; }

  /// Whole rows: values.size() is a multiple of features().
  void append(std::span<const float> values);

  /// Puts other values in the place of rows first, first + 1, .., which exist. Not beside reading.
  void replace(std::size_t first, std::span<const float> values);

  /// Rows first, first + 1, ..: as many as `to` has room for; all exist.
  void read(std::size_t first, std::span<float> to) const;

  /// Rows of one block: their values, and their numbers in the store.
  using TakeBlock = std::function<void(std::span<const float> values, std::span<const std::uint32_t> rows)>;

  /// The given rows (ascending), at most `block` at a time, in order.
  void for_each_block(std::span<const std::uint32_t> rows, std::size_t block, const TakeBlock& take) const;

 private:
  void write(std::size_t first, std::span<const float> values);

  std::filesystem::path folder_;
  int file_ = -1;
  std::size_t features_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace perennial
