#include "llm_server/soak.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perennial::llm_server {
namespace {

// The same in large, by hand: llm_soak.
TEST(Soak, LosesNoAnswerAsksNoneTwiceAndGoesOnAfterAStop) {
  const auto report = soak({.questions = 1'500, .batch = 500, .threads = 3});
  EXPECT_THAT(report.failures, testing::IsEmpty()) << report.server.dump(2);
  EXPECT_GE(report.kept_at_stop, 600U);
  EXPECT_LT(report.kept_at_stop, 1'500U) << "it was not stopped in the middle";
  EXPECT_GT(report.requests, 1'500U) << "no fault made it ask again";
}

}  // namespace
}  // namespace perennial::llm_server
