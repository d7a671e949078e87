#include "llm/endpoint_failure.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/names.h"
#include "llm/server_json.h"

namespace perennial {
namespace {

/// "503: Loading model", "timed out: ..", "200: the model is overloaded".
std::string what_came(const Endpoint& endpoint, const EndpointFailure& failure) {
  const auto says = redact(one_line(failure.says), endpoint.key);
  if (failure.outcome == HttpOutcome::answered)
    return says.empty() ? fmt::format("status {}", failure.status)
                        : fmt::format("status {}: {}", failure.status, says);
  return says.empty() ? "the connection was cut" : says;
}

Error unreachable(const Endpoint& endpoint, const EndpointFailure& failure) {
  return {ErrorCode::io, fmt::format("{}: cannot be reached ({}); is the URL right and the server running?",
                                     endpoint.base_url, what_came(endpoint, failure))};
}

Error refused_key(const Endpoint& endpoint, int status) {
  const char* why =
      endpoint.key.empty()
          ? "asks for a key, and there is none; put it into the environment, as OPENAI_API_KEY or by the "
            "name "
            "that --llm-key-variable gives"
          : "refuses the key that was given; is it the key of this endpoint, and allowed this model?";
  return {ErrorCode::invalid_argument, fmt::format("{}: {} (status {})", endpoint.base_url, why, status)};
}

Error no_endpoint(const Endpoint& endpoint, int status) {
  return {ErrorCode::invalid_argument,
          fmt::format("{}: answers, but nothing takes questions at {}/chat/completions (status {}); most "
                      "base URLs end in /v1",
                      endpoint.base_url, endpoint.base_url, status)};
}

Error no_model(const Endpoint& endpoint, const std::string& model, std::span<const std::string> models) {
  constexpr std::size_t named = 12;  // a hosted endpoint has hundreds
  auto hint = name_hint(model, models);
  if (nearest_name(model, models).empty() && models.size() > named)
    hint = name_hint(model, models.first(named)) + fmt::format(" and {} more", models.size() - named);
  return {ErrorCode::invalid_argument,
          redact(fmt::format("{}: has no model '{}'{}", endpoint.base_url, model, one_line(hint, 1000)),
                 endpoint.key)};
}

bool lists(std::span<const std::string> models, const std::string& model) {
  return std::find(models.begin(), models.end(), model) != models.end();
}

}  // namespace

bool may_be_the_model(const EndpointFailure& failure) {
  if (failure.outcome != HttpOutcome::answered || failure.worth_retrying) return false;
  return failure.status == 404 || failure.says.find("model") != std::string::npos;
}

Error endpoint_error(const Endpoint& endpoint, const EndpointFailure& failure,
                     std::span<const std::string> models) {
  if (failure.outcome == HttpOutcome::unreachable && !failure.worth_retrying)
    return unreachable(endpoint, failure);
  if (failure.worth_retrying) {
    return {ErrorCode::io,
            fmt::format("{}: no answer to a question in {} {}, the last time: {}; what was answered is kept",
                        endpoint.base_url, failure.tries, failure.tries == 1 ? "try" : "tries",
                        what_came(endpoint, failure))};
  }
  if (failure.status == 401 || failure.status == 403) return refused_key(endpoint, failure.status);
  if (may_be_the_model(failure) && !models.empty() && !lists(models, failure.model))
    return no_model(endpoint, failure.model, models);
  if ((failure.status == 404 && models.empty()) || failure.status == 405 || failure.status / 100 == 3)
    return no_endpoint(endpoint, failure.status);
  return {ErrorCode::invalid_argument,
          fmt::format("{}: refuses a question to model '{}' ({})", endpoint.base_url,
                      redact(failure.model, endpoint.key), what_came(endpoint, failure))};
}

}  // namespace perennial
