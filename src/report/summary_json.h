#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "study/comparison.h"
#include "study/interval.h"

namespace perennial {

// Pieces that every summary.json is made of.

/// {"mean", "ci95": [low, high]}.
nlohmann::ordered_json interval_json(const Interval& interval);

/// The same of a difference paired by seed, with "ratio", that of the means (null where the other mean is 0).
nlohmann::ordered_json difference_json(std::span<const double> policy, std::span<const double> base);

/// CPU seconds of learning per round, mean over runs; null for a policy that does not learn.
nlohmann::ordered_json train_seconds_json(const ComparedPolicy& policy);

/// Rounds until learning had converged, median over runs; null where half of the runs or more had not, or none learns.
nlohmann::ordered_json convergence_json(const ComparedPolicy& policy);

/// The effective config by dotted key.
nlohmann::ordered_json settings_json(const Comparison& comparison);

}  // namespace perennial
