// A language model's endpoint for tests; README.md says what it plays. Prints its port, ends on SIGTERM or when the pipe on its
// standard input closes.

#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <optional>

#include "llm_server/http_server.h"

namespace perennial::llm_server {
namespace {

namespace asio = boost::asio;

struct Flags {
  std::uint16_t port = 0;
  std::int64_t service_ms = 0;
  std::int64_t slow_ms = 1000;
  std::size_t slots = 0;
  std::vector<std::string> faults;
  EndpointOptions endpoint;
};

void declare(CLI::App& app, Flags& flags) {
  app.add_option("--port", flags.port, "Port on 127.0.0.1; 0 = a free one, printed as the first line");
  app.add_option("--service-ms", flags.service_ms, "Time that each answer takes");
  app.add_option("--slots", flags.slots, "Most answers served side by side, others queue; 0 = no bound");
  app.add_option("--slow-ms", flags.slow_ms, "More time for a slow answer");
  app.add_option("--fault-rate", flags.endpoint.faults.rate, "Probability that a try meets a fault");
  app.add_option("--faults", flags.faults, "Kinds of faults, as 429,500,cut")->delimiter(',');
  app.add_option("--fault-seed", flags.endpoint.faults.seed, "Which tries meet one");
  app.add_option("--retry-after-s", flags.endpoint.retry_after_s,
                 "Retry-After of 429 and 503; negative = none");
  app.add_option("--key", flags.endpoint.key, "Key that every request must bring");
  app.add_option("--models", flags.endpoint.models, "Models served beside test and test-*")->delimiter(',');
}

void allow_many_connections() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

bool is_pipe(int descriptor) {
  struct stat status {};
  return fstat(descriptor, &status) == 0 && (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

void serve(Flags flags) {
  for (const auto& name : flags.faults) flags.endpoint.faults.kinds.push_back(fault_named(name));
  asio::io_context io(1);
  Endpoint endpoint(flags.endpoint);
  HttpServer server(io, flags.port, endpoint,
                    {.service = std::chrono::milliseconds(flags.service_ms),
                     .slow = std::chrono::milliseconds(flags.slow_ms),
                     .slots = flags.slots});
  asio::signal_set signals(io, SIGTERM, SIGINT);
  signals.async_wait([&](const boost::system::error_code&, int) { io.stop(); });
  std::optional<asio::posix::stream_descriptor> input;
  std::array<char, 64> ignored{};
  std::function<void()> watch_input = [&] {
    input->async_read_some(asio::buffer(ignored), [&](const boost::system::error_code& error, std::size_t) {
      if (error) return io.stop();
      watch_input();
    });
  };
  if (is_pipe(STDIN_FILENO)) {
    input.emplace(io, STDIN_FILENO);
    watch_input();
  }
  fmt::print("{}\n", server.port());
  std::fflush(stdout);
  io.run();
}

}  // namespace
}  // namespace perennial::llm_server

int main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);
  CLI::App app("A language model's endpoint for tests", "llm_test_server");
  perennial::llm_server::Flags flags;
  perennial::llm_server::declare(app, flags);
  CLI11_PARSE(app, argc, argv);
  try {
    perennial::llm_server::allow_many_connections();
    perennial::llm_server::serve(flags);
  } catch (const std::exception& error) {
    fmt::print(stderr, "llm_test_server: {}\n", error.what());
    return 1;
  }
  return 0;
}
