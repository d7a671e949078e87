#include "llm/retry.h"

#include <gtest/gtest.h>

#include <set>

namespace perennial {
namespace {

std::optional<RetryReason> of_status(int status) {
  HttpResponse response;
  response.outcome = HttpOutcome::answered;
  response.status = status;
  return retry_reason(response, true);
}

std::optional<RetryReason> of_outcome(HttpOutcome outcome, bool reached_before = true) {
  HttpResponse response;
  response.outcome = outcome;
  return retry_reason(response, reached_before);
}

TEST(RetryReason, IsThereForWhatMayPass) {
  EXPECT_EQ(of_status(429), RetryReason::rate_limited);
  for (const int status : {408, 500, 502, 503, 504, 529})
    EXPECT_EQ(of_status(status), RetryReason::overloaded);
  EXPECT_EQ(of_outcome(HttpOutcome::timed_out), RetryReason::timed_out);
  EXPECT_EQ(of_outcome(HttpOutcome::cut), RetryReason::cut);
  EXPECT_EQ(of_outcome(HttpOutcome::oversized), RetryReason::broken_body);
}

TEST(RetryReason, IsNotThereForAnswersAndForWhatWouldFailAgain) {
  for (const int status : {200, 301, 400, 401, 403, 404, 422, 501})
    EXPECT_EQ(of_status(status), std::nullopt) << status;
  EXPECT_EQ(of_outcome(HttpOutcome::cancelled), std::nullopt);
}

TEST(RetryReason, OutOfReachMayPassOnlyForAnEndpointThatAnsweredBefore) {
  EXPECT_EQ(of_outcome(HttpOutcome::unreachable, true), RetryReason::unreachable);
  EXPECT_EQ(of_outcome(HttpOutcome::unreachable, false), std::nullopt);
}

TEST(RetryWait, DoublesUpToItsBound) {
  const RetryWaits waits{.first_s = 0.5, .most_s = 60, .most_asked_s = 900};
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 1, 1.0, {}), 0.5);
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 2, 1.0, {}), 1.0);
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 5, 1.0, {}), 8.0);
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 8, 1.0, {}), 60.0);
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 4'000'000'000U, 1.0, {}), 60.0);
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 5, 0.25, {}), 2.0);
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 5, 0.0, {}), 0.0);
}

TEST(RetryWait, IsAsLongAsTheEndpointAsksButBounded) {
  const RetryWaits waits{.first_s = 0.5, .most_s = 60, .most_asked_s = 900};
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 1, 0.0, 7.0), 7.0);
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 9, 0.5, 7.0), 7.25);
  EXPECT_DOUBLE_EQ(retry_wait_s(waits, 1, 0.0, 1e9), 900.0);
}

TEST(RetryJitter, IsAFunctionOfRequestAndTryAndSpreads) {
  EXPECT_EQ(retry_jitter(7, 2), retry_jitter(7, 2));
  std::set<double> jitters;
  double sum = 0;
  for (std::uint64_t request = 0; request < 1000; ++request) {
    const double u = retry_jitter(request, 1);
    EXPECT_GE(u, 0.0);
    EXPECT_LT(u, 1.0);
    jitters.insert(u);
    sum += u;
  }
  EXPECT_EQ(jitters.size(), 1000U);
  EXPECT_NEAR(sum / 1000, 0.5, 0.05);  // five standard errors
  EXPECT_NE(retry_jitter(7, 1), retry_jitter(7, 2));
}

TEST(RetryAfter, IsReadAsSecondsOrDate) {
  EXPECT_EQ(parse_retry_after("3", 0), 3.0);
  EXPECT_EQ(parse_retry_after("  0.25 \r\n", 0), 0.25);
  EXPECT_EQ(parse_retry_after("Wed, 21 Oct 2015 07:28:00 GMT", 1445412470), 10.0);
  EXPECT_EQ(parse_retry_after("Wed, 21 Oct 2015 07:28:00 GMT", 1445412490), 0.0);
  EXPECT_EQ(parse_retry_after("-5", 0), 0.0);
}

TEST(RetryAfter, UnreadableIsNone) {
  for (const char* header : {"", "  ", "soon", "12 minutes or so", "inf", "nan", "1e999"})
    EXPECT_EQ(parse_retry_after(header, 0), std::nullopt) << header;
}

}  // namespace
}  // namespace perennial
