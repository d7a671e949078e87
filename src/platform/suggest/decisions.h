#pragma once

#include <cstdint>
#include <vector>

#include "io/archive.h"

namespace perennial {

/// Suggestions made and what came of them: plain columns, one row per decision, `options` rows of features each.
struct Decisions {
  std::size_t options = 0;             ///< genres and nothing
  std::vector<float> features;         ///< decisions x options x feature_count
  std::vector<std::uint32_t> round;    ///< when
  std::vector<std::uint32_t> chosen;   ///< which option
  std::vector<float> log_probability;  ///< of it, when it was chosen
  std::vector<float> credit;           ///< clicks it added
  std::vector<float> weight;           ///< how much of the credit the decision decides, in [0, 1]

  std::size_t size() const { return chosen.size(); }
  /// Adds row `i` of another.
  void append(const Decisions& from, std::size_t i);
  void append(const Decisions& from);
  void clear();

  void persist(Archive& archive) {
    archive(options, features, round, chosen, log_probability, credit, weight);
  }
};

}  // namespace perennial
