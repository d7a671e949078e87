#include "llm/endpoint_failure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace perennial {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<std::string> listed = {"llama-3-8b", "qwen"};

Endpoint somewhere(const std::string& key = "") {
  Endpoint endpoint;
  endpoint.base_url = "http://host/v1";
  endpoint.key = Secret(key);
  return endpoint;
}

EndpointFailure status(int number, const std::string& says) {
  return {.model = "llama-3-8", .status = number, .says = says};
}

TEST(EndpointError, NamesTheNearestModelOrAllThereAre) {
  const auto near = endpoint_error(somewhere(), status(404, "no such model"), listed);
  EXPECT_EQ(near.code(), ErrorCode::invalid_argument);
  EXPECT_STREQ(near.what(), "http://host/v1: has no model 'llama-3-8'; did you mean 'llama-3-8b'?");
  auto far = status(400, "The model does not exist");
  far.model = "gpt";
  EXPECT_STREQ(endpoint_error(somewhere(), far, listed).what(),
               "http://host/v1: has no model 'gpt'; there are: llama-3-8b, qwen");
  EXPECT_THAT(endpoint_error(somewhere(), far, std::vector<std::string>(40, "m")).what(),
              HasSubstr(" and 28 more"));
}

TEST(EndpointError, TellsAWrongUrlFromAWrongModel) {
  EXPECT_THAT(endpoint_error(somewhere(), status(404, "Not Found"), {}).what(),
              HasSubstr("most base URLs end in /v1"));
  auto there = status(404, "not now");
  there.model = "qwen";
  EXPECT_THAT(endpoint_error(somewhere(), there, listed).what(), HasSubstr("refuses a question"));
}

TEST(EndpointError, TellsNoKeyFromAWrongOne) {
  EXPECT_THAT(endpoint_error(somewhere(), status(401, ""), {}).what(), HasSubstr("asks for a key"));
  EXPECT_THAT(endpoint_error(somewhere("sesame-1234"), status(401, "no"), {}).what(),
              HasSubstr("refuses the key"));
}

TEST(EndpointError, SaysHowOftenItTriedAndWhatCameLast) {
  auto failure = status(503, "Loading model");
  failure.tries = 9;
  failure.worth_retrying = true;
  const auto error = endpoint_error(somewhere(), failure, {});
  EXPECT_EQ(error.code(), ErrorCode::io);
  EXPECT_STREQ(error.what(),
               "http://host/v1: no answer to a question in 9 tries, the last time: status 503: Loading "
               "model; what was answered is kept");
}

TEST(EndpointError, NeverHoldsTheKey) {
  const std::string key = "sk-abcdef0123456789";
  for (const int number : {200, 400, 401, 403, 404, 429, 500}) {
    for (const bool retried : {false, true}) {
      auto failure = status(number, "model: Incorrect key " + key + "\nor sk-abcdef012");
      failure.worth_retrying = retried;
      failure.model = key;  // pasted in the wrong place
      const std::string error = endpoint_error(somewhere(key), failure, listed).what();
      EXPECT_THAT(error, Not(HasSubstr("abcdef0"))) << number;
      EXPECT_THAT(error, Not(HasSubstr("\n"))) << number;
    }
  }
}

}  // namespace
}  // namespace perennial
