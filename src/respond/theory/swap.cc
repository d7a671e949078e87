#include "respond/theory/swap.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"

namespace perennial {
namespace {

void require(bool holds, const char* name, double value, const char* rule) {
  if (!holds) throw Error(ErrorCode::invalid_argument, fmt::format("{} = {}: must be {}", name, value, rule));
}

void require_ranges(const LaterValue& terms) {
  require(terms.gamma >= 0 && terms.gamma < 1, "gamma", terms.gamma, "in [0, 1)");
  require(terms.persistence >= 0 && terms.persistence <= 1, "persistence", terms.persistence, "in [0, 1]");
  require(terms.engage_probability >= 0 && terms.engage_probability <= 1, "engage_probability",
          terms.engage_probability, "in [0, 1]");
  require(std::isfinite(terms.posts_per_engagement), "posts_per_engagement", terms.posts_per_engagement,
          "finite");
  require(std::isfinite(terms.future_value_per_post), "future_value_per_post", terms.future_value_per_post,
          "finite");
}

}  // namespace

double later_value(const LaterValue& terms) {
  require_ranges(terms);
  const double kept = terms.gamma * terms.persistence;
  return kept / (1 - kept) * terms.engage_probability * terms.posts_per_engagement *
         terms.future_value_per_post;
}

double long_run_value(double short_value, const LaterValue& terms) {
  return short_value + later_value(terms);
}

bool accept_swap(double short_value_here, double later_value_here, double short_value_there,
                 double later_value_there) {
  return short_value_here - short_value_there < later_value_there - later_value_here;
}

}  // namespace perennial
