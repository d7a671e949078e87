#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "respond/statistics/chi_square.h"
#include "respond/table/creator_table.h"

namespace perennial {

/// Do the arms hold the creators that the design gave them? When not, something in the platform moved creators between
/// arms or out of the logs, and no effect can be trusted.
struct SampleRatio {
  enum class Verdict { fine, warning, failure, too_few };  ///< p >= 0.01, below, below 0.001, cells below 8

  std::vector<Arm> arms;  ///< that the design has shares for
  std::vector<std::uint64_t> counts;
  std::vector<double> shares;     ///< sum 1
  bool counts_clusters = false;   ///< clusters were randomised, so clusters are counted
  std::optional<ChiSquare> test;  ///< nothing when a cell is expected to hold fewer than 8
  Verdict verdict = Verdict::fine;

  std::string sentence() const;  ///< what was found, for people
};

/// `shares`: of treatment and control, or of treatment, control and untouched; positive, of any sum.
SampleRatio sample_ratio(const CreatorTable& table, const std::vector<double>& shares);

}  // namespace perennial
