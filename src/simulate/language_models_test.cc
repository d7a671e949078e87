// Users and creators who are language models, in whole rounds.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "base/error.h"
#include "llm/scripted_chat_for_tests.h"
#include "simulate/small_run_for_tests.h"

namespace perennial {
namespace {

constexpr std::uint64_t seed = 2000;

SimulationOptions language_models(const std::vector<std::pair<std::string, FieldValue>>& more = {}) {
  std::vector<std::pair<std::string, FieldValue>> keys = {{"user_model.name", std::string("llm")},
                                                          {"user_model.model", std::string("m")},
                                                          {"creator_model.name", std::string("llm")},
                                                          {"creator_model.model", std::string("m")}};
  keys.insert(keys.end(), more.begin(), more.end());
  return options_with(keys);
}

/// Watches what is odd in the list, repeats the first genre it knows, writes the same of everything; some answers are unclear.
std::string answer(const ChatQuestion& q) {
  const auto& text = q.messages[1].text;
  if (text.size() % 13 == 0 && !is_asked_again(q)) return "unclear";
  if (text.size() % 29 == 0) return "unclear";
  if (q.schema.find("profile") != std::string::npos) return R"({"profile": "You are you."})";
  if (q.schema.find("title") != std::string::npos)
    return R"({"title": "T", "tags": "t", "description": "D."})";
  if (q.schema.find("decision") != std::string::npos) {
    auto known = line_after(q, "before. These are: ");
    return R"({"decision": "EXPLOIT", "genre": ")" + known.substr(0, known.find_first_of(",.")) + "\"}";
  }
  std::string answers;
  const auto count = std::stoul(line_after(q, "The platform shows you "));
  for (std::size_t i = 0; i < count; ++i) answers += i % 2 == 0 ? R"(, "WATCH")" : R"(, "SKIP")";
  return R"({"answers": [)" + answers.substr(2) + "]}";
}

TEST(LanguageModels, GiveTheSameBytesAtAnyNumberOfThreadsAndAfterABreak) {
  const auto outcome = [](std::size_t threads, bool interrupted) {
    ScriptedChat chat(answer);
    Workers workers(threads);
    const Resources resources{workers, &chat};
    Simulation first(language_models(), small_world(), "water-filling", seed, resources);
    const auto halfway = play_rounds(first, 4);
    Simulation second(language_models(), small_world(), "water-filling", seed, resources);
    if (interrupted) {
      Archive saved;
      first.persist(saved);
      Archive opened(saved.bytes());
      second.persist(opened);
    }
    auto& simulation = interrupted ? second : first;
    const auto metrics = play_rounds(simulation, 4, halfway);
    return std::pair{state_hash(simulation), metrics};
  };
  const auto expected = outcome(1, false);
  EXPECT_EQ(outcome(3, false), expected);
  EXPECT_EQ(outcome(1, true), expected);
  EXPECT_EQ(outcome(2, true), expected);
}

TEST(LanguageModels, AreAskedForAWholeRoundInFewBatchesAndCounted) {
  ScriptedChat chat(answer);
  Workers workers(1);
  Simulation simulation(language_models(), small_world(), "silent", seed, {workers, &chat});
  simulation.play_round();
  // Profiles, decisions, words and slates, each at most once more.
  EXPECT_LE(chat.batches.size(), 8u);
  const auto& e = simulation.ecosystem();
  EXPECT_GT(e.log.active_creators.size(), 1u);
  EXPECT_EQ(e.user_answers.questions + e.creator_answers.questions, chat.asked.size());
  EXPECT_GE(e.creator_answers.decisions(), 3 * e.log.active_creators.size());
  EXPECT_GE(e.user_answers.unclear + e.creator_answers.unclear, 1u);
}

TEST(LanguageModels, WriteTheWordsThatUsersSee) {
  ScriptedChat chat(answer);
  Workers workers(1);
  Simulation simulation(language_models(), small_world(), "silent", seed, {workers, &chat});
  simulation.play_round();
  const auto shown = std::ranges::count_if(chat.asked, [](const ChatQuestion& q) {
    return q.messages[1].text.find(". T | genre: genre ") != std::string::npos;
  });
  EXPECT_GT(shown, 0);
}

TEST(LanguageModels, FollowASuggestionThatTheyHearWhenTheySaySo) {
  ScriptedChat chat([](const ChatQuestion& q) {
    const auto heard = line_after(q, "The platform suggests that you make ");
    if (heard.empty() || q.schema.find("decision") == std::string::npos) return answer(q);
    const auto genre = heard.substr(0, heard.find(" next"));
    const bool knows = line_after(q, "EXPLOIT: a genre that you have made before. These are: ").find(genre) !=
                       std::string::npos;
    return std::string(R"({"decision": ")") + (knows ? "EXPLOIT" : "EXPLORE") + R"(", "genre": ")" + genre +
           "\"}";
  });
  Workers workers(1);
  Simulation simulation(language_models({{"creator_model.suggestions", std::string("prompt")}}),
                        small_world(), "random", seed, {workers, &chat});
  simulation.play_round();
  const auto& log = simulation.ecosystem().log;
  EXPECT_THAT(log.followed, testing::Each(1));
}

TEST(LanguageModels, ThatFailInTheMiddleOfARoundLeaveAnEarlierStateToGoOnFrom) {
  int left = 1000000;
  ScriptedChat chat([&](const ChatQuestion& q) {
    if (left-- <= 0) throw Error(ErrorCode::io, "nobody answers");
    return answer(q);
  });
  Workers workers(1);
  const Resources resources{workers, &chat};
  Simulation unbroken(language_models(), small_world(), "water-filling", seed, resources);
  play_rounds(unbroken, 5);
  Simulation broken(language_models(), small_world(), "water-filling", seed, resources);
  play_rounds(broken, 3);
  Archive before;
  broken.persist(before);
  left = 9;
  EXPECT_THROW(broken.play_round(), Error);
  left = 1000000;
  Archive restored(before.bytes());
  broken.persist(restored);
  play_rounds(broken, 2);
  EXPECT_EQ(state_hash(broken), state_hash(unbroken));
}

TEST(LanguageModels, WithoutOneAtHandAreRefused) {
  Workers workers(1);
  Simulation simulation(language_models(), small_world(), "silent", seed, workers);
  EXPECT_THROW(simulation.play_round(), Error);
}

}  // namespace
}  // namespace perennial
