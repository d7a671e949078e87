#include "llm_server/stated_answer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "llm_server/prompt_facts.h"

namespace perennial::llm_server {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

const auto slate_schema = Json::parse(R"({"type": "object", "properties": {"decisions": {"type": "array",
  "items": {"type": "string", "enum": ["WATCH", "SKIP", "LEAVE"]}, "minItems": 2, "maxItems": 2}}})");

ChatRequest slate(const std::string& number) {
  return {.model = "test",
          .prompt = "Interests: Music, Film\n1. title " + number + ", genre: Music\n2. title " + number +
                    ", genre: Sports\n",
          .schema = slate_schema};
}

TEST(Prompt, IsReadForInterestsAndItems) {
  const auto facts = read_prompt(slate("a").prompt);
  EXPECT_THAT(facts.interests, ElementsAre("music", "film"));
  ASSERT_EQ(facts.items.size(), 2U);
  EXPECT_EQ(facts.items[1].genre, "sports");
  EXPECT_TRUE(facts.likes("Music"));
  EXPECT_FALSE(facts.likes("Sports"));
}

TEST(Prompt, IsReadForAverages) {
  const std::string prompt = "- Music Video: 9.0\n- Music: 2.5 clicks\n- Film: unknown\n";
  EXPECT_EQ(average_clicks(prompt, "Music"), 2.5);
  EXPECT_EQ(average_clicks(prompt, "Film"), std::nullopt);
  EXPECT_EQ(average_clicks("Film: no clicks known (3 items made before)\n", "Film"), 0);
  EXPECT_EQ(average_clicks(prompt, "Sports"), std::nullopt);
}

// 1,000 slates: three standard errors are .044 and .034.
TEST(User, WatchesWhatInterestsAsOftenAsStated) {
  int liked = 0;
  int others = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto answer = Json::parse(stated_answer(slate(std::to_string(i)), Fault::none));
    liked += answer["decisions"][0] == "WATCH";
    others += answer["decisions"][1] == "WATCH";
  }
  EXPECT_NEAR(liked, 680, 44);
  EXPECT_NEAR(others, 150, 34);
}

TEST(Creator, ExploitsItsBestGenreMostOfTheTime) {
  ChatRequest request{.model = "test", .schema = Json::parse(R"({"type": "object", "properties": {
    "move": {"enum": ["EXPLORE", "EXPLOIT"]}, "genre": {"type": "string", "enum": ["Film", "Music", "Sports"]}}})")};
  int exploits = 0;
  for (int i = 0; i < 1000; ++i) {
    request.prompt = "creator " + std::to_string(i) + "\n- Film: 1.0\n- Music: 3.0\n- Sports: unknown\n";
    const auto answer = Json::parse(stated_answer(request, Fault::none));
    exploits += answer["move"] == "EXPLOIT";
    EXPECT_EQ(answer["genre"], answer["move"] == "EXPLOIT" ? "Music" : "Sports");
  }
  EXPECT_NEAR(exploits, 900, 29);
}

TEST(Answer, FollowsASchemaThatStandsInThePrompt) {
  auto request = slate("a");
  const auto told = stated_answer(request, Fault::none);
  request.prompt += "Answer in JSON that follows " + slate_schema.dump() + "\n";
  request.schema = nullptr;
  EXPECT_EQ(stated_answer(request, Fault::none), told);
}

TEST(Creator, FollowsASuggestionAsOftenAsItTrusts) {
  ChatRequest request{.model = "test", .schema = Json::parse(R"({"type": "object", "properties": {
    "decision": {"enum": ["EXPLOIT", "EXPLORE"]}, "genre": {"type": "string", "enum": ["Film", "Music", "Sports"]}}})")};
  int follows = 0;
  for (int i = 0; i < 1000; ++i) {
    request.prompt =
        "creator " + std::to_string(i) +
        "\nFilm: no clicks known (9 items made before)\nMusic: 3 (1 item)\n" +
        "Sports: unknown\nThe platform suggests that you make Film next. Your trust is low (0.30 of 1).\n";
    const auto answer = Json::parse(stated_answer(request, Fault::none));
    follows += answer["genre"] == "Film";
    EXPECT_EQ(answer["decision"], answer["genre"] == "Sports" ? "EXPLORE" : "EXPLOIT");
  }
  EXPECT_NEAR(follows, 300, 44);
}

