#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace perennial {

/// A booster's trees laid out for walking: a node in 12 bytes, children side by side, several rows down the same tree at a
/// time. Its margins are those of the booster to the bit, in about a quarter of the time (bench/response_bench.cc).
class Forest {
 public:
  Forest() = default;
  /// `model`: what Booster::bytes() gives. Throws Error(invalid_data) for what is no such model.
  explicit Forest(std::span<const std::byte> model);

  std::size_t trees() const { return root_.size(); }

  /// Margins of to.size() rows of `values`, none of them missing; from any thread.
  void margins(std::span<const float> values, std::span<float> to) const;

 private:
  struct Node {
    float cut;            // the left child's values are below it; NaN in a leaf, which is its own right child
    std::int32_t column;  // of a split by categories: -1 - column
    std::uint32_t child;  // the left one; the right one is next to it
  };
  /// Categories that go right.
  using CategorySet = std::array<std::uint64_t, 4>;
  struct TreeReader;

  std::uint32_t step(std::uint32_t node, const float* row) const;
  template <std::size_t rows>
  void add_leaves(std::uint32_t root, const float* values, std::size_t columns, float* to) const;

  float base_ = 0;
  std::vector<std::uint32_t> root_;      // by tree
  std::vector<Node> node_;               // of all trees
  std::vector<float> leaf_;              // by node
  std::vector<CategorySet> categories_;  // by node, as far as the last split by categories
};

}  // namespace perennial
