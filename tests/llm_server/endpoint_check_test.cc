#include "llm/endpoint_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "llm_server/server_process.h"

namespace perennial {
namespace {

using llm_server::ServerProcess;
using testing::Contains;
using testing::HasSubstr;

constexpr std::size_t slate = 3, questions = 24;

EndpointCheck check_of(const ServerProcess& server, const std::string& model, int* answered = nullptr) {
  Endpoint endpoint;
  endpoint.base_url = server.base_url();
  endpoint.requests_in_flight = 8;
  EndpointChat chat(endpoint);
  return check_endpoint(chat, endpoint, model, slate, questions, [&] {
    if (answered) ++*answered;
  });
}

TEST(EndpointCheck, MeasuresEveryKindOfQuestion) {
  const ServerProcess server({"--service-ms", "20"});
  int answered = 0;
  const auto check = check_of(server, "test", &answered);
  EXPECT_EQ(answered, questions * all_question_kinds.size());
  EXPECT_EQ(check.usage.answers, questions * all_question_kinds.size() + 1);
  EXPECT_THAT(check.models, Contains("test"));
  for (const auto& kind : check.kinds) {
    EXPECT_EQ(kind.questions, questions);
    EXPECT_EQ(kind.clear, questions);
    EXPECT_GE(kind.latency_p50_s, 0.019);
    EXPECT_GE(kind.latency_p99_s, kind.latency_p50_s);
    EXPECT_GE(kind.wall_s, 0.06);  // three times eight at 20 ms
    EXPECT_GT(kind.prompt_tokens, 0);
    EXPECT_GT(kind.completion_tokens, 0);
  }
  for (const auto& cost : check.costs()) {
    EXPECT_LE(cost.per_s, 8 / 0.02);
    EXPECT_EQ(cost.unclear, 0);
  }
  EXPECT_EQ(check.usage.schema, "json_schema");
}

TEST(EndpointCheck, ComparesAnswersAboutASlateWithThoseAboutAnItem) {
  const auto check = check_of(ServerProcess(), "test");
  const auto& difference = check.difference;
  EXPECT_EQ(difference.users, questions);
  for (const double share : {difference.watched_in_slate, difference.watched_alone}) {
    EXPECT_GT(share, 0);
    EXPECT_LT(share, 1);
  }
  EXPECT_GE(difference.half_width_95, 0);
}

TEST(EndpointCheck, SaysWhatModelsDoNotDo) {
  const ServerProcess server;
  const auto refusing = check_of(server, "test-no-schema");
  EXPECT_EQ(refusing.usage.schema, "json_object");
  const auto babbling = check_of(server, "test-broken-json");
  EXPECT_EQ(babbling.kinds.front().clear, 0U);
  EXPECT_FALSE(babbling.kinds.front().problem.empty());
  EXPECT_EQ(babbling.costs().front().unclear, 1);
  EXPECT_EQ(babbling.difference.users, 0U);
}

TEST(EndpointCheck, StopsAtAModelThatIsNotThere) {
  const ServerProcess server;
  try {
    check_of(server, "tset");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_THAT(error.what(), HasSubstr("has no model 'tset'; did you mean 'test'?"));
  }
  EXPECT_EQ(server.stats()["requests"], 0);
}

}  // namespace
}  // namespace perennial
