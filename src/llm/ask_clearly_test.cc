#include "llm/ask_clearly.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "llm/scripted_chat_for_tests.h"

namespace perennial {
namespace {

std::vector<ChatQuestion> three_questions() {
  std::vector<ChatQuestion> questions;
  for (const char* text : {"a", "b", "c"})
    questions.push_back({.model = "m", .messages = {{ChatRole::user, text}}});
  return questions;
}

/// Takes whatever is not "?".
struct Taken {
  std::vector<std::string> texts = {"", "", ""};

  TakeMeaning take() {
    return [this](std::size_t i, const std::string& text) -> std::string {
      if (text == "?" || text.empty()) return "it is a question";
      texts[i] = text;
      return "";
    };
  }
};

TEST(AskClearly, AsksAllAtOnceAndAgainOnlyWhatWasUnclear) {
  ScriptedChat chat([](const ChatQuestion& q) {
    return q.messages[0].text == "b" && !is_asked_again(q) ? std::string("?") : q.messages[0].text + "!";
  });
  AnswerCounts counts;
  Asking asking{chat, counts};
  Taken taken;
  EXPECT_TRUE(ask_clearly(asking, three_questions(), taken.take(), load_ask_again("")).empty());
  EXPECT_THAT(taken.texts, testing::ElementsAre("a!", "b!", "c!"));
  EXPECT_THAT(chat.batches, testing::ElementsAre(3, 1));
  EXPECT_EQ(counts,
            (AnswerCounts{
                .questions = 4, .unclear = 1, .fallbacks = 0, .prompt_tokens = 400, .completion_tokens = 7}));
  EXPECT_EQ(counts.decisions(), 3u);
}

TEST(AskClearly, TellsWhatWasAnsweredAndWhatWasWrongWithIt) {
  ScriptedChat chat(
      [](const ChatQuestion& q) { return q.messages[0].text == "c" ? std::string("?") : std::string("ok"); });
  AnswerCounts counts;
  Asking asking{chat, counts};
  Taken taken;
  ask_clearly(asking, three_questions(), taken.take(),
              PromptTemplate("test", "[user]\nNo: {problem}.", {"problem"}));
  const std::vector<ChatMessage> expected = {
      {ChatRole::user, "c"}, {ChatRole::assistant, "?"}, {ChatRole::user, "No: it is a question."}};
  EXPECT_EQ(chat.asked.back().messages, expected);
  EXPECT_EQ(chat.asked.back().model, "m");
}

TEST(AskClearly, LeavesWhatIsUnclearTwiceToARuleAndCountsIt) {
  ScriptedChat chat([](const ChatQuestion& q) { return std::string(q.messages[0].text == "b" ? "ok" : ""); });
  AnswerCounts counts;
  Asking asking{chat, counts};
  Taken taken;
  EXPECT_THAT(ask_clearly(asking, three_questions(), taken.take(), load_ask_again("")),
              testing::ElementsAre(0, 2));
  EXPECT_EQ(counts.questions, 5u);
  EXPECT_EQ(counts.unclear, 4u);
  EXPECT_EQ(counts.fallbacks, 2u);
  EXPECT_EQ(counts.decisions(), 3u);
  EXPECT_EQ(chat.asked.back().messages[1].text, "(nothing)");
}

TEST(AskClearly, AsksNobodyWhenThereIsNothingToAsk) {
  ScriptedChat chat([](const ChatQuestion&) { return ""; });
  AnswerCounts counts;
  Asking asking{chat, counts};
  EXPECT_TRUE(ask_clearly(asking, {}, Taken().take(), load_ask_again("")).empty());
  EXPECT_TRUE(chat.batches.empty());
}

TEST(AskClearly, QuotesALongAnswerUpToAWholeCharacter) {
  std::string text(999, 'x');
  for (int i = 0; i < 500; ++i) text += "ä";
  ScriptedChat chat([&](const ChatQuestion&) { return text; });
  AnswerCounts counts;
  Asking asking{chat, counts};
  const auto never = [](std::size_t, const std::string&) { return std::string("no"); };
  ask_clearly(asking, {three_questions()[0]}, never, load_ask_again(""));
  EXPECT_EQ(chat.asked.back().messages[1].text, std::string(999, 'x'));
}

}  // namespace
}  // namespace perennial
