#include "llm/question_key.h"

#include <gtest/gtest.h>

#include <vector>

namespace perennial {
namespace {

const ChatQuestion plain{
    .model = "m", .messages = {{ChatRole::system, "a"}, {ChatRole::user, "b"}}, .schema = "{}"};

TEST(QuestionKey, IsTheSameForTheSameQuestion) {
  const auto copy = plain;
  EXPECT_EQ(key_of(plain), key_of(copy));
  EXPECT_EQ(key_of(plain).hash, key_of(copy).hash);
}

TEST(QuestionKey, DiffersWhereAnyPartDoes) {
  std::vector<ChatQuestion> questions(9, plain);
  questions[1].model = "m2";
  questions[2].messages[0].text = "a ";
  questions[3].messages[0].role = ChatRole::assistant;
  questions[4].messages.pop_back();
  questions[5].messages.push_back({ChatRole::user, ""});
  questions[6].schema = "";
  questions[7].answer_tokens_most = 255;
  std::swap(questions[8].messages[0], questions[8].messages[1]);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(key_of(questions[i]) == key_of(questions[j])) << i << " and " << j;
      EXPECT_NE(key_of(questions[i]).hash, key_of(questions[j]).hash) << i << " and " << j;
    }
  }
}

TEST(QuestionKey, IsNotDeceivedByTextThatLooksLikeTheNextPart) {
  auto two = plain;
  two.messages = {{ChatRole::user, "a"}, {ChatRole::user, "b"}};
  auto one = plain;
  one.messages = {{ChatRole::user, "a\nuser 1\nb"}};
  EXPECT_FALSE(key_of(one) == key_of(two));
}

// Caches outlive programs: when this changes, AnswerFile::version must.
TEST(QuestionKey, IsTheSameInEveryProgramOfThisVersion) {
  const auto key = key_of(plain);
  EXPECT_EQ(key.text, "model 1\nm\nsystem 1\na\nuser 1\nb\nschema 2\n{}\ntokens 256\n");
  EXPECT_EQ(std::to_integer<int>(key.hash[0]), 154);
  EXPECT_EQ(std::to_integer<int>(key.hash[15]), 143);
}

}  // namespace
}  // namespace perennial
