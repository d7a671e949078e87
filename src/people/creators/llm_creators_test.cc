#include "people/creators/llm_creators.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "llm/scripted_chat_for_tests.h"
#include "people/creators/bounded.h"

namespace perennial {
namespace {

constexpr std::uint64_t seed = 2000;

/// Two creators: one of comedy, with an item here; one of comedy and news, with none.
struct Scene {
  CreatorRecords records{3, 10};
  Items items;
  ItemTexts texts;
  std::vector<std::string> genres = {"Comedy", "Music", "News"};
  std::vector<CreatorId> creators = {0, 1};
  std::vector<GenreId> suggested;
  std::vector<double> trust = {0.8, 0.1}, rank = {0.5, 0};
  AnswerCounts counts;

  Scene() {
    records.add_creator(std::vector<GenreCount>{{0, 3}});
    records.add_creator(std::vector<GenreCount>{{0, 1}, {2, 2}});
    make(0, 0, 2);
    texts.set(0, {.title = "Cats", .tags = "cats", .description = "Cats."});
  }
  ItemId make(CreatorId creator, GenreId genre, std::uint32_t clicks) {
    const auto item = static_cast<ItemId>(items.size());
    records.made_item(creator, item, genre);
    records.got_clicks(creator, genre, clicks);
    items.add(creator, genre, 1);
    items.clicked.back() = clicks;
    return item;
  }
  std::vector<GenreId> decide(CreatorModel& model, Chat* chat) {
    std::optional<Asking> asking;
    if (chat) asking.emplace(Asking{*chat, counts});
    std::vector<GenreId> made(creators.size(), no_genre);
    model.decide({.round = 2,
                  .creators = creators,
                  .records = records,
                  .items = items,
                  .perceived = {},
                  .trending = no_genre,
                  .feedback_rank = rank,
                  .suggested = suggested,
                  .trust = trust,
                  .genre_names = genres,
                  .texts = texts,
                  .draws = Draws(seed, Purpose::creation, 2),
                  .asking = asking ? &*asking : nullptr},
                 made);
    return made;
  }
  void write(CreatorModel& model, Chat& chat, const std::vector<ItemId>& made) {
    Asking asking{chat, counts};
    model.write({.round = 2,
                 .creators = creators,
                 .made = made,
                 .records = records,
                 .items = items,
                 .genre_names = genres,
                 .asking = &asking},
                texts);
  }
};

std::unique_ptr<CreatorModel> started(const Scene& scene,
                                      const std::vector<std::pair<std::string, FieldValue>>& settings = {}) {
  auto model = std::make_unique<LlmCreators>();
  model->fields().set("test", "model", std::string("m"));
  for (const auto& [key, value] : settings) model->fields().set("test", key, value);
  model->start(scene.records, seed);
  return model;
}

bool asks_for(const ChatQuestion& question, const char* field) {
  return question.schema.find(std::string("\"") + field + "\":{") != std::string::npos;
}

/// The first creator tries music, the other repeats news; profiles and words are short.
std::string plain_answer(const ChatQuestion& q) {
  if (asks_for(q, "profile")) return R"({"profile": "You are funny."})";
  if (asks_for(q, "title")) return R"({"title": "New", "tags": "a, b", "description": "Text."})";
  return line_after(q, "These are: ") == "Comedy." ? R"({"decision": "EXPLORE", "genre": "music"})"
                                                   : R"({"decision": "exploit", "genre": "News"})";
}

std::vector<ChatQuestion> decisions(const ScriptedChat& chat) {
  std::vector<ChatQuestion> found;
  for (const auto& question : chat.asked) {
    if (asks_for(question, "decision")) found.push_back(question);
  }
  return found;
}

TEST(LlmCreators, AreAskedInTheseWords) {
  Scene scene;
  ScriptedChat chat(plain_answer);
  scene.decide(*started(scene), &chat);
  ASSERT_EQ(chat.asked.size(), 4u);
  EXPECT_EQ(chat.asked[1].messages[1].text,
            "So far a creator has published, by genre:\nComedy: 1 item\nNews: 2 items\n\n"
            "Say in at most two sentences who this creator is, what it makes and how broad it is. Address "
            "it: \"You "
            "are ..\". Make up no names,\nnumbers or facts. Answer: {\"profile\": \"..\"}");
  EXPECT_EQ(
      chat.asked[2].messages[1].text,
      "You are funny.\n\n"
      "Average clicks on your items, by genre:\nComedy: 2 (1 item)\nMusic: unknown\nNews: unknown\n\n"
      "Your latest item \"Cats\", in the genre Comedy, drew 2 clicks.\n"
      "The platform suggests nothing to you.\n\n"
      "Decide what your next item is about:\n"
      "EXPLOIT: a genre that you have made before. These are: Comedy.\n"
      "EXPLORE: a genre that you have not made before. These are: Music, News.\n\n"
      "Answer with the decision and one genre of its list: {\"decision\": \"EXPLOIT\", \"genre\": \"..\"}");
  EXPECT_THAT(chat.asked[3].messages[1].text,
              testing::HasSubstr("Comedy: no clicks known (1 item made before)\nMusic: unknown\n"
                                 "News: no clicks known (2 items made before)\n\n"
                                 "You have published nothing here yet."));
}

TEST(LlmCreators, MakeWhatTheySayInOneBatchOfProfilesAndOneOfDecisions) {
  Scene scene;
  ScriptedChat chat(plain_answer);
  EXPECT_THAT(scene.decide(*started(scene), &chat), testing::ElementsAre(1, 2));
  EXPECT_THAT(chat.batches, testing::ElementsAre(2, 2));
}

TEST(LlmCreators, AreAskedForTheirProfileOnceEvenAcrossASnapshot) {
  Scene scene;
  ScriptedChat chat(plain_answer);
  const auto model = started(scene), loaded = started(scene);
  scene.decide(*model, &chat);
  scene.decide(*model, &chat);
  EXPECT_THAT(chat.batches, testing::ElementsAre(2, 2, 2));
  Archive saved;
  model->persist(saved);
  Archive opened(saved.bytes());
  loaded->persist(opened);
  EXPECT_TRUE(opened.at_end());
  scene.decide(*loaded, &chat);
  EXPECT_THAT(chat.batches, testing::ElementsAre(2, 2, 2, 2));
}

TEST(LlmCreators, AreUnclearWhenTheyExploreWhatTheyKnowOrExploitWhatTheyDoNot) {
  for (const char* unclear :
       {R"({"decision": "EXPLORE", "genre": "Comedy"})", R"({"decision": "EXPLOIT", "genre": "Music"})",
        R"({"decision": "EXPLORE", "genre": "Sports"})", R"({"decision": "STOP", "genre": "Music"})",
        "EXPLORE: Music", ""}) {
    SCOPED_TRACE(unclear);
    Scene scene;
    ScriptedChat chat([&](const ChatQuestion& q) {
      const bool first =
          line_after(q, "EXPLOIT: a genre that you have made before. These are: ") == "Comedy.";
      return first && !is_asked_again(q) ? unclear : plain_answer(q);
    });
    EXPECT_THAT(scene.decide(*started(scene), &chat), testing::ElementsAre(1, 2));
    EXPECT_EQ(scene.counts.unclear, 1u);
    EXPECT_EQ(scene.counts.fallbacks, 0u);
  }
}

TEST(LlmCreators, WhoAreUnclearTwiceDecideByTheRuleAndAreCounted) {
  Scene scene;
  ScriptedChat chat([&](const ChatQuestion& q) {
    return asks_for(q, "decision") ? R"({"decision": "EXPLORE", "genre": "Comedy"})" : plain_answer(q);
  });
  const auto made = scene.decide(*started(scene), &chat);
  BoundedCreators rule;
  rule.start(scene.records, seed);
  EXPECT_EQ(made, scene.decide(rule, nullptr));
  EXPECT_EQ(scene.counts.fallbacks, 2u);
  EXPECT_EQ(scene.counts.unclear, 4u);
  EXPECT_EQ(scene.counts.decisions(), 4u);
}

TEST(LlmCreators, WithoutAProfileAreWhatTheyMadeMost) {
  Scene scene;
  ScriptedChat chat([](const ChatQuestion& q) { return asks_for(q, "profile") ? "?" : plain_answer(q); });
  scene.decide(*started(scene), &chat);
  EXPECT_THAT(decisions(chat)[1].messages[1].text,
              testing::StartsWith("You are a creator who has mostly made News."));
}

TEST(LlmCreators, HearSuggestionsWithTheirTrustOnlyWhereThePromptDecides) {
  Scene scene;
  scene.suggested = {1, no_genre};
  ScriptedChat chat(plain_answer);
  const auto coin = started(scene), prompt = started(scene, {{"suggestions", std::string("prompt")}});
  EXPECT_FALSE(coin->hears_suggestions());
  EXPECT_TRUE(prompt->hears_suggestions());
  scene.decide(*prompt, &chat);
  EXPECT_THAT(
      decisions(chat)[0].messages[1].text,
      testing::HasSubstr("The platform suggests that you make Music next. Your trust in its suggestions is "
                         "very high (0.80 on a scale from 0 to 1)."));
  EXPECT_THAT(decisions(chat)[1].messages[1].text,
              testing::HasSubstr("The platform suggests nothing to you."));
}

TEST(LlmCreators, PutWhatTheyMadeIntoWords) {
  Scene scene;
  ScriptedChat chat(plain_answer);
  const auto model = started(scene);
  const std::vector<ItemId> made = {scene.make(0, 1, 0), scene.make(1, 2, 0)};
  scene.write(*model, chat, made);
  EXPECT_EQ(scene.texts.of(made[0]), (ItemText{"New", "a, b", "Text."}));
  EXPECT_EQ(scene.texts.of(made[1]), (ItemText{"New", "a, b", "Text."}));
  EXPECT_THAT(chat.batches, testing::ElementsAre(2, 2));
  EXPECT_THAT(chat.asked[2].messages[1].text,
              testing::StartsWith("You are funny.\n\nYou now publish item number 2, in the genre Music.\n"
                                  "The one before, \"Cats\", was in the genre Comedy.\n"));
  EXPECT_THAT(chat.asked[3].messages[1].text, testing::HasSubstr("It is the first that you publish here."));
}

TEST(LlmCreators, LeaveAnItemWithoutWordsWhereTheyWereUnclearOrDoNotWrite) {
  Scene scene;
  ScriptedChat chat(
      [](const ChatQuestion& q) { return asks_for(q, "title") ? "Once upon a time" : plain_answer(q); });
  const std::vector<ItemId> made = {scene.make(0, 1, 0), scene.make(1, 2, 0)};
  scene.write(*started(scene), chat, made);
  EXPECT_EQ(scene.texts.of(made[0]), ItemText{});
  EXPECT_EQ(scene.counts.fallbacks, 2u);
  chat.batches.clear();
  scene.write(*started(scene, {{"writes", false}}), chat, made);
  EXPECT_TRUE(chat.batches.empty());
}

TEST(LlmCreators, NeedALanguageModelAtHandAndByName) {
  Scene scene;
  EXPECT_THROW(scene.decide(*started(scene), nullptr), Error);
  LlmCreators nameless;
  EXPECT_THROW(nameless.start(scene.records, seed), Error);
  EXPECT_THROW(started(scene, {{"fallback", std::string("llm")}}), Error);
  EXPECT_THROW(started(scene, {{"fallback", std::string("boundd")}}), Error);
}

}  // namespace
}  // namespace perennial
