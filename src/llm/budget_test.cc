#include "llm/budget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace perennial {
namespace {

using Grant = Budget::Grant;
using testing::HasSubstr;

Endpoint bounded(std::int64_t requests, std::int64_t tokens, double cost = 0) {
  Endpoint endpoint;
  endpoint.budget_requests = requests;
  endpoint.budget_tokens = tokens;
  endpoint.budget_cost = cost;
  endpoint.price_per_million_prompt_tokens = 1'000'000;  // 1 a token
  endpoint.price_per_million_completion_tokens = 2'000'000;
  return endpoint;
}

TEST(Budget, WithoutBoundsGrantsAll) {
  Budget budget{Endpoint{}};
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(budget.grant({1, 1'000'000, 1'000'000}), Grant::yes);
}

TEST(Budget, SendsAsManyRequestsAsItMayAndNoMore) {
  Budget budget(bounded(3, 0));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(budget.grant({1, 10, 10}), Grant::yes);
  EXPECT_EQ(budget.grant({1, 10, 10}), Grant::never);  // those under way are requests for good
  budget.settle({1, 10, 10}, {1, 0, 0});
  EXPECT_EQ(budget.grant({1, 10, 10}), Grant::never);
}

TEST(Budget, WaitsForRequestsThatMayTurnOutCheaper) {
  Budget budget(bounded(0, 100));
  EXPECT_EQ(budget.grant({1, 40, 20}), Grant::yes);
  EXPECT_EQ(budget.grant({1, 40, 20}), Grant::not_now);
  budget.settle({1, 40, 20}, {1, 30, 5});
  EXPECT_EQ(budget.grant({1, 40, 20}), Grant::yes);
  budget.settle({1, 40, 20}, {1, 40, 20});
  EXPECT_EQ(budget.grant({1, 40, 20}), Grant::never);
  EXPECT_EQ(budget.spent(), (Spending{2, 70, 25}));
}

TEST(Budget, BoundsCostByPrices) {
  Budget budget(bounded(0, 0, 100));
  EXPECT_EQ(budget.grant({1, 60, 20}), Grant::yes);  // 60 + 2 * 20
  EXPECT_EQ(budget.grant({1, 1, 0}), Grant::not_now);
  budget.settle({1, 60, 20}, {1, 60, 10});
  EXPECT_EQ(budget.grant({1, 20, 1}), Grant::never);
  EXPECT_DOUBLE_EQ(budget.cost(budget.spent()), 80);
}

TEST(Budget, SaysWhatWasSpentAndHowToGoOn) {
  Budget budget(bounded(2, 500));
  ASSERT_EQ(budget.grant({1, 40, 20}), Grant::yes);
  budget.settle({1, 40, 20}, {1, 30, 5});
  EXPECT_EQ(budget.spent_sentence(),
            "the budget is spent: 1 of at most 2 requests, 35 of at most 500 tokens, a cost of 40, and the "
            "next request "
            "could exceed it; everything answered is kept, and a higher budget goes on from there");
}

TEST(Budget, IsNeverExceededFromManyThreads) {
  Budget budget(bounded(1000, 40'000));
  std::atomic<std::uint64_t> granted{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      const Spending most{1, 40, 20}, real{1, 25, 10};
      while (true) {
        const auto grant = budget.grant(most);
        if (grant == Grant::never) return;
        if (grant == Grant::not_now) continue;
        ++granted;
        budget.settle(most, real);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(granted, 1000U);
  EXPECT_EQ(budget.spent(), (Spending{1000, 25'000, 10'000}));
}

TEST(MostOf, IsAtLeastAByteATokenAndTheWholeAnswer) {
  const ChatQuestion question{
      .model = "m", .messages = {{ChatRole::user, std::string(100, 'x')}}, .answer_tokens_most = 7};
  EXPECT_GE(most_of(question).prompt_tokens, 100U);
  EXPECT_LE(most_of(question).prompt_tokens, 150U);
  EXPECT_EQ(most_of(question).completion_tokens, 7U);
}

}  // namespace
}  // namespace perennial
