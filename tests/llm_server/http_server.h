#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <utility>  // before Asio 1.74, which forgets it

#include "llm_server/endpoint.h"
#include "llm_server/service.h"

namespace perennial::llm_server {

/// How long answers take.
struct Timing {
  std::chrono::milliseconds service{0};  ///< of every answer
  std::chrono::milliseconds slow{1000};  ///< more for those that are slow
  std::size_t slots = 0;                 ///< served side by side; 0 = no bound
};

/// The endpoint on loopback: HTTP/1.1, connections kept alive, everything on the thread that runs the context.
class HttpServer {
 public:
  /// Port 0 takes a free one. Throws boost::system::system_error where the port is taken.
  HttpServer(boost::asio::io_context& io, std::uint16_t port, Endpoint& endpoint, const Timing& timing);

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  void accept();

  boost::asio::ip::tcp::acceptor acceptor_;
  Endpoint& endpoint_;
  Service service_;
  std::chrono::milliseconds slow_;
};

}  // namespace perennial::llm_server
