#include "llm/cached_chat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <map>
#include <thread>

#include "base/error.h"
#include "io/temporary_folder.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::vector<ChatQuestion> questions(const std::vector<int>& numbers, const std::string& model = "m") {
  std::vector<ChatQuestion> all;
  for (const int number : numbers)
    all.push_back({.model = model, .messages = {{ChatRole::user, std::to_string(number)}}});
  return all;
}

/// Answers with the question's text, the last first, after a while; counts how often it was asked each.
class Endpoint : public Chat {
 public:
  void ask(std::span<const ChatQuestion> batch, const TakeAnswer& take) override {
    std::this_thread::sleep_for(while_);
    for (std::size_t i = batch.size(); i-- > 0;) {
      const auto& text = batch[i].messages[0].text;
      {
        const std::lock_guard lock(mutex_);
        if (answers_left_ == 0) throw Error(ErrorCode::interrupted, "stopped");
        --answers_left_;
        ++asked[text];
      }
      take(i, {.text = "to " + text, .prompt_tokens = 5, .completion_tokens = 2});
    }
  }

  std::map<std::string, int> asked;
  std::chrono::milliseconds while_{0};
  std::int64_t answers_left_ = INT64_MAX;

 private:
  std::mutex mutex_;
};

std::vector<std::string> said(Chat& chat, const std::vector<int>& numbers, const std::string& model = "m") {
  std::vector<std::string> texts;
  for (const auto& answer : ask_all(chat, questions(numbers, model))) texts.push_back(answer.text);
  return texts;
}

class CachedChatTest : public testing::Test {
 protected:
  TemporaryFolder folder;
  std::filesystem::path file = folder / "a.sqlite";
  Endpoint endpoint;
};

TEST_F(CachedChatTest, AsksEachQuestionOnceWhateverTheBatch) {
  AnswerCache cache(file, CacheAccess::write);
  CachedChat chat(cache, CacheUse::write, &endpoint);
  EXPECT_THAT(said(chat, {1, 2, 1}), ElementsAre("to 1", "to 2", "to 1"));
  EXPECT_THAT(said(chat, {2, 3, 3}), ElementsAre("to 2", "to 3", "to 3"));
  EXPECT_THAT(endpoint.asked, Each(Pair(testing::_, 1)));
  EXPECT_EQ(chat.counts().asked, 3U);
  EXPECT_EQ(chat.counts().found, 1U);
  EXPECT_EQ(chat.counts().shared, 2U);
}

TEST_F(CachedChatTest, RepeatsFromTheCacheAloneTokensIncluded) {
  AnswerCache cache(file, CacheAccess::write);
  CachedChat first(cache, CacheUse::write, &endpoint);
  const auto batch = questions({1, 2, 3});
  const auto told = ask_all(first, batch);
  AnswerCache again(file, CacheAccess::read);
  CachedChat alone(again, CacheUse::only, nullptr);
  EXPECT_EQ(ask_all(alone, batch), told);
}

TEST_F(CachedChatTest, AloneSaysHowManyQuestionsItDoesNotKnowAndTakesNone) {
  AnswerCache cache(file, CacheAccess::write);
  CachedChat first(cache, CacheUse::write, &endpoint);
  said(first, {1, 2});
  CachedChat alone(cache, CacheUse::only, nullptr);
  int taken = 0;
  try {
    alone.ask(questions({1, 7, 8, 7}), [&](std::size_t, const ChatAnswer&) { ++taken; });
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::not_found);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("a.sqlite: 2 of 3 questions"), HasSubstr("its 2 answers"),
                                    HasSubstr("model 'm'"), HasSubstr("--llm-cache write")));
  }
  EXPECT_EQ(taken, 0);
}

TEST_F(CachedChatTest, ThatReadsAddsNothing) {
  { AnswerCache made(file, CacheAccess::write); }
  AnswerCache cache(file, CacheAccess::read);
  CachedChat chat(cache, CacheUse::read, &endpoint);
  EXPECT_THAT(said(chat, {1, 1}), ElementsAre("to 1", "to 1"));
  EXPECT_EQ(cache.answers(), 0U);
  EXPECT_THAT(endpoint.asked, ElementsAre(Pair("1", 1)));
}

