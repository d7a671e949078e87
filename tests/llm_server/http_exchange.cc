#include "llm_server/http_exchange.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace perennial::llm_server {
namespace {

int connect_to(std::uint16_t port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return connection;
  ::close(connection);
  throw std::runtime_error("nobody listens on port " + std::to_string(port));
}

}  // namespace

std::string http_exchange(std::uint16_t port, const std::string& method, const std::string& target,
                          const std::string& body, const std::string& header) {
  const int connection = connect_to(port);
  const auto request = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                       header + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  for (std::size_t sent = 0; sent < request.size();) {
    const auto n = ::send(connection, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) break;
    sent += static_cast<std::size_t>(n);
  }
  std::string reply;
  std::array<char, 4096> part{};
  for (ssize_t n = 0; (n = ::recv(connection, part.data(), part.size(), 0)) > 0;)
    reply.append(part.data(), static_cast<std::size_t>(n));
  ::close(connection);
  return reply;
}

std::string http_body(const std::string& reply) {
  const auto at = reply.find("\r\n\r\n");
  return at == std::string::npos ? "" : reply.substr(at + 4);
}

}  // namespace perennial::llm_server
