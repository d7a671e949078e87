#pragma once

#include <cstdint>
#include <span>

namespace perennial {

/// What a sample's clusters cost an experiment that is randomised by them.
struct ClusterCorrelation {
  double icc = 0;  ///< intraclass correlation by the one-way analysis of variance, not below 0
  double size =
      1;  ///< creators per cluster as the design effect counts them: sum of squared sizes / number of creators
};

/// Every value has a cluster's code; there are two clusters or more, and more values than clusters.
ClusterCorrelation cluster_correlation(std::span<const double> values,
                                       std::span<const std::uint32_t> clusters);

}  // namespace perennial
