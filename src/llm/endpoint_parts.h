#pragma once

#include <atomic>
#include <memory>

#include "llm/budget.h"
#include "llm/endpoint.h"
#include "llm/http_pool.h"
#include "llm/retry.h"
#include "llm/schema_choice.h"
#include "llm/usage_counter.h"

namespace perennial {

/// What all questions to one endpoint share. Each part may be used from any thread.
struct EndpointParts {
  const Endpoint endpoint;  ///< checked
  const std::shared_ptr<HttpPool> pool;
  const std::shared_ptr<const HeaderList> headers;
  const RetryWaits waits;
  Budget budget;
  SchemaChoice schema;
  UsageCounter usage = {};
  std::atomic<double> pause_until_s =
      0;  ///< of a steady clock: nothing is sent before, as the endpoint wished
};

/// The endpoint's list of models, asked once; empty when it gives none.
std::vector<std::string> listed_models(const EndpointParts& parts);

}  // namespace perennial
