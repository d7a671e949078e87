#include "llm/retry.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/random.h"

namespace perennial {
namespace {

std::optional<RetryReason> reason_of_status(int status) {
  if (status == 429) return RetryReason::rate_limited;
  if (status == 501 || status == 505) return std::nullopt;  // not implemented: it never will be
  if (status >= 500 || status == 408 || status == 409 || status == 425) return RetryReason::overloaded;
  return std::nullopt;
}

}  // namespace

std::string_view retry_reason_words(RetryReason reason) {
  switch (reason) {
    case RetryReason::rate_limited:
      return "rate limited";
    case RetryReason::overloaded:
      return "overloaded";
    case RetryReason::timed_out:
      return "timed out";
    case RetryReason::cut:
      return "connection cut";
    case RetryReason::unreachable:
      return "unreachable";
    case RetryReason::broken_body:
      return "broken answer";
  }
  return "";
}

std::optional<RetryReason> retry_reason(const HttpResponse& response, bool reached_before) {
  switch (response.outcome) {
    case HttpOutcome::answered:
      return reason_of_status(response.status);
    case HttpOutcome::unreachable:
      return reached_before ? std::optional(RetryReason::unreachable) : std::nullopt;
    case HttpOutcome::timed_out:
      return RetryReason::timed_out;
    case HttpOutcome::cut:
      return RetryReason::cut;
    case HttpOutcome::oversized:
      return RetryReason::broken_body;
    case HttpOutcome::cancelled:
      return std::nullopt;
  }
  return std::nullopt;
}

double retry_wait_s(const RetryWaits& waits, std::uint32_t tries, double u, std::optional<double> asked_s) {
  if (asked_s) return std::clamp(*asked_s, 0.0, waits.most_asked_s) + u * waits.first_s;
  const double exponent = std::min(tries > 0 ? tries - 1 : 0U, 60U);
  return u * std::min(waits.most_s, waits.first_s * std::exp2(exponent));
}

double retry_jitter(std::uint64_t request_hash, std::uint32_t tries) {
  return Draws(request_hash, Purpose::retry, tries).uniform(0);
}

std::optional<double> parse_retry_after(std::string_view header, double now_unix_s) {
  const auto first = header.find_first_not_of(" \t");
  if (first == std::string_view::npos) return std::nullopt;
  header = header.substr(first, header.find_last_not_of(" \t\r\n") + 1 - first);
  double seconds = 0;
  const auto [end, status] = std::from_chars(header.data(), header.data() + header.size(), seconds);
  if (status == std::errc() && end == header.data() + header.size())
    return std::isfinite(seconds) ? std::optional(std::max(seconds, 0.0)) : std::nullopt;
  const auto moment = curl_getdate(std::string(header).c_str(), nullptr);
  if (moment < 0) return std::nullopt;
  return std::max(static_cast<double>(moment) - now_unix_s, 0.0);
}

}  // namespace perennial
