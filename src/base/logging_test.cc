#include "base/logging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "base/error.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Logging, GoesToStderrAndLeavesStdoutToResults) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  start_logging("info");
  spdlog::info("reading {} rows", 3);
  spdlog::default_logger()->flush();
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("reading 3 rows"));
  EXPECT_THAT(testing::internal::GetCapturedStdout(), IsEmpty());
}

TEST(Logging, ShowsTheAskedLevelAndAbove) {
  testing::internal::CaptureStderr();
  start_logging("warning");
  spdlog::info("a detail");
  spdlog::error("a failure");
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              AllOf(Not(HasSubstr("a detail")), HasSubstr("a failure")));
}

TEST(Logging, TurnedOffSaysNothing) {
  testing::internal::CaptureStderr();
  start_logging("off");
  spdlog::critical("a failure");
  spdlog::default_logger()->flush();
  EXPECT_THAT(testing::internal::GetCapturedStderr(), IsEmpty());
}

TEST(Logging, UnknownLevelNamesTheNearestOne) {
  try {
    start_logging("warnin");
    FAIL() << "an unknown level was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_STREQ(error.what(), "no such log level: 'warnin'; did you mean 'warning'?");
  }
}

}  // namespace
}  // namespace perennial
