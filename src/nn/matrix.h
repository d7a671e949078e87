#pragma once

#include <Eigen/Core>

namespace perennial {

/// Rows are examples, columns are numbers about each. Owned matrices are aligned alike, so that the same product has the
/// same bits wherever it is computed.
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

}  // namespace perennial
