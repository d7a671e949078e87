#include "llm/usage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace perennial {
namespace {

using testing::HasSubstr;

LlmUsage some_usage() {
  LlmUsage usage;
  usage.requests = 12;
  usage.answers = 9;
  usage.retries[static_cast<std::size_t>(RetryReason::rate_limited)] = 2;
  usage.retries[static_cast<std::size_t>(RetryReason::timed_out)] = 1;
  usage.prompt_tokens = 900;
  usage.completion_tokens = 90;
  return usage;
}

TEST(Usage, SaysWhatWasSentAndWhySentAgain) {
  EXPECT_THAT(usage_text(some_usage()),
              HasSubstr("12 requests (3 sent again: 2 rate limited, 1 timed out), 9 answers, 900 "
                        "prompt and 90 answered tokens"));
  EXPECT_EQ(usage_text({}), "0 requests, 0 answers, 0 prompt and 0 answered tokens");
}

TEST(Usage, TellsOfASchemaThatWasNotTakenAndTokensNotCounted) {
  auto usage = some_usage();
  usage.schema = "json_object";
  usage.schema_fell_back = true;
  usage.uncounted_answers = 3;
  EXPECT_THAT(usage_text(usage), HasSubstr("no stricter schema than json_object"));
  EXPECT_THAT(usage_text(usage), HasSubstr("of 3 answers"));
}

TEST(Usage, IsJsonWithEveryReason) {
  const auto json = usage_json(some_usage());
  EXPECT_EQ(json["requests"], 12);
  EXPECT_EQ(json["retries"]["rate_limited"], 2);
  EXPECT_EQ(json["retries"]["connection_cut"], 0);
  EXPECT_EQ(json["retries"].size(), all_retry_reasons.size());
}

}  // namespace
}  // namespace perennial
