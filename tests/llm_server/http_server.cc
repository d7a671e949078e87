#include "llm_server/http_server.h"

#include <fmt/format.h>

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

namespace perennial::llm_server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

/// One connection: reads a request, waits until it is served, writes the reply, and so on.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Endpoint& endpoint, Service& service, std::chrono::milliseconds slow)
      : socket_(std::move(socket)), endpoint_(endpoint), service_(service), slow_(slow) {
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
  }

  void read() {
    parser_.emplace();
    parser_->body_limit(std::uint64_t{16} << 20);
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](error_code error, std::size_t) { self->take(error); });
  }

 private:
  void take(error_code error) {
    if (error) return;
    const auto& message = parser_->get();
    stays_ = message.keep_alive();
    reply_ = endpoint_.reply({.method = std::string(message.method_string()),
                              .target = std::string(message.target()),
                              .authorization = std::string(message[http::field::authorization]),
                              .body = message.body()});
    endpoint_.tally().enter();
    ++number_;
    waits_ = true;
    if (reply_.fault == Fault::stall) return watch();
    if (!reply_.takes_service) return send();
    const auto more = reply_.fault == Fault::slow ? slow_ : std::chrono::milliseconds(0);
    job_ = service_.start([self = shared_from_this()] { self->send(); }, more);
    watch();
  }

  /// An asker that goes away before its reply is ready is noticed, and its place freed.
  void watch() {
    socket_.async_wait(tcp::socket::wait_read,
                       [self = shared_from_this(), number = number_](error_code error) {
                         if (error || !self->waits_ || number != self->number_) return;
                         error_code failed;
                         if (self->socket_.available(failed) > 0 && !failed) return;
                         self->waits_ = false;
                         if (self->job_) self->service_.abandon(*self->job_);
                         self->job_ = nullptr;
                         self->endpoint_.tally().abandoned();
                         self->end();
                       });
  }

  void send() {
    waits_ = false;
    job_ = nullptr;
    if (reply_.fault == Fault::hangup) return end();
    out_ = fmt::format("HTTP/1.1 {} {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n{}{}\r\n{}",
                       reply_.status, std::string(http::obsolete_reason(http::int_to_status(reply_.status))),
                       reply_.body.size(), reply_.header, stays_ ? "" : "Connection: close\r\n", reply_.body);
    const bool is_cut = reply_.fault == Fault::cut;
    if (is_cut) out_.resize(out_.size() - reply_.body.size() / 2);
    asio::async_write(socket_, asio::buffer(out_),
                      [self = shared_from_this(), is_cut](error_code error, std::size_t) {
                        if (error || is_cut) return self->end();
                        if (self->reply_.question) self->endpoint_.tally().answered(*self->reply_.question);
                        if (!self->stays_) return self->end();
                        self->endpoint_.tally().leave();
                        self->read();
                      });
  }

  void end() {
    endpoint_.tally().leave();
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  tcp::socket socket_;
  Endpoint& endpoint_;
  Service& service_;
  std::chrono::milliseconds slow_;
  boost::beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  HttpReply reply_;
  std::string out_;
  std::shared_ptr<Service::Job> job_;
  std::uint64_t number_ = 0;  ///< of the request on this connection
  bool waits_ = false;        ///< for its reply
  bool stays_ = true;
};

}  // namespace

HttpServer::HttpServer(asio::io_context& io, std::uint16_t port, Endpoint& endpoint, const Timing& timing)
    : acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), port)),
      endpoint_(endpoint),
      service_(io, timing.service, timing.slots),
      slow_(timing.slow) {
  acceptor_.listen(4096);
  accept();
}

void HttpServer::accept() {
  acceptor_.async_accept([this](error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted) return;
    if (!error) {
      endpoint_.tally().connected();
      std::make_shared<Connection>(std::move(socket), endpoint_, service_, slow_)->read();
    }
    accept();
  });
}

}  // namespace perennial::llm_server
