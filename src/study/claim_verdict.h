#pragma once

#include <cstdint>
#include <string>

namespace perennial {

/// What came of a claim of a paper, by a rule stated beside it.
enum class ClaimVerdict : std::uint8_t { holds, direction, fails, untestable };

/// "holds", "holds in direction", "does not hold", "cannot be tested here".
std::string name_of(ClaimVerdict verdict);
/// The verdict of that name; what is none counts as untestable.
ClaimVerdict verdict_named(const std::string& name);

}  // namespace perennial
