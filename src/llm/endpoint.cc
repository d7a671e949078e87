#include "llm/endpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/error.h"

namespace perennial {
namespace {

constexpr const char* example = "give one as in http://localhost:8080/v1";

[[noreturn]] void refuse(const std::string& sentence) {
  throw Error(ErrorCode::invalid_argument, sentence);
}

bool is_visible(char c) {
  return c > ' ' && c < 0x7f;
}

/// What follows "http://" or "https://"; empty for any other address.
std::string_view after_scheme(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (url.starts_with(scheme)) return url.substr(scheme.size());
  }
  return {};
}

void check_url(const std::string& url) {
  if (url.empty()) refuse(fmt::format("endpoint: no URL; {}", example));
  const auto rest = after_scheme(url);
  const auto authority = rest.substr(0, rest.find('/'));
  // Before anything that would show the URL: what stands before '@' is a secret.
  if (url.find('@') != std::string::npos)
    refuse("endpoint: the URL holds a name or password; give the key by the environment, never in the URL");
  if (url.find_first_of("?#") != std::string::npos)
    refuse(
        "endpoint: the URL goes on after '?' or '#'; give the base URL alone, and the key by the "
        "environment");
  if (!std::all_of(url.begin(), url.end(), is_visible))
    refuse("endpoint: the URL holds a blank or a character that no URL has");
  if (rest.empty())
    refuse(fmt::format("endpoint: '{}': is no http:// or https:// address; {}", url, example));
  if (authority.empty() || authority.front() == ':')
    refuse(fmt::format("endpoint: '{}': names no host; {}", url, example));
}

void check_key(const Secret& key) {
  const auto& text = key.reveal();
  if (!std::all_of(text.begin(), text.end(), is_visible))
    refuse("endpoint: the key holds a blank, a line break or a character that no key has");
}

}  // namespace

Fields Endpoint::fields() {
  constexpr double most = 1e15;
  const Range amount{0, std::numeric_limits<double>::infinity()};
  Fields fields;
  fields.text("base_url", base_url, "where the language model is asked, as in http://localhost:8080/v1")
      .real("connect_timeout_s", connect_timeout_s, {0.001, 3600}, "seconds until a connection must stand")
      .real("timeout_s", timeout_s, {0.001, 86400}, "seconds until an answer must be there")
      .integer("retries", retries, {0, 100}, "how often a request that failed is sent again")
      .integer("requests_in_flight", requests_in_flight, {1, 4096},
               "requests under way at a time, of all hosts")
      .integer("requests_in_flight_per_host", requests_in_flight_per_host, {1, 4096},
               "requests under way at a time, to one host")
      .text("schema", schema,
            "how answers are held to a form: json_schema, json_object, none (told in words), or auto, the "
            "first of "
            "these that the endpoint takes",
            {"auto", "json_schema", "json_object", "none"})
      .real("price_per_million_prompt_tokens", price_per_million_prompt_tokens, amount,
            "price of a million prompt tokens, in any currency")
      .real("price_per_million_completion_tokens", price_per_million_completion_tokens, amount,
            "price of a million answered tokens")
      .integer("budget_requests", budget_requests, {0, most},
               "stop before more requests than this; 0 = no bound")
      .integer("budget_tokens", budget_tokens, {0, most}, "stop before more tokens than this; 0 = no bound")
      .real("budget_cost", budget_cost, amount, "stop before a higher cost than this; 0 = no bound");
  return fields;
}

Endpoint checked(Endpoint endpoint) {
  check_key(endpoint.key);
  check_url(endpoint.base_url);
  while (endpoint.base_url.ends_with('/')) endpoint.base_url.pop_back();
  if (endpoint.budget_cost > 0 && endpoint.price_per_million_prompt_tokens == 0 &&
      endpoint.price_per_million_completion_tokens == 0) {
    refuse(fmt::format("endpoint: a bound on cost, {}, needs the prices of tokens", endpoint.budget_cost));
  }
  return endpoint;
}

std::string host_of(const std::string& url) {
  const auto scheme_end = url.find("://");
  const auto begin = scheme_end == std::string::npos ? 0 : scheme_end + 3;
  return url.substr(0, std::min(url.find('/', begin), url.size()));
}

}  // namespace perennial
