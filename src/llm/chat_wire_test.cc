#include "llm/chat_wire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace perennial {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ChatQuestion question(const std::string& schema = "") {
  return {.model = "m",
          .messages = {{ChatRole::system, "You watch."}, {ChatRole::user, "This?"}},
          .schema = schema,
          .answer_tokens_most = 17};
}

CountedAnswer answer_of(std::string_view body) {
  const auto read = read_chat_response(body);
  const auto* answer = std::get_if<CountedAnswer>(&read);
  EXPECT_NE(answer, nullptr) << body;
  return answer ? *answer : CountedAnswer{};
}

AnswerDefect defect_of(std::string_view body) {
  const auto read = read_chat_response(body);
  const auto* defect = std::get_if<AnswerDefect>(&read);
  EXPECT_NE(defect, nullptr) << body;
  return defect ? *defect : AnswerDefect{};
}

const char* const schema = R"({"type":"object","properties":{"z":{"type":"string"},"a":{"type":"string"}}})";

TEST(ChatRequest, SaysAllThatTheQuestionSays) {
  const auto body = json::parse(chat_request(question(), SchemaMode::json_schema));
  EXPECT_EQ(body,
            json::parse(R"({"model": "m", "temperature": 0, "max_tokens": 17, "stream": false, "messages":
      [{"role": "system", "content": "You watch."}, {"role": "user", "content": "This?"}]})"));
}

TEST(ChatRequest, HoldsTheAnswerToASchemaAsTheModeHasIt) {
  const auto strict = json::parse(chat_request(question(schema), SchemaMode::json_schema));
  EXPECT_EQ(strict["response_format"]["type"], "json_schema");
  EXPECT_EQ(strict["response_format"]["json_schema"]["schema"], json::parse(schema));
  EXPECT_EQ(strict["messages"][1]["content"], "This?");

  const auto object = json::parse(chat_request(question(schema), SchemaMode::json_object));
  EXPECT_EQ(object["response_format"], json::parse(R"({"type": "json_object"})"));
  EXPECT_THAT(object["messages"][1]["content"].get<std::string>(), HasSubstr(schema));
  EXPECT_EQ(object["messages"][0]["content"], "You watch.");

  const auto words = json::parse(chat_request(question(schema), SchemaMode::none));
  EXPECT_FALSE(words.contains("response_format"));
  EXPECT_THAT(words["messages"][1]["content"].get<std::string>(), HasSubstr(schema));
}

TEST(ChatRequest, KeepsTheSchemasOrderOfKeys) {
  const auto body = chat_request(question(schema), SchemaMode::json_schema);
  EXPECT_LT(body.find("\"z\""), body.find("\"a\""));
}

TEST(ChatRequest, IsValidUtf8WhateverTheTextsAre) {
  auto broken = question();
  broken.messages[1].text = "caf\xC3 \xFF";
  EXPECT_EQ(json::parse(chat_request(broken, SchemaMode::none))["messages"][1]["content"],
            "caf\xEF\xBF\xBD \xEF\xBF\xBD");
}

TEST(ChatRequest, RefusesASchemaThatIsNone) {
  EXPECT_THROW(chat_request(question("{"), SchemaMode::json_schema), Error);
}

TEST(ChatResponse, HoldsTextAndTokens) {
  const auto read = answer_of(R"({"choices": [{"message": {"role": "assistant", "content": "WATCH"}}],
      "usage": {"prompt_tokens": 12, "completion_tokens": 3}})");
  EXPECT_EQ(read.answer, (ChatAnswer{"WATCH", 12, 3}));
  EXPECT_TRUE(read.tokens_counted);
}

TEST(ChatResponse, MayLackWhatIsNotTheAnswer) {
  const auto plain = answer_of(R"({"choices": [{"message": {"content": "SKIP"}}]})");
  EXPECT_EQ(plain.answer, (ChatAnswer{"SKIP", 0, 0}));
  EXPECT_FALSE(plain.tokens_counted);
  EXPECT_EQ(answer_of(R"({"choices": [{"message": {"content": null}}], "usage": null})").answer.text, "");
  EXPECT_EQ(answer_of(R"({"choices": [{"message": {}}], "error": null})").answer.text, "");
  EXPECT_EQ(
      answer_of(
          R"({"choices": [{"message": {"content": [{"type": "text", "text": "a"}, {"text": "b"}, 3]}}]})")
          .answer.text,
      "ab");
}

