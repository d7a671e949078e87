#include "llm/answer_form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace perennial {
namespace {

const AnswerForm& list_of_two() {
  static const AnswerForm form({{.name = "answers", .choices = {"WATCH", "SKIP"}, .list_of = 2}});
  return form;
}

const AnswerForm& title() {
  static const AnswerForm form({{.name = "title", .characters_most = 5}});
  return form;
}

std::string problem(const AnswerForm& form, const std::string& text) {
  return form.read(text).problem;
}

TEST(AnswerForm, IsAJsonSchema) {
  EXPECT_EQ(
      list_of_two().schema(),
      R"({"type":"object","properties":{"answers":{"type":"array","items":{"type":"string","enum":)"
      R"(["WATCH","SKIP"]},"minItems":2,"maxItems":2}},"required":["answers"],"additionalProperties":false})");
  EXPECT_EQ(title().schema(),
            R"({"type":"object","properties":{"title":{"type":"string","minLength":1,"maxLength":5}},)"
            R"("required":["title"],"additionalProperties":false})");
}

TEST(AnswerForm, ReadsWordsWhateverTheirCaseAndTheBlanksAroundThem) {
  const auto answer = list_of_two().read(" {\"answers\": [\" watch\\n\", \"SKIP\"]}\n");
  EXPECT_EQ(answer.problem, "");
  EXPECT_THAT(answer.values, testing::ElementsAre(testing::ElementsAre("WATCH", "SKIP")));
}

TEST(AnswerForm, PrefersTheChoiceSpeltExactlySo) {
  const AnswerForm form({{.name = "genre", .choices = {"music", "Music"}}});
  EXPECT_EQ(form.read(R"({"genre": "Music"})").values[0][0], "Music");
  EXPECT_EQ(form.read(R"({"genre": "MUSIC"})").values[0][0], "music");
}

TEST(AnswerForm, ReadsFreeTextAsOneLineAndCountsCharactersNotBytes) {
  EXPECT_EQ(title().read("{\"title\": \" a\\n\\tb \"}").values[0][0], "a b");
  EXPECT_EQ(title().read("{\"title\": \"äöü漢字\"}").problem, "");
  EXPECT_EQ(problem(title(), R"({"title": "abcdef"})"), "\"title\" is longer than 5 characters");
  EXPECT_EQ(problem(title(), R"({"title": " \n"})"), "\"title\" is empty");
}

TEST(AnswerForm, SaysWhatIsWrong) {
  EXPECT_EQ(problem(list_of_two(), ""), "it is not JSON");
  EXPECT_EQ(problem(list_of_two(), R"(Sure! {"answers": ["SKIP", "SKIP"]})"), "it is not JSON");
  EXPECT_EQ(problem(list_of_two(), R"({"answers": ["SKIP", "SK)"), "it is not JSON");
  EXPECT_EQ(problem(list_of_two(), R"(["SKIP", "SKIP"])"), "it is no JSON object");
  EXPECT_EQ(problem(list_of_two(), R"({"answer": ["SKIP", "SKIP"]})"), "\"answers\" is missing");
  EXPECT_EQ(problem(list_of_two(), R"({"answers": "SKIP"})"), "\"answers\" is no list");
  EXPECT_EQ(problem(list_of_two(), R"({"answers": ["SKIP"]})"), "\"answers\" holds 1 answers instead of 2");
  EXPECT_EQ(problem(list_of_two(), R"({"answers": ["SKIP", 1]})"),
            "\"answers\" holds something that is no text");
  EXPECT_EQ(problem(list_of_two(), R"({"answers": ["SKIP", "maybe"]})"),
            "\"answers\" holds 'maybe', which is none of: WATCH, SKIP");
  EXPECT_EQ(problem(list_of_two(), R"({"answers": ["SKIP", "SKIP"], "why": ""})"),
            "it holds more than was asked for");
}

}  // namespace
}  // namespace perennial
