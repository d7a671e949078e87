#include "llm/study_cost.h"

#include <gtest/gtest.h>

#include <numeric>

namespace perennial {
namespace {

double sum(const std::array<double, all_question_kinds.size()>& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

TEST(StudyCost, CountsQuestionsOfBothModes) {
  const StudyShape shape{
      .users = 100, .creators = 50, .rounds = 150, .slate = 5, .active = 1, .arms = 2, .seeds = 3};
  // 6 runs; per run 150 * 100 visits, 150 * 50 creations of two questions, 50 profiles
  EXPECT_DOUBLE_EQ(sum(questions_of(shape, false)), 6 * (15'000 + 2 * 7'500 + 50));
  EXPECT_DOUBLE_EQ(sum(questions_of(shape, true)), 6 * (2 * 5 * 15'000 + 2 * 7'500 + 50));
}

TEST(StudyCost, AddsUpTokensHoursAndMoney) {
  const StudyShape shape{.users = 3600, .creators = 0, .rounds = 10, .active = 0.5};
  QuestionCosts costs = {};
  costs[0] = {.per_s = 5, .prompt_tokens = 400, .completion_tokens = 20, .unclear = 0};
  Endpoint endpoint;
  endpoint.price_per_million_prompt_tokens = 0.5;
  endpoint.price_per_million_completion_tokens = 2;
  const auto cost = study_cost(shape, false, costs, endpoint);
  EXPECT_DOUBLE_EQ(cost.requests, 18'000);
  EXPECT_DOUBLE_EQ(cost.hours, 1);
  EXPECT_DOUBLE_EQ(cost.prompt_tokens, 7'200'000);
  EXPECT_DOUBLE_EQ(cost.money, 3.6 + 0.72);
  costs[0].unclear = 0.1;  // asked for again
  EXPECT_DOUBLE_EQ(study_cost(shape, false, costs, endpoint).requests, 19'800);
}

}  // namespace
}  // namespace perennial
