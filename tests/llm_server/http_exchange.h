#pragma once

#include <cstdint>
#include <string>

namespace perennial::llm_server {

/// For tests: one request to loopback on a connection of its own, and all that comes back until it is closed: status line,
/// headers and body as they are; empty where nothing came. `header` holds further lines, each with its line break.
/// Throws std::runtime_error when nobody listens.
std::string http_exchange(std::uint16_t port, const std::string& method, const std::string& target,
                          const std::string& body = "", const std::string& header = "");

/// The part behind the headers.
std::string http_body(const std::string& reply);

}  // namespace perennial::llm_server
