#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "llm/http.h"

namespace perennial {

/// Why a request is sent again.
enum class RetryReason : std::uint8_t {
  rate_limited,  ///< 429, or words to that effect
  overloaded,    ///< 5xx, 408, 409, 425, or words to that effect
  timed_out,
  cut,          ///< the connection ended before the answer
  unreachable,  ///< an endpoint that answered before
  broken_body,  ///< an answer that cannot be read
};

/// All reasons, in order.
inline constexpr std::array all_retry_reasons = {RetryReason::rate_limited, RetryReason::overloaded,
                                                 RetryReason::timed_out,    RetryReason::cut,
                                                 RetryReason::unreachable,  RetryReason::broken_body};

/// "rate-limited", "timed out": for texts and, with '_' for blanks, keys.
std::string_view retry_reason_words(RetryReason reason);

/// Why a failed transfer or an answer of this status may be sent again; nothing for what would fail again (400, 401, 404,
/// ..) and for what is an answer. `reached_before`: this endpoint has answered earlier, so that being out of reach may pass.
std::optional<RetryReason> retry_reason(const HttpResponse& response, bool reached_before);

/// How long to wait before sending again.
struct RetryWaits {
  double first_s = 0.5;
  double most_s = 60;             ///< of our own back-off
  double most_asked_s = 15 * 60;  ///< of what an endpoint asks for
};

/// Seconds to wait before try number `tries` + 1, tries >= 1 of them having failed: exponential back-off with full jitter,
/// u * min(most, first * 2^(tries-1)), u uniform in [0, 1) ("Exponential Backoff And Jitter", AWS Architecture Blog 2015).
/// Where the endpoint said how long to wait, that, bounded, and at most `first_s` of jitter on top.
double retry_wait_s(const RetryWaits& waits, std::uint32_t tries, double u, std::optional<double> asked_s);

/// The uniform number for that wait: a function of what is sent and how often it was, so that no two questions wait alike.
double retry_jitter(std::uint64_t request_hash, std::uint32_t tries);

/// Seconds from the Retry-After header: a number of seconds or an HTTP date, `now_unix_s` being the time. Nothing for an empty
/// or unreadable one; a moment that has passed is 0.
std::optional<double> parse_retry_after(std::string_view header, double now_unix_s);

}  // namespace perennial