TEST_F(CachedChatTest, KeepsWhatWasAnsweredBeforeAStopAndGoesOnFromThere) {
  AnswerCache cache(file, CacheAccess::write);
  CachedChat chat(cache, CacheUse::write, &endpoint);
  endpoint.answers_left_ = 2;
  int taken = 0;
  EXPECT_THROW(chat.ask(questions({1, 2, 3, 4}), [&](std::size_t, const ChatAnswer&) { ++taken; }), Error);
  EXPECT_EQ(taken, 2);
  EXPECT_EQ(cache.answers(), 2U);
  endpoint.answers_left_ = 100;
  EXPECT_THAT(said(chat, {1, 2, 3, 4}), ElementsAre("to 1", "to 2", "to 3", "to 4"));
  EXPECT_THAT(endpoint.asked, Each(Pair(testing::_, 1)));
}

TEST_F(CachedChatTest, SharesOneQuestionAmongThreadsThatAskItAtTheSameTime) {
  AnswerCache cache(file, CacheAccess::write);
  CachedChat chat(cache, CacheUse::write, &endpoint);
  endpoint.while_ = std::chrono::milliseconds(20);
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t) {
    threads.emplace_back([&, t] {  // pairs of overlapping batches in either order
      const auto answers = t % 2 ? said(chat, {1, 2, 3, t}) : said(chat, {t, 3, 2, 1});
      EXPECT_THAT(answers, testing::UnorderedElementsAre("to 1", "to 2", "to 3", "to " + std::to_string(t)))
          << "of thread " << t;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(endpoint.asked, Each(Pair(testing::_, 1)));
}

// Whoever waited for a question that another thread could not get asks it itself.
TEST_F(CachedChatTest, AsksForItselfWhatAnotherThreadDidNotGet) {
  AnswerCache cache(file, CacheAccess::write);
  CachedChat chat(cache, CacheUse::write, &endpoint);
  endpoint.while_ = std::chrono::milliseconds(30);
  std::thread failing([&] {
    EXPECT_THROW(
        chat.ask(questions({1, 2}), [](std::size_t, const ChatAnswer&) { throw std::logic_error("no"); }),
        std::logic_error);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_THAT(said(chat, {1, 2}), ElementsAre("to 1", "to 2"));
  failing.join();
  EXPECT_THAT(endpoint.asked, Each(Pair(testing::_, 1)));
}

TEST(CacheUse, HasThreeNames) {
  EXPECT_EQ(cache_use_named("read"), CacheUse::read);
  EXPECT_EQ(cache_use_named("write"), CacheUse::write);
  EXPECT_EQ(cache_use_named("only"), CacheUse::only);
  EXPECT_THROW(cache_use_named("never"), Error);
}

RC_GTEST_PROP(CachedChat, AnswersAnyBatchesAsAskedAndAsksEachQuestionExactlyOnce, ()) {
  const auto batches = *rc::gen::container<std::vector<std::vector<int>>>(
      rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12)));
  static const TemporaryFolder folder;  // one for all cases, whose questions have models of their own
  static AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
  static int cases = 0;
  const auto model = "m" + std::to_string(cases++);
  Endpoint endpoint;
  CachedChat chat(cache, CacheUse::write, &endpoint);
  std::map<std::string, int> once;
  for (const auto& batch : batches) {
    const auto texts = said(chat, batch, model);
    RC_ASSERT(texts.size() == batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      once[std::to_string(batch[i])] = 1;
      RC_ASSERT(texts[i] == "to " + std::to_string(batch[i]));
    }
  }
  RC_ASSERT(endpoint.asked == once);
  const auto counts = chat.counts();
  std::size_t all = 0;
  for (const auto& batch : batches) all += batch.size();
  RC_ASSERT(counts.asked + counts.found + counts.shared == all);
}

// Batches end while others find the same questions in the cache: many short ones, so that it happens.
TEST(CachedChat, IsAskedBySeveralThreadsAtOnceAllTheTime) {
  const TemporaryFolder folder;
  AnswerCache cache(folder / "answers.sqlite", CacheAccess::write);
  Endpoint endpoint;
  CachedChat chat(cache, CacheUse::write, &endpoint);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&chat] {
      for (int round = 0; round < 200; ++round)
        EXPECT_EQ(said(chat, {1, 2, 3, 4, 5}),
                  (std::vector<std::string>{"to 1", "to 2", "to 3", "to 4", "to 5"}));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(endpoint.asked, Each(Pair(testing::_, 1)));
}

}  // namespace
}  // namespace perennial
