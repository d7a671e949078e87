#include "llm_server/server_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "llm_server/http_exchange.h"

namespace perennial::llm_server {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string ask(const ServerProcess& server, const std::string& model, const std::string& text = "hello",
                const std::string& header = "") {
  const json body = {{"model", model}, {"messages", {{{"role", "user"}, {"content", text}}}}};
  return http_exchange(server.port(), "POST", "/v1/chat/completions", body.dump(), header);
}

TEST(ServerProcess, AnswersCountsAndNamesItsModels) {
  const ServerProcess server;
  const auto first = ask(server, "test");
  EXPECT_THAT(first, StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(first, ask(server, "test"));
  EXPECT_FALSE(json::parse(http_body(first))["choices"][0]["message"]["content"].empty());
  const auto stats = server.stats();
  EXPECT_EQ(stats["requests"], 2);
  EXPECT_EQ(stats["answered"], 2);
  EXPECT_EQ(stats["answered_times"], (json{{"2", 1}}));
  EXPECT_EQ(stats["in_flight"], 0);
  EXPECT_THAT(http_exchange(server.port(), "GET", "/v1/models"), HasSubstr("\"test\""));
}

TEST(ServerProcess, PlaysTheFaultsOfTheNetwork) {
  const ServerProcess server({"--retry-after-s", "3"});
  EXPECT_THAT(ask(server, "test-429-1"), AllOf(StartsWith("HTTP/1.1 429"), HasSubstr("Retry-After: 3\r\n")));
  EXPECT_THAT(ask(server, "test-429-1"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask(server, "test-500"), StartsWith("HTTP/1.1 500"));
  EXPECT_EQ(ask(server, "test-hangup"), "");
  EXPECT_FALSE(json::accept(http_body(ask(server, "test-cut"))));
  EXPECT_FALSE(json::accept(http_body(ask(server, "test-broken-body"))));
  EXPECT_FALSE(json::accept(http_body(ask(server, "test-invalid-utf8"))));
  EXPECT_TRUE(json::parse(http_body(ask(server, "test-200-error"))).contains("error"));
  EXPECT_EQ(server.stats()["answered"], 2) << "after a 429, and behind bytes that are not UTF-8";
  EXPECT_EQ(server.stats()["faults"]["cut"], 1);
}

TEST(ServerProcess, RefusesWhatIsAskedWrongly) {
  const ServerProcess server({"--key", "geheim77"});
  EXPECT_THAT(ask(server, "test"), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(ask(server, "test", "hello", "Authorization: Bearer wrong\r\n"),
              AllOf(StartsWith("HTTP/1.1 401"), HasSubstr("wrong")));
  const std::string key = "Authorization: Bearer geheim77\r\n";
  EXPECT_THAT(ask(server, "test", "hello", key), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask(server, "gpt-9", "hello", key), AllOf(StartsWith("HTTP/1.1 404"), HasSubstr("gpt-9")));
  EXPECT_THAT(http_exchange(server.port(), "GET", "/models", "", key), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(http_exchange(server.port(), "POST", "/v1/chat/completions", "{", key),
              StartsWith("HTTP/1.1 400"));
}

TEST(ServerProcess, ServesAsManySideBySideAsItHasSlots) {
  const ServerProcess server({"--service-ms", "20", "--slots", "2"});
  std::vector<std::thread> askers;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 6; ++i)
    askers.emplace_back(
        [&, i] { EXPECT_THAT(ask(server, "test", std::to_string(i)), StartsWith("HTTP/1.1 200")); });
  for (auto& asker : askers) asker.join();
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(60));  // a bound from below
  EXPECT_EQ(server.stats()["answered"], 6);
  EXPECT_GE(server.stats()["most_in_flight"], 2);
}

TEST(ServerProcess, IsNotReachedOnceStopped) {
  ServerProcess server;
  server.stop();
  EXPECT_THROW(server.stats(), std::runtime_error);
}

}  // namespace
}  // namespace perennial::llm_server
