#include "llm/endpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace perennial {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string refusal(const Endpoint& endpoint) {
  try {
    checked(endpoint);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    return error.what();
  }
  return "nothing";
}

Endpoint at(const std::string& url, const std::string& key = "") {
  Endpoint endpoint;
  endpoint.base_url = url;
  endpoint.key = Secret(key);
  return endpoint;
}

TEST(Endpoint, TakesAddressesAsPeopleWriteThem) {
  EXPECT_EQ(checked(at("http://localhost:8080/v1")).base_url, "http://localhost:8080/v1");
  EXPECT_EQ(checked(at("https://api.example.com/v1//")).base_url, "https://api.example.com/v1");
  EXPECT_EQ(checked(at("http://[::1]:8080/v1", "sk-1")).base_url, "http://[::1]:8080/v1");
}

TEST(Endpoint, SaysWhatIsWrongWithAnAddress) {
  EXPECT_EQ(refusal(at("")), "endpoint: no URL; give one as in http://localhost:8080/v1");
  EXPECT_EQ(refusal(at("localhost:8080")),
            "endpoint: 'localhost:8080': is no http:// or https:// address; give one as in "
            "http://localhost:8080/v1");
  EXPECT_THAT(refusal(at("ftp://host/v1")), HasSubstr("is no http"));
  EXPECT_THAT(refusal(at("http:///v1")), HasSubstr("names no host"));
  EXPECT_THAT(refusal(at("http://:80/v1")), HasSubstr("names no host"));
  EXPECT_THAT(refusal(at("http://a b/v1")), HasSubstr("a blank"));
  EXPECT_THAT(refusal(at("http://host/v1?x=1")), HasSubstr("after '?'"));
}

TEST(Endpoint, NeverRepeatsAPasswordOrKey) {
  EXPECT_THAT(refusal(at("http://me:sesame@host/v1")), Not(HasSubstr("sesame")));
  EXPECT_THAT(refusal(at("http://host/v1?key=sesame")), Not(HasSubstr("sesame")));
  EXPECT_THAT(refusal(at("me:sesame@host")), Not(HasSubstr("sesame")));
  const auto broken_key = refusal(at("http://host/v1", "sesame\r\nX-More: 1"));
  EXPECT_THAT(broken_key, HasSubstr("line break"));
  EXPECT_THAT(broken_key, Not(HasSubstr("sesame")));
}

TEST(Endpoint, NeedsPricesForABoundOnCost) {
  auto endpoint = at("http://host/v1");
  endpoint.budget_cost = 5;
  EXPECT_THAT(refusal(endpoint), HasSubstr("needs the prices"));
  endpoint.price_per_million_prompt_tokens = 0.1;
  EXPECT_EQ(refusal(endpoint), "nothing");
}

TEST(Endpoint, ListsAllButTheKey) {
  Endpoint endpoint;
  endpoint.key = Secret("sesame");
  const auto fields = endpoint.fields();
  for (const auto& field : fields.all()) EXPECT_THAT(to_toml(Fields::value(field)), Not(HasSubstr("sesame")));
  fields.set("endpoint", "requests_in_flight", std::int64_t{8});
  EXPECT_EQ(endpoint.requests_in_flight, 8);
  EXPECT_THROW(fields.set("endpoint", "schema", std::string("yaml")), Error);
  EXPECT_THROW(fields.set("endpoint", "timeout_s", 0.0), Error);
}

TEST(HostOf, IsSchemeNameAndPort) {
  EXPECT_EQ(host_of("http://localhost:8080/v1/models"), "http://localhost:8080");
  EXPECT_EQ(host_of("https://host"), "https://host");
}

}  // namespace
}  // namespace perennial
