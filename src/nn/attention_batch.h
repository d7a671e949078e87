#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "nn/pair_slots.h"

namespace perennial {

/// Which vectors meet in a batch of attention: row r asks one vector, its query, about several, its keys. Vectors are the
/// rows of a matrix that is given later; those that are queries come first in it.
///
/// What occurs more than once is listed once: a (query, key) pair that several rows ask about, and, within the vectors'
/// parts (ranges of columns that are looked up by an id), two ids that meet in several pairs. So a batch of 1,024 rows of
/// 20 keys costs a third of the products that its 20,480 places would.
class AttentionBatch {
 public:
  static constexpr std::uint32_t unknown = 0xFFFFFFFF;

  /// Columns [begin, begin + width) of the vectors, and in which pairs' products they are the same.
  struct Part {
    Eigen::Index begin = 0, width = 0;
    std::vector<std::uint32_t> first_pair;  ///< per term: a pair whose product this is
    std::vector<std::uint32_t> term;        ///< per pair; `unknown`: the product is 0
  };

  AttentionBatch() = default;
  /// Widths of the parts, left to right.
  explicit AttentionBatch(std::span<const Eigen::Index> widths);

  /// Starts over. `ids`, per part: one id per vector, `unknown` where its columns are 0; must outlive the add()s.
  void reset(std::span<const std::vector<std::uint32_t>> ids, std::size_t queries, std::size_t most_places);
  /// The next row. `query` < queries.
  void add(std::uint32_t query, std::span<const std::uint32_t> keys);

  Eigen::Index queries() const { return static_cast<Eigen::Index>(queries_); }
  std::size_t rows() const { return ends_.size(); }
  std::size_t pairs() const { return query_.size(); }
  std::span<const Part> parts() const { return parts_; }
  std::uint32_t query(std::size_t pair) const { return query_[pair]; }
  std::uint32_t key(std::size_t pair) const { return key_[pair]; }
  /// The pairs of a row, in the order of its keys.
  std::span<const std::uint32_t> pairs_of(std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return {places_.data() + begin, ends_[row] - begin};
  }

 private:
  void add_pair(std::uint32_t query, std::uint32_t key);

  std::size_t queries_ = 0;
  std::vector<std::uint32_t> query_, key_;  // per pair
  std::vector<Part> parts_;
  std::vector<std::uint32_t> places_;  // pairs, row after row
  std::vector<std::size_t> ends_;      // per row
  std::span<const std::vector<std::uint32_t>> ids_;
  PairSlots pair_slots_;
  std::vector<PairSlots> term_slots_;
};

}  // namespace perennial
