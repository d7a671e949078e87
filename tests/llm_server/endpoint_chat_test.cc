#include "llm/endpoint_chat.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <set>
#include <thread>

#include "base/error.h"
#include "base/interrupt.h"
#include "llm_server/server_process.h"

namespace perennial {
namespace {

using llm_server::ServerProcess;
using testing::HasSubstr;
using testing::Not;

const char* const schema =
    R"({"type":"object","properties":{"choice":{"type":"string","enum":["WATCH","SKIP"]}},"required":["choice"]})";

std::vector<ChatQuestion> questions(std::size_t count, const std::string& model = "test",
                                    const std::string& with_schema = "") {
  std::vector<ChatQuestion> all;
  for (std::size_t i = 0; i < count; ++i)
    all.push_back({.model = model,
                   .messages = {{ChatRole::user, fmt::format("Question {} to {}?", i, model)}},
                   .schema = with_schema});
  return all;
}

Endpoint endpoint_of(const ServerProcess& server) {
  Endpoint endpoint;
  endpoint.base_url = server.base_url();
  endpoint.requests_in_flight = 16;
  return endpoint;
}

Error error_of(Chat& chat, const std::vector<ChatQuestion>& asked, std::size_t* taken = nullptr) {
  std::set<std::size_t> indexes;
  try {
    chat.ask(asked, [&](std::size_t index, const ChatAnswer&) { EXPECT_TRUE(indexes.insert(index).second); });
  } catch (const Error& error) {
    if (taken) *taken = indexes.size();
    return error;
  }
  return {ErrorCode::io, "nothing"};
}

TEST(EndpointChat, AnswersEveryQuestionOnce) {
  const ServerProcess server;
  EndpointChat chat(endpoint_of(server));
  const auto asked = questions(300);
  std::vector<int> taken(asked.size());
  chat.ask(asked, [&](std::size_t index, const ChatAnswer& answer) {
    ++taken[index];
    EXPECT_FALSE(answer.text.empty());
    EXPECT_GT(answer.prompt_tokens, 0U);
  });
  EXPECT_THAT(taken, testing::Each(1));
  const auto usage = chat.usage();
  EXPECT_EQ(usage.requests, 300U);
  EXPECT_EQ(usage.answers, 300U);
  EXPECT_EQ(usage.retries_total(), 0U);
  EXPECT_EQ(usage.latency.count(), 300U);
  const auto stats = server.stats();
  EXPECT_EQ(stats["questions"], 300);
  EXPECT_LE(stats["most_in_flight"], 16);
  EXPECT_LE(stats["connections"], 17);  // kept open; one is that of the statistics
}

TEST(EndpointChat, AnswersAreThoseOfTheirQuestionsInAnyOrder) {
  const ServerProcess server({"--service-ms", "2"});
  const auto asked = questions(60);
  auto one_at_a_time = endpoint_of(server);
  one_at_a_time.requests_in_flight = 1;
  EndpointChat slow(one_at_a_time), fast(endpoint_of(server));
  EXPECT_EQ(ask_all(slow, asked), ask_all(fast, asked));
}

TEST(EndpointChat, KeepsTheBoundOfRequestsInFlight) {
  const ServerProcess server({"--service-ms", "20"});
  auto endpoint = endpoint_of(server);
  endpoint.requests_in_flight_per_host = 5;
  EndpointChat chat(endpoint);
  ask_all(chat, questions(40));
  EXPECT_EQ(server.stats()["most_in_flight"], 5);
}

TEST(EndpointChat, MayBeAskedFromSeveralThreads) {
  const ServerProcess server;
  EndpointChat chat(endpoint_of(server));
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      const auto answers = ask_all(chat, questions(50, fmt::format("test-slow-0", t)));
      EXPECT_EQ(answers.size(), 50U);
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(chat.usage().answers, 150U);
}

TEST(EndpointChat, SendsAgainWhatFailsForATime) {
  const ServerProcess server({"--retry-after-s", "0"});
  EndpointChat chat(endpoint_of(server));
  const std::pair<const char*, RetryReason> faults[] = {
      {"429", RetryReason::rate_limited}, {"500", RetryReason::overloaded},
      {"502", RetryReason::overloaded},   {"503", RetryReason::overloaded},
      {"cut", RetryReason::cut},          {"broken-body", RetryReason::broken_body}};
  for (const auto& [fault, reason] : faults) {
    const auto before = chat.usage();
    ask_all(chat, questions(5, fmt::format("test-{}-1", fault)));
    const auto after = chat.usage();
    const auto of_reason = static_cast<std::size_t>(reason);
    EXPECT_EQ(after.answers - before.answers, 5U) << fault;
    EXPECT_EQ(after.retries[of_reason] - before.retries[of_reason], 5U) << fault;
    EXPECT_EQ(after.retries_total() - before.retries_total(), 5U) << fault;
  }
}

TEST(EndpointChat, SendsAgainAfterAHangupAndA200ThatIsAnError) {
  const ServerProcess server;
  EndpointChat chat(endpoint_of(server));
  for (const char* fault : {"hangup", "200-error"})
    EXPECT_EQ(ask_all(chat, questions(4, fmt::format("test-{}-1", fault))).size(), 4U) << fault;
}

TEST(EndpointChat, SendsAgainWhatTakesTooLong) {
  const ServerProcess server;
  auto endpoint = endpoint_of(server);
  endpoint.timeout_s = 0.1;
  EndpointChat chat(endpoint);
  ask_all(chat, questions(3, "test-stall-1"));
  EXPECT_EQ(chat.usage().retries[static_cast<std::size_t>(RetryReason::timed_out)], 3U);
}

TEST(EndpointChat, GivesUpAfterItsTriesAndSaysWhatCameLast) {
  const ServerProcess server({"--retry-after-s", "0"});
  auto endpoint = endpoint_of(server);
  endpoint.retries = 2;
  EndpointChat chat(endpoint);
  const auto error = error_of(chat, questions(1, "test-429"));
  EXPECT_EQ(error.code(), ErrorCode::io);
  EXPECT_THAT(error.what(), HasSubstr("no answer to a question in 3 tries, the last time: status 429"));
  EXPECT_EQ(chat.usage().requests, 3U);
}

TEST(EndpointChat, TakesUnicodeAndBytesThatAreNone) {
  const ServerProcess server;
  EndpointChat chat(endpoint_of(server));
  EXPECT_FALSE(ask_all(chat, questions(1, "test-unicode")).front().text.empty());
  EXPECT_THAT(ask_all(chat, questions(1, "test-invalid-utf8")).front().text, HasSubstr("\xEF\xBF\xBD"));
  EXPECT_EQ(ask_all(chat, questions(1, "test-empty")).front().text, "");
}

TEST(EndpointChat, FallsBackOnceWhenTheEndpointTakesNoSchema) {
  const ServerProcess server;
  EndpointChat chat(endpoint_of(server));
  const auto asked = questions(100, "test-no-schema", schema);
  for (const auto& answer : ask_all(chat, asked)) EXPECT_THAT(answer.text, HasSubstr("choice"));
  const auto usage = chat.usage();
  EXPECT_EQ(usage.schema, "json_object");
  EXPECT_TRUE(usage.schema_fell_back);
  EXPECT_EQ(usage.retries_total(), 0U);
  EXPECT_LE(usage.requests, 100U + 32U);  // only those that were under way learn it themselves
  auto strict = endpoint_of(server);
  strict.schema = "json_schema";
  EndpointChat stubborn(strict);
  EXPECT_THAT(error_of(stubborn, questions(1, "test-no-schema", schema)).what(),
              HasSubstr("refuses a question"));
}

TEST(EndpointChat, SaysThatNobodyListens) {
  Endpoint endpoint;
  {
    const ServerProcess server;
    endpoint.base_url = server.base_url();
  }
  EndpointChat chat(endpoint);
  const auto error = error_of(chat, questions(1));
  EXPECT_EQ(error.code(), ErrorCode::io);
  EXPECT_THAT(error.what(), HasSubstr("cannot be reached"));
  EXPECT_EQ(chat.usage().requests, 1U);
  endpoint.base_url = "http://no-such-host.invalid/v1";
  EndpointChat nowhere(endpoint);
  EXPECT_THAT(error_of(nowhere, questions(1)).what(), HasSubstr("cannot be reached"));
}

TEST(EndpointChat, TellsAnUnknownModelFromAWrongPath) {
  const ServerProcess server;
  EndpointChat chat(endpoint_of(server));
  const auto error = error_of(chat, questions(5, "tset"));
  EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
  EXPECT_THAT(error.what(), HasSubstr("has no model 'tset'; did you mean 'test'?"));
  auto elsewhere = endpoint_of(server);
  elsewhere.base_url += "/v2";
  EndpointChat lost(elsewhere);
  EXPECT_THAT(error_of(lost, questions(1)).what(), HasSubstr("most base URLs end in /v1"));
}

TEST(EndpointChat, NeverRepeatsTheKey) {
  const ServerProcess server({"--key", "right-key-0123456789"});
  auto endpoint = endpoint_of(server);
  EndpointChat none(endpoint);
  EXPECT_THAT(error_of(none, questions(1)).what(), HasSubstr("asks for a key"));
  endpoint.key = Secret("wrong-key-0123456789");
  EndpointChat wrong(endpoint);
  const auto error = error_of(wrong, questions(3));
  EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
  EXPECT_THAT(error.what(), HasSubstr("refuses the key"));
  EXPECT_THAT(error.what(), Not(HasSubstr("wrong-key")));
  endpoint.key = Secret("right-key-0123456789");
  EndpointChat right(endpoint);
  EXPECT_EQ(ask_all(right, questions(3)).size(), 3U);
}

TEST(EndpointChat, StopsBeforeTheBudgetIsExceededAndKeepsWhatWasAnswered) {
  const ServerProcess server;
  auto endpoint = endpoint_of(server);
  endpoint.budget_requests = 25;
  EndpointChat chat(endpoint);
  std::size_t taken = 0;
  const auto error = error_of(chat, questions(100), &taken);
  EXPECT_EQ(error.code(), ErrorCode::interrupted);
  EXPECT_THAT(error.what(), HasSubstr("25 of at most 25 requests"));
  EXPECT_EQ(taken, 25U);
  EXPECT_EQ(server.stats()["requests"], 25);
}

TEST(EndpointChat, UsesUpABudgetOfTokensWithoutExceedingIt) {
  const ServerProcess server;
  auto endpoint = endpoint_of(server);
  endpoint.budget_tokens = 5000;
  EndpointChat chat(endpoint);
  EXPECT_EQ(error_of(chat, questions(10'000)).code(), ErrorCode::interrupted);
  const auto usage = chat.usage();
  EXPECT_LE(usage.prompt_tokens + usage.completion_tokens, 5000U);
  EXPECT_GE(usage.prompt_tokens + usage.completion_tokens, 4600U);  // less than one request's most is left
}

TEST(EndpointChat, HandsOverWhatIsPaidForWhenTakingFails) {
  const ServerProcess server({"--service-ms", "20"});
  EndpointChat chat(endpoint_of(server));
  std::size_t taken = 0;
  EXPECT_THROW(chat.ask(questions(1000),
                        [&](std::size_t, const ChatAnswer&) {
                          ++taken;
                          throw Error(ErrorCode::io, "the disk is full");
                        }),
               Error);
  EXPECT_EQ(taken, server.stats()["answered"]);
  EXPECT_LT(taken, 100U);
}

TEST(EndpointChat, StopsWithinASecondWhenAsked) {
  const ServerProcess server;
  auto endpoint = endpoint_of(server);
  EndpointChat chat(endpoint);
  auto asked = questions(10);
  for (const auto& stalled : questions(100, "test-stall")) asked.push_back(stalled);
  watch_interrupts();
  std::chrono::steady_clock::time_point stopped_at;
  std::thread user([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    stopped_at = std::chrono::steady_clock::now();
    std::raise(SIGINT);
  });
  std::size_t taken = 0;
  const auto error = error_of(chat, asked, &taken);
  const auto after = std::chrono::steady_clock::now();
  user.join();
  watch_interrupts();
  std::signal(SIGINT, SIG_DFL);
  EXPECT_EQ(error.code(), ErrorCode::interrupted);
  EXPECT_THAT(error.what(), HasSubstr("10 of 110 questions answered"));
  EXPECT_EQ(taken, 10U);
  EXPECT_LT(std::chrono::duration<double>(after - stopped_at).count(),
            10.0);  // not the two minutes of a timeout
}

TEST(EndpointChat, WithoutQuestionsAsksNothing) {
  const ServerProcess server;
  EndpointChat chat(endpoint_of(server));
  chat.ask({}, [](std::size_t, const ChatAnswer&) { FAIL(); });
  EXPECT_EQ(server.stats()["requests"], 0);
}

}  // namespace
}  // namespace perennial
