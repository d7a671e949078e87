// The check of an endpoint, against a server process.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "llm_server/server_process.h"
#include "program.h"

namespace perennial {
namespace {

using llm_server::ServerProcess;
using testing::HasSubstr;
using testing::Not;

std::string check(const std::string& url, const std::string& more = "") {
  return "llm check --llm-url " + url + " --llm-model test --llm-in-flight 4 " + more;
}

TEST(LlmCheck, SaysWhatAnEndpointCanDoAndWhatAStudyTakes) {
  const Scratch scratch;
  const ServerProcess server;
  const auto text = perennial_says(scratch, check(server.base_url()));
  ASSERT_EQ(text.status, 0) << text.err;
  for (const char* part :
       {"test: there, of ", "json_schema", "user, a slate", "100%", "by slate", "item by item"})
    EXPECT_THAT(text.out, HasSubstr(part));
  const auto priced = perennial_says(
      scratch, check(server.base_url(),
                     "--users 1000 --creators 100 --rounds 10 --active 1 --llm-price-prompt 1 --json"));
  ASSERT_EQ(priced.status, 0) << priced.err;
  const auto json = nlohmann::json::parse(priced.out);
  EXPECT_EQ(json["by_slate"]["requests"], 10'000 + 2 * 1'000 + 100);
  EXPECT_EQ(json["item_by_item"]["requests"], 100'000 + 2 * 1'000 + 100);
  EXPECT_NEAR(json["by_slate"]["cost"], json["by_slate"]["prompt_tokens"].get<double>() * 1e-6, 1e-9);
  EXPECT_EQ(json["questions"]["user_slate"]["in_form"], 1);
}

TEST(LlmCheck, SaysInOneSentenceWhatIsWrong) {
  const Scratch scratch;
  const ServerProcess server({"--key", "sesame-open-0123456789"});
  const std::pair<std::string, const char*> cases[] = {
      {"llm check", "give --llm-url URL and --llm-model NAME"},
      {check("localhost:8080"), "is no http:// or https:// address"},
      {check("http://127.0.0.1:1/v1"), "cannot be reached"},
      {check(server.base_url()), "asks for a key"},
      {check(server.base_url(), "--llm-key-variable NO_SUCH_VARIABLE"),
       "the environment holds no such variable"},
      {check(server.base_url(), "--llm-in-flight 0"), "must lie between 1 and 4096"}};
  for (const auto& [arguments, sentence] : cases) {
    const auto outcome = perennial_says(scratch, arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_THAT(outcome.err, HasSubstr(sentence)) << arguments;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_EQ(outcome.out, "") << arguments;
  }
}

TEST(LlmCheck, NeverShowsTheKey) {
  const Scratch scratch;
  const ServerProcess server({"--key", "sesame-open-0123456789"});
  for (const char* key : {"sesame-open-0123456789", "sesame-shut-0123456789"}) {
    ::setenv("PERENNIAL_TEST_KEY", key, 1);
    const auto outcome = perennial_says(
        scratch, "--log debug " + check(server.base_url(), "--llm-key-variable PERENNIAL_TEST_KEY --json"));
    EXPECT_EQ(outcome.status, std::string(key) == "sesame-open-0123456789" ? 0 : 2) << outcome.err;
    for (const auto& text : {outcome.out, outcome.err}) EXPECT_THAT(text, Not(HasSubstr("sesame"))) << key;
  }
  ::unsetenv("PERENNIAL_TEST_KEY");
}

}  // namespace
}  // namespace perennial
