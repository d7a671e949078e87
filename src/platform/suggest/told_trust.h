#pragma once

#include <optional>

#include "base/fields.h"
#include "io/json_value.h"

namespace perennial {

/// What a platform's state tells of how likely a creator is to follow a suggestion.
struct ToldTrust {
  double expected;                ///< in (0, 1)
  std::optional<Range> credible;  ///< central 95%; none where the platform told its own estimate
};

/// A creator's "trust" as told, else from its "suggestions" asked and followed as TrustPredictor estimates it, else its
/// prior. Throws Error(invalid_data) for both at once, and for numbers out of range.
ToldTrust told_trust(const JsonValue& creator);

}  // namespace perennial
