#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/error.h"
#include "llm/endpoint.h"
#include "llm/http.h"

namespace perennial {

/// A question that came to nothing: how often it was sent, and what came of the last time.
struct EndpointFailure {
  std::string model;
  HttpOutcome outcome = HttpOutcome::answered;
  int status = 0;           ///< 200 for an error that came as if it were an answer
  std::string says;         ///< the server's words, or the transport's
  std::uint32_t tries = 1;  ///< more than one: it was worth trying again, to no avail
  bool worth_retrying = false;
};

/// May the reason be that the endpoint has no such model? Then its list of models tells.
bool may_be_the_model(const EndpointFailure& failure);

/// The failure as one sentence, without the key: Error(invalid_argument) for what the user can mend (URL, key, model, a question
/// that is refused), Error(io) for what is the endpoint's. `models` are those it lists; empty where it lists none or nobody asked.
Error endpoint_error(const Endpoint& endpoint, const EndpointFailure& failure,
                     std::span<const std::string> models);

}  // namespace perennial
