#include "study/claim_verdict.h"

namespace perennial {

std::string name_of(ClaimVerdict verdict) {
  switch (verdict) {
    case ClaimVerdict::holds:
      return "holds";
    case ClaimVerdict::direction:
      return "holds in direction";
    case ClaimVerdict::fails:
      return "does not hold";
    case ClaimVerdict::untestable:
      break;
  }
  return "cannot be tested here";
}

ClaimVerdict verdict_named(const std::string& name) {
  for (const auto verdict : {ClaimVerdict::holds, ClaimVerdict::direction, ClaimVerdict::fails}) {
    if (name_of(verdict) == name) return verdict;
  }
  return ClaimVerdict::untestable;
}

}  // namespace perennial
