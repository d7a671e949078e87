#pragma once

#include <memory>
#include <string>
#include <vector>

#include "llm/chat.h"
#include "llm/endpoint.h"
#include "llm/http_pool.h"
#include "llm/usage.h"

namespace perennial {

struct EndpointParts;

/// A language model behind an OpenAI-compatible endpoint. Answers are taken on the thread that asks. When a `take` throws, no
/// more is asked, answers under way are still handed over, and its error is thrown.
class EndpointChat final : public Chat {
 public:
  /// Throws Error(invalid_argument) for an endpoint that is none; asks nothing yet.
  explicit EndpointChat(const Endpoint& endpoint);
  /// With a pool of others, so that its bounds hold for all.
  EndpointChat(const Endpoint& endpoint, std::shared_ptr<HttpPool> pool);
  ~EndpointChat() override;

  void ask(std::span<const ChatQuestion> questions, const TakeAnswer& take) override;

  /// The models that the endpoint lists; empty where it lists none or cannot be reached.
  std::vector<std::string> models() const;

  /// What was sent until now.
  LlmUsage usage() const;

 private:
  std::unique_ptr<EndpointParts> parts_;
};

}  // namespace perennial
