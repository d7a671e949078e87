#pragma once

#include <string>
#include <vector>

#include "study/comparison.h"
#include "study/plan.h"
#include "world/world.h"

namespace perennial {

/// The comparison that a plan played on such a world gives, without its runs.
Comparison describe_comparison(const Plan& plan, const World& world);

/// Fills in what follows from the runs: CPU seconds, impressions, the hash.
void total_up(Comparison& comparison);

/// 16 hex digits over all metrics and creators of all runs, in order.
std::string result_hash(const std::vector<ComparedPolicy>& policies);

}  // namespace perennial
