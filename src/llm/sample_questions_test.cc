#include "llm/sample_questions.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace perennial {
namespace {

using testing::HasSubstr;

TEST(SampleQuestions, AreOneOfEachKindAndNumber) {
  const SampleQuestions samples("m", 5);
  std::set<std::string> texts;
  for (const auto kind : all_question_kinds) {
    for (std::size_t number = 0; number < 200; ++number) {
      const auto question = samples.question(kind, number, "A thought.");
      EXPECT_EQ(question, samples.question(kind, number, "A thought."));
      texts.insert(question.messages.back().text);
    }
  }
  EXPECT_EQ(texts.size(), all_question_kinds.size() * 200);
}

TEST(SampleQuestions, ReadWhatTheyAskFor) {
  const SampleQuestions samples("m", 2);
  EXPECT_THAT(samples.question(QuestionKind::user_slate, 1).messages.back().text, HasSubstr("2 items"));
  EXPECT_EQ(samples.problem(QuestionKind::user_slate, R"({"answers": ["WATCH", "LEAVE"]})"), "");
  EXPECT_NE(samples.problem(QuestionKind::user_slate, R"({"answers": ["WATCH"]})"), "");
  EXPECT_EQ(samples.problem(QuestionKind::creator_decide, R"({"decision": "EXPLOIT", "genre": "Comedy"})"),
            "");
  EXPECT_TRUE(samples.watches_first(QuestionKind::user_slate, R"({"answers": ["WATCH", "SKIP"]})"));
  EXPECT_FALSE(samples.watches_first(QuestionKind::user_slate, R"({"answers": ["SKIP", "WATCH"]})"));
  EXPECT_TRUE(samples.watches_first(QuestionKind::user_item, R"({"answer": "WATCH"})"));
  EXPECT_FALSE(samples.watches_first(QuestionKind::user_item, "WATCH"));
}

TEST(SampleQuestions, TheItemAloneIsTheFirstOfTheSlate) {
  const SampleQuestions samples("m", 3);
  const auto item = samples.question(QuestionKind::user_item, 8, "Hm.").messages.back().text;
  const auto line = item.substr(item.find("What nobody"), 60);
  EXPECT_THAT(samples.question(QuestionKind::user_slate, 8).messages.back().text,
              HasSubstr(fmt::format("1. {}", line)));
}

}  // namespace
}  // namespace perennial
