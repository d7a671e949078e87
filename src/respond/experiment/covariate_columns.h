#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "respond/table/creator_table.h"

namespace perennial {

/// What is known of creators before the experiment, as columns of numbers without gaps: numbers and booleans as they are,
/// a column per category (at most 20 of a feature, its most frequent), and a column of 0 and 1 for each feature with gaps.
/// Every column has mean 0 over the rows; a gap counts as the mean.
class CovariateColumns {
 public:
  /// `rows` ascend; table and rows must outlive this object.
  CovariateColumns(const CreatorTable& table, const std::vector<std::uint32_t>& rows);

  std::size_t size() const { return columns_.size(); }
  const std::string& name(std::size_t column) const { return columns_[column].name; }
  double mean(std::size_t column) const { return columns_[column].mean; }  ///< what was taken away

  /// Blocks of rows, in order: values (rows x columns), and the position in `rows` of the first.
  using TakeBlock = std::function<void(const Eigen::MatrixXd& values, std::size_t first)>;
  void for_each_block(const TakeBlock& take) const;

 private:
  enum class Kind { value, category, missing };

  /// What a column is made of: a feature, or (beyond the features) an outcome before the experiment.
  struct Column {
    std::string name;
    Kind kind;
    std::size_t source;
    double category;
    double mean;
    double present;
  };

  using TakeRaw = std::function<void(const Eigen::MatrixXd& sources, std::size_t first)>;
  void for_each_raw_block(const TakeRaw& take) const;
  void list_columns();
  void measure_means();

  const CreatorTable& table_;
  const std::vector<std::uint32_t>& rows_;
  std::size_t features_ = 0, sources_ = 0;
  std::vector<Column> columns_;
};

}  // namespace perennial