TEST(ChatResponse, AbsurdCountsAreNone) {
  for (const char* count : {"-1", "1e300", "\"12\"", "{}"}) {
    const auto read = answer_of(
        std::string(R"({"choices": [{"message": {"content": "a"}}], "usage": {"completion_tokens": 1,
        "prompt_tokens": )") +
        count + "}}");
    EXPECT_EQ(read.answer.prompt_tokens, 0U) << count;
    EXPECT_FALSE(read.tokens_counted) << count;
  }
}

TEST(ChatResponse, TellsWhatIsWorthAnotherTryFromWhatIsNot) {
  using Kind = AnswerDefect::Kind;
  const std::pair<const char*, Kind> cases[] = {
      {"", Kind::broken},
      {" \r\n", Kind::broken},
      {"<html>502</html>", Kind::broken},
      {R"({"choices": [{"message": {"content": "cu)", Kind::broken},
      {"[]", Kind::broken},
      {"null", Kind::broken},
      {R"({"choices": []})", Kind::broken},
      {R"({"choices": [{"text": "of another interface"}]})", Kind::broken},
      {R"({"error": {"message": "Rate limit reached for m", "code": "rate_limit_exceeded"}})",
       Kind::rate_limited},
      {R"({"error": {"message": "slow down", "code": 429}})", Kind::rate_limited},
      {R"({"error": {"code": 503, "message": "Loading model", "type": "unavailable_error"}})",
       Kind::overloaded},
      {R"({"error": {"message": "The server is Overloaded", "type": "server_error"}})", Kind::overloaded},
      {R"({"error": "model is busy, try again"})", Kind::overloaded},
      {R"({"error": "model 'm' not found"})", Kind::refused},
      {R"({"object": "error", "message": "This model's maximum context length is 4096", "code": 400})",
       Kind::refused},
  };
  for (const auto& [body, kind] : cases) {
    const auto defect = defect_of(body);
    EXPECT_EQ(defect.kind, kind) << body;
    EXPECT_FALSE(defect.says.empty()) << body;
  }
}

TEST(ErrorWords, AreFoundInEveryServersShape) {
  EXPECT_EQ(read_error_words(R"({"error": {"message": "no such\nmodel", "type": "x"}})"), "no such model");
  EXPECT_EQ(read_error_words(R"({"error": "model 'm' not found"})"), "model 'm' not found");
  EXPECT_EQ(read_error_words(R"({"object": "error", "message": "too long", "code": 400})"), "too long");
  EXPECT_EQ(read_error_words(R"({"detail": "Not Found"})"), "Not Found");
  EXPECT_EQ(read_error_words(R"({"detail": [{"loc": ["body"], "msg": "field required"}]})"),
            "field required");
  EXPECT_EQ(read_error_words("Bad Gateway\n"), "Bad Gateway");
  EXPECT_EQ(read_error_words(""), "");
  EXPECT_EQ(read_error_words(R"({"error": {"message": 3}})"), R"({"message":3})");
}

TEST(ModelNames, AreReadFromEveryServersList) {
  EXPECT_THAT(read_model_names(R"({"object": "list", "data": [{"id": "a"}, {"id": "b"}]})"),
              ElementsAre("a", "b"));
  EXPECT_THAT(read_model_names(R"({"models": [{"name": "a:latest"}]})"), ElementsAre("a:latest"));
  EXPECT_THAT(read_model_names(R"({"data": [{"id": 3}, "b"]})"), IsEmpty());
  EXPECT_THAT(read_model_names("[]"), IsEmpty());
  EXPECT_THAT(read_model_names("no"), IsEmpty());
}

}  // namespace
}  // namespace perennial
