#include "llm/endpoint_chat.h"

#include <future>

#include "llm/asked_batch.h"
#include "llm/endpoint_parts.h"

namespace perennial {
namespace {

std::shared_ptr<const HeaderList> headers_of(const Endpoint& endpoint) {
  std::vector<std::string> lines = {"Content-Type: application/json", "Accept: application/json", "Expect:"};
  if (!endpoint.key.empty()) lines.push_back("Authorization: Bearer " + endpoint.key.reveal());
  return std::make_shared<const HeaderList>(lines);
}

std::shared_ptr<HttpPool> pool_of(const Endpoint& endpoint) {
  return std::make_shared<HttpPool>(
      HttpPool::Bounds{static_cast<std::size_t>(endpoint.requests_in_flight),
                       static_cast<std::size_t>(endpoint.requests_in_flight_per_host)});
}

}  // namespace

EndpointChat::EndpointChat(const Endpoint& endpoint) : EndpointChat(endpoint, nullptr) {}

EndpointChat::EndpointChat(const Endpoint& endpoint, std::shared_ptr<HttpPool> pool) {
  const auto good = checked(endpoint);
  if (!pool) pool = pool_of(good);
  parts_.reset(new EndpointParts{.endpoint = good,
                                 .pool = std::move(pool),
                                 .headers = headers_of(good),
                                 .waits = {},
                                 .budget = Budget(good),
                                 .schema = SchemaChoice(good.schema)});
}

EndpointChat::~EndpointChat() = default;

void EndpointChat::ask(std::span<const ChatQuestion> questions, const TakeAnswer& take) {
  AskedBatch(*parts_, questions, take).run();
}

std::vector<std::string> EndpointChat::models() const {
  return listed_models(*parts_);
}

LlmUsage EndpointChat::usage() const {
  auto usage = parts_->usage.usage();
  usage.cost = parts_->budget.cost(parts_->budget.spent());
  if (const auto mode = parts_->schema.proven()) usage.schema = schema_mode_name(*mode);
  usage.schema_fell_back = parts_->schema.fell_back();
  return usage;
}

std::vector<std::string> listed_models(const EndpointParts& parts) {
  const auto promise = std::make_shared<std::promise<HttpResponse>>();
  auto response = promise->get_future();
  parts.pool->submit({.url = parts.endpoint.base_url + "/models",
                      .headers = parts.headers,
                      .connect_timeout_s = parts.endpoint.connect_timeout_s,
                      .timeout_s = std::min(parts.endpoint.timeout_s, 30.0)},
                     [promise](HttpResponse came) { promise->set_value(std::move(came)); });
  const auto came = response.get();
  return came.status / 100 == 2 ? read_model_names(came.body) : std::vector<std::string>();
}

}  // namespace perennial
