#pragma once

#include <sys/types.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace perennial::llm_server {

/// For tests: llm_test_server as a process of its own, on a free port of loopback, which ends with this object; and with the
/// test's process should that crash, as its standard input closes then.
class ServerProcess {
 public:
  /// `flags` as the program takes them: {"--service-ms", "5"}. Throws std::runtime_error when it does not start.
  explicit ServerProcess(const std::vector<std::string>& flags = {});
  ~ServerProcess() { stop(); }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }

  /// "http://127.0.0.1:PORT/v1"
  std::string base_url() const;

  /// GET /v1/stats; README.md says what is counted.
  nlohmann::json stats() const;

  /// Kills it in the middle of whatever it does. Does nothing when it has ended.
  void stop();

 private:
  pid_t process_ = -1;
  int input_ = -1;  ///< our end of its standard input
  std::uint16_t port_ = 0;
};

}  // namespace perennial::llm_server
