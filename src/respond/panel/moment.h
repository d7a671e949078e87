#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace perennial {

/// Seconds since 1970 without time zone, as tables of events count them (UTC where they have one).
using MomentSeconds = std::int64_t;

/// "2026-03-01" or "2026-03-01 10:00:00" ('T' may stand between). Throws Error(invalid_argument) with `place` in front.
MomentSeconds parse_moment(std::string_view place, std::string_view text);

/// "2026-03-01 10:00:00".
std::string moment_text(MomentSeconds moment);

}  // namespace perennial
