#pragma once

#include <cstdint>
#include <string>

#include "base/fields.h"
#include "llm/secret.h"

namespace perennial {

/// Where a language model is asked, how patiently, and what it may cost. Plain values. Nothing here changes an answer.
struct Endpoint {
  std::string base_url;  ///< as "http://localhost:8080/v1"
  Secret key;            ///< empty for a server that asks for none
  double connect_timeout_s = 10;
  double timeout_s = 120;
  std::int64_t retries = 8;
  std::int64_t requests_in_flight = 64;
  std::int64_t requests_in_flight_per_host = 64;
  std::string schema = "auto";
  double price_per_million_prompt_tokens = 0;
  double price_per_million_completion_tokens = 0;
  std::int64_t budget_requests = 0;
  std::int64_t budget_tokens = 0;
  double budget_cost = 0;

  /// All but the key, with their ranges.
  Fields fields();
};

/// Throws Error(invalid_argument) with one sentence, never holding the key, for a base URL that is none, one with a password,
/// query or fragment, and a key that no header can carry. Gives the endpoint back with no slash at the URL's end.
Endpoint checked(Endpoint endpoint);

/// "http://localhost:8080" of "http://localhost:8080/v1": who is asked, for bounds per host.
std::string host_of(const std::string& url);

}  // namespace perennial
