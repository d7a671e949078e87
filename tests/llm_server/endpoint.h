#pragma once

#include <optional>
#include <string>
#include <vector>

#include "llm_server/chat_request.h"
#include "llm_server/fault.h"
#include "llm_server/tally.h"

namespace perennial::llm_server {

/// What the endpoint is like, beyond what a model's name says.
struct EndpointOptions {
  std::string key;                  ///< that every request must bring; empty = none
  std::vector<std::string> models;  ///< served beside test and test-*
  FaultPlan faults;
  int retry_after_s = -1;  ///< told with 429 and 503; negative = not told
};

/// A request as HTTP brings it.
struct HttpRequest {
  std::string method;
  std::string target;
  std::string authorization;
  std::string body;
};

/// What is to be sent.
struct HttpReply {
  unsigned status = 200;
  std::string body = {};
  std::string header = {};                     ///< further header lines, each with its line break
  Fault fault = Fault::none;                   ///< to be played on the way: cut, hangup, stall, slow
  std::optional<std::uint64_t> question = {};  ///< whose answer this is
  bool takes_service = false;                  ///< comes after the service time
};

/// Decides what each request gets and counts it; knows nothing of the network.
class Endpoint {
 public:
  explicit Endpoint(EndpointOptions options) : options_(std::move(options)) {}

  HttpReply reply(const HttpRequest& request);
  Tally& tally() { return tally_; }

 private:
  HttpReply chat(const HttpRequest& request);
  HttpReply chat_with_fault(const ChatRequest& chat, std::uint64_t question, Fault fault) const;
  HttpReply models() const;
  HttpReply refuse(unsigned status, const std::string& type, const std::string& sentence);
  bool serves(const std::string& model) const;

  EndpointOptions options_;
  Tally tally_;
};

}  // namespace perennial::llm_server
