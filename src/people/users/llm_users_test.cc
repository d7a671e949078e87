#include "people/users/llm_users.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "llm/scripted_chat_for_tests.h"
#include "people/users/interest.h"

namespace perennial {
namespace {

constexpr std::uint64_t seed = 2000;

/// Two users, each shown three items of which the first has words.
struct Scene {
  Users people;
  Items items;
  ItemTexts texts;
  std::vector<float> quality;
  std::vector<UserId> users = {0, 1};
  Slates slates;
  std::vector<std::string> genres = {"Comedy", "Music", "News"};
  AnswerCounts counts;

  Scene() {
    people.interests.push_back(std::vector<GenreId>{0, 1});
    people.interests.push_back(std::vector<GenreId>{2});
    people.activity = {1, 1};
    for (GenreId genre = 0; genre < 3; ++genre) {
      items.add(genre, genre, 1);
      quality.push_back(1);
    }
    texts.set(0, {.title = "Cats", .tags = "cats, fun", .description = "Cats fall."});
    slates.reset(2, 3);
    slates.items = {0, 1, 2, 2, 0, no_item};
  }
  std::vector<std::uint8_t> answers(UserModel& model, Chat* chat) {
    Workers workers(1);
    std::vector<std::uint8_t> clicked(slates.items.size(), 9);
    std::optional<Asking> asking;
    if (chat) asking.emplace(Asking{*chat, counts});
    model.respond({.round = 1,
                   .users = users,
                   .slates = slates,
                   .items = items,
                   .quality = quality,
                   .people = people,
                   .genre_names = genres,
                   .texts = texts,
                   .draws = Draws(seed, Purpose::click, 1),
                   .workers = workers,
                   .asking = asking ? &*asking : nullptr},
                  clicked);
    return clicked;
  }
};

std::unique_ptr<UserModel> started(const Scene& scene, const std::string& mode = "slate") {
  auto model = std::make_unique<LlmUsers>();
  model->fields().set("test", "model", std::string("m"));
  model->fields().set("test", "mode", mode);
  model->start(scene.people, scene.genres.size());
  return model;
}

std::string slate_answer(const ChatQuestion& question) {
  return line_after(question, "Your interests: ") == "News." ? R"({"answers": ["WATCH", "SKIP"]})"
                                                             : R"({"answers": ["SKIP", "WATCH", "WATCH"]})";
}

TEST(LlmUsers, AreAskedInTheseWords) {
  Scene scene;
  ScriptedChat chat(slate_answer);
  scene.answers(*started(scene), &chat);
  ASSERT_EQ(chat.asked.size(), 2u);
  EXPECT_EQ(chat.asked[0].model, "m");
  EXPECT_EQ(chat.asked[0].answer_tokens_most, 256);
  EXPECT_EQ(chat.asked[0].messages[0].text,
            "You play a user of a content platform. You decide by your own taste alone.\n"
            "You answer with one JSON object and nothing else: no code fence, no explanation.");
  EXPECT_EQ(chat.asked[0].messages[1].text,
            "Your interests: Comedy, Music.\n\n"
            "The platform shows you 3 items, in this order:\n"
            "1. Cats | genre: Comedy | tags: cats, fun | Cats fall.\n"
            "2. untitled | genre: Music\n"
            "3. untitled | genre: News\n\n"
            "Say for each item, in the same order, what you do with it:\n"
            "WATCH: you open it, because it is to your taste.\n"
            "SKIP: you pass over it and look at the next one.\n"
            "LEAVE: you have seen enough and go; whatever comes after it is skipped.\n\n"
            "Answer with a list of exactly 3 of these words: {\"answers\": [\"WATCH\", \"SKIP\", ..]}");
  EXPECT_THAT(chat.asked[1].schema, testing::HasSubstr(R"("minItems":2,"maxItems":2)"));
}

TEST(LlmUsers, ClickWhatTheyWatchAndAreAskedInOneBatch) {
  Scene scene;
  ScriptedChat chat(slate_answer);
  EXPECT_THAT(scene.answers(*started(scene), &chat), testing::ElementsAre(0, 1, 1, 1, 0, 0));
  EXPECT_THAT(chat.batches, testing::ElementsAre(2));
  EXPECT_EQ(scene.counts.questions, 2u);
  EXPECT_EQ(scene.counts.fallbacks, 0u);
}

TEST(LlmUsers, SkipEverythingAfterTheyLeave) {
  Scene scene;
  ScriptedChat chat([](const ChatQuestion& q) {
    return line_after(q, "Your interests: ") == "News." ? R"({"answers": ["leave", "WATCH"]})"
                                                        : R"({"answers": ["WATCH", "LEAVE", "WATCH"]})";
  });
  EXPECT_THAT(scene.answers(*started(scene), &chat), testing::ElementsAre(1, 0, 0, 0, 0, 0));
}

TEST(LlmUsers, AreAskedAgainWhenUnclear) {
  for (const char* unclear : {"", "WATCH", R"({"answers": ["WATCH"]})",
                              R"({"answers": ["WATCH", "HUM", "SKIP"]})", R"({"answers": ["WA)"}) {
    SCOPED_TRACE(unclear);
    Scene scene;
    ScriptedChat chat([&](const ChatQuestion& q) {
      return line_after(q, "Your interests: ") != "News." && !is_asked_again(q) ? unclear : slate_answer(q);
    });
    EXPECT_THAT(scene.answers(*started(scene), &chat), testing::ElementsAre(0, 1, 1, 1, 0, 0));
    EXPECT_THAT(chat.batches, testing::ElementsAre(2, 1));
    EXPECT_EQ(scene.counts.unclear, 1u);
    EXPECT_EQ(scene.counts.fallbacks, 0u);
  }
}

TEST(LlmUsers, WhoAreUnclearTwiceAnswerByTheRuleAndAreCounted) {
  Scene scene;
  ScriptedChat chat([&](const ChatQuestion& q) {
    return line_after(q, "Your interests: ") != "News." ? "I like it" : slate_answer(q);
  });
  const auto answers = scene.answers(*started(scene), &chat);
  InterestUsers rule;
  rule.start(scene.people, 3);
  const auto by_rule = scene.answers(rule, nullptr);
  EXPECT_TRUE(std::equal(answers.begin(), answers.begin() + 3, by_rule.begin()));
  EXPECT_THAT(std::vector(answers.begin() + 3, answers.end()), testing::ElementsAre(1, 0, 0));
  EXPECT_EQ(scene.counts.fallbacks, 1u);
  EXPECT_EQ(scene.counts.decisions(), 2u);
}

/// Watches what it thinks good; thinks so of Music alone, and leaves at News.
std::string paper_answer(const ChatQuestion& q) {
  const auto thought = line_after(q, "What you think of it: ");
  const bool music = line_after(q, "The platform shows you this item:\n").find("Music") != std::string::npos;
  const bool news = line_after(q, "The platform shows you this item:\n").find("News") != std::string::npos;
  if (thought.empty())
    return music ? R"({"thought": "good"})" : news ? R"({"thought": "enough"})" : R"({"thought": "bad"})";
  return thought == "good"     ? R"({"answer": "WATCH"})"
         : thought == "enough" ? R"({"answer": "LEAVE"})"
                               : R"({"answer": "SKIP"})";
}

TEST(LlmUsers, OfThePaperAreAskedTwicePerItemUntilTheyLeave) {
  Scene scene;
  ScriptedChat chat(paper_answer);
  EXPECT_THAT(scene.answers(*started(scene, "paper"), &chat), testing::ElementsAre(0, 1, 0, 0, 0, 0));
  // Both see their first item; the second user leaves there, the first goes on for two more.
  EXPECT_THAT(chat.batches, testing::ElementsAre(2, 2, 1, 1, 1, 1));
  EXPECT_EQ(scene.counts.questions, 8u);
}

TEST(LlmUsers, OfThePaperLeaveAnItemToTheRuleAndGoOn) {
  Scene scene;
  ScriptedChat chat([](const ChatQuestion& q) {
    const bool cats = line_after(q, "The platform shows you this item:\n").find("Cats") != std::string::npos;
    return cats ? std::string("?") : paper_answer(q);
  });
  const auto answers = scene.answers(*started(scene, "paper"), &chat);
  InterestUsers rule;
  rule.start(scene.people, 3);
  EXPECT_EQ(answers[0], scene.answers(rule, nullptr)[0]);
  EXPECT_EQ(answers[1], 1);
  EXPECT_EQ(scene.counts.fallbacks, 1u);
}

TEST(LlmUsers, NeedALanguageModelAtHandAndByName) {
  Scene scene;
  EXPECT_THROW(scene.answers(*started(scene), nullptr), Error);
  LlmUsers nameless;
  EXPECT_THROW(nameless.start(scene.people, 3), Error);
  for (const char* fallback : {"llm", "no-such"}) {
    LlmUsers model;
    model.fields().set("test", "model", std::string("m"));
    model.fields().set("test", "fallback", std::string(fallback));
    EXPECT_THROW(model.start(scene.people, 3), Error) << fallback;
  }
}

TEST(LlmUsers, TellPoliciesTheTruthOfTheirRule) {
  const Scene scene;
  std::vector<double> told(6), expected(6);
  started(scene)->click_probability(scene.people, told);
  InterestUsers rule;
  rule.start(scene.people, 3);
  rule.click_probability(scene.people, expected);
  EXPECT_EQ(told, expected);
}

}  // namespace
}  // namespace perennial