TEST(User, DecidesOnAnItemAloneAsInASlate) {
  auto alone = slate("a");
  alone.prompt = "Interests: Music, Film\ntitle a, genre: Sports\n";
  alone.schema =
      Json::parse(R"({"type": "object", "properties": {"answer": {"enum": ["WATCH", "SKIP", "LEAVE"]}}})");
  EXPECT_EQ(Json::parse(stated_answer(alone, Fault::none))["answer"],
            Json::parse(stated_answer(slate("a"), Fault::none))["decisions"][1]);
}

TEST(Answer, FollowsAnExampleThatStandsInThePrompt) {
  auto request = slate("a");
  const auto told = Json::parse(stated_answer(request, Fault::none))["decisions"];
  request.schema = nullptr;
  request.prompt += "Answer with a list: {\"answers\": [\"WATCH\", \"SKIP\", ..]}\n";
  EXPECT_EQ(Json::parse(stated_answer(request, Fault::none))["answers"], told);
  request.prompt = "Film: 2.50 (2 items)\nMusic: 3\nAnswer: {\"decision\": \"EXPLOIT\", \"genre\": \"..\"}\n";
  EXPECT_EQ(stated_answer(request, Fault::none), R"({"decision":"EXPLOIT","genre":"Music"})");
}

TEST(Answer, IsWordsWhereThereIsNoSchema) {
  ChatRequest request{.model = "test", .prompt = "One of EXPLOIT or EXPLORE.\n- Film: 2.0\n- Music: 3.0\n"};
  EXPECT_EQ(stated_answer(request, Fault::none), "EXPLOIT: Music");
  request.prompt = "WATCH or SKIP?\nInterests: Film\nGenre: Film\n";
  EXPECT_THAT(stated_answer(request, Fault::none), testing::AnyOf("WATCH", "SKIP", "LEAVE"));
  request.prompt = "Describe this person.\n";
  EXPECT_THAT(stated_answer(request, Fault::none), StartsWith("A "));
}

TEST(Answer, OfASchemaKeepsItsBounds) {
  ChatRequest request{
      .model = "test", .prompt = "x", .schema = Json::parse(R"({"type": "object", "properties": {
    "title": {"type": "string", "maxLength": 9}, "tags": {"type": "array", "items": {"type": "string"}, "minItems": 1,
    "maxItems": 4}, "stars": {"type": "integer", "minimum": 2, "maximum": 3}}})")};
  const auto answer = Json::parse(stated_answer(request, Fault::none));
  EXPECT_LE(answer["title"].get<std::string>().size(), 9U);
  EXPECT_THAT(answer["tags"].size(), testing::AllOf(testing::Ge(1U), testing::Le(4U)));
  EXPECT_THAT(answer["stars"].get<int>(), testing::AnyOf(2, 3));
}

TEST(Faults, SpoilTheAnswerAsStated) {
  ChatRequest request{
      .model = "test", .prompt = "x", .schema = Json::parse(R"({"type": "object", "properties": {
    "genre": {"enum": ["Film"]}, "title": {"type": "string"}}})")};
  EXPECT_EQ(stated_answer(request, Fault::empty), "");
  EXPECT_FALSE(Json::accept(stated_answer(request, Fault::broken_json)));
  EXPECT_NE(Json::parse(stated_answer(request, Fault::wrong_genre))["genre"], "Film");
  const auto strange = Json::parse(stated_answer(request, Fault::unicode));
  EXPECT_EQ(strange["genre"], "Film");
  EXPECT_THAT(strange["title"].get<std::string>(), StartsWith("caf\u00e9"));
}

TEST(FaultOf, IsToldByTheModelsName) {
  EXPECT_EQ(fault_of("test-429", 1, 99, {}), Fault::too_many_requests);
  EXPECT_EQ(fault_of("test-429-2", 1, 1, {}), Fault::too_many_requests);
  EXPECT_EQ(fault_of("test-429-2", 1, 2, {}), Fault::none);
  EXPECT_EQ(fault_of("test-200-error-1", 1, 0, {}), Fault::error_body);
  EXPECT_EQ(fault_of("test-needs-key", 1, 0, {}), Fault::none);
}

TEST(FaultOf, ComesAsOftenAsPlanned) {
  const FaultPlan plan{.rate = 0.2, .kinds = {Fault::cut, Fault::stall}, .seed = 7};
  int cut = 0;
  int stall = 0;
  for (std::uint64_t question = 0; question < 10000; ++question) {
    cut += fault_of("test", question, 0, plan) == Fault::cut;
    stall += fault_of("test", question, 0, plan) == Fault::stall;
  }
  EXPECT_NEAR(cut, 1000, 90);
  EXPECT_NEAR(stall, 1000, 90);
}

}  // namespace
}  // namespace perennial::llm_server
