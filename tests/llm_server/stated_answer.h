#pragma once

#include <string>

#include "llm_server/chat_request.h"
#include "llm_server/fault.h"

namespace perennial::llm_server {

/// What the model of the stated behaviour says: the same for the same request and fault, always. It follows the request's schema,
/// or one that stands in the prompt, or else the prompt's words. README.md has the rules. Only faults that are answered change it.
std::string stated_answer(const ChatRequest& request, Fault fault);

}  // namespace perennial::llm_server
