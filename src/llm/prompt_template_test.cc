#include "llm/prompt_template.h"

#include <builtin_prompts.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"
#include "io/temporary_folder.h"

namespace perennial {
namespace {

std::string sentence_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::string refusal(const std::string& text) {
  return sentence_of([&] { PromptTemplate("mine.txt", text, {"interests", "items"}); });
}

TEST(PromptTemplate, FillsEachSectionWithItsValues) {
  const PromptTemplate prompt(
      "test", "# a comment\n\n[system]\nBe {mood}.\n\n[user]\nA {mood} {{\"x\": 1}}\nB\n", {"mood"});
  const std::vector<ChatMessage> expected = {{ChatRole::system, "Be calm."},
                                             {ChatRole::user, "A calm {\"x\": 1}\nB"}};
  EXPECT_EQ(prompt.fill({{"mood", "calm"}}), expected);
}

TEST(PromptTemplate, TakesNoValueForATemplate) {
  const PromptTemplate prompt("test", "[user]\n{title}", {"title"});
  EXPECT_EQ(prompt.fill({{"title", "{title} {{}} {"}})[0].text, "{title} {{}} {");
}

TEST(PromptTemplate, SaysWhatIsWrongWithATextInOneSentence) {
  EXPECT_EQ(refusal("[user]\n{interest} {items}"),
            "mine.txt: {interest}: this prompt has no such value; did you mean 'interests'?");
  EXPECT_EQ(refusal("[user]\n{interests}"), "mine.txt: must hold {items}");
  EXPECT_EQ(refusal("[user]\n{interests} {items} {}"),
            "mine.txt: {}: this prompt has no such value; there are: interests, items");
  EXPECT_THAT(refusal("[user]\n{interests} {items} }"),
              testing::HasSubstr("a brace that is text is written"));
  EXPECT_THAT(refusal("[user]\n{interests:d} {items}"), testing::StartsWith("mine.txt: "));
  EXPECT_EQ(refusal("# nothing\n"), "mine.txt: has no section, such as [user]");
  EXPECT_THAT(refusal("Hello\n[user]\n{interests} {items}"),
              testing::HasSubstr("'Hello': must stand in a section"));
}

TEST(PromptTemplate, OfAFolderReplacesTheBuiltInOfItsNameOnly) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "ask_again.txt") << "[user]\nAgain: {problem}\n";
  const auto again = load_prompt(folder.path().string(), "ask_again", {"problem"});
  EXPECT_EQ(again.fill({{"problem", "no"}})[0].text, "Again: no");
  const auto item = load_prompt(folder.path().string(), "user_thought", {"interests", "item"});
  EXPECT_EQ(item.fill({{"interests", "x"}, {"item", "y"}}).size(), 2u);
}

TEST(PromptTemplate, OfAFolderThatIsNotThereOrHoldsAMisspeltNameIsRefused) {
  EXPECT_EQ(sentence_of([] { load_prompt("/no/such", "ask_again", {"problem"}); }),
            "/no/such: no such folder of prompts");
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "user_slates.txt") << "[user]\n";
  EXPECT_THAT(sentence_of([&] { load_prompt(folder.path().string(), "ask_again", {"problem"}); }),
              testing::HasSubstr("no prompt has that name; did you mean 'user_slate.txt'?"));
}

TEST(PromptTemplate, BuiltInOnesAreAllThere) {
  std::vector<std::string_view> names;
  for (const auto& prompt : builtin_prompts()) names.push_back(prompt.path);
  EXPECT_THAT(names, testing::ElementsAre("ask_again.txt", "creator_decide.txt", "creator_profile.txt",
                                          "creator_write.txt", "user_item.txt", "user_slate.txt",
                                          "user_thought.txt"));
}

}  // namespace
}  // namespace perennial
