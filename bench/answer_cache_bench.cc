// The answer cache: answers given out and kept per second, and a whole run's worth of questions replayed.

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "io/temporary_folder.h"
#include "llm/cached_chat.h"

namespace perennial {
namespace {

/// About as long as a slate's prompt.
ChatQuestion question(std::int64_t number) {
  return {.model = "model",
          .messages = {{ChatRole::system, std::string(400, 's')},
                       {ChatRole::user, fmt::format("{} {}", number, std::string(1200, 'q'))}},
          .schema = std::string(250, '{')};
}

/// Answers everything at once.
class Answering : public Chat {
 public:
  void ask(std::span<const ChatQuestion> questions, const TakeAnswer& take) override {
    for (std::size_t i = 0; i < questions.size(); ++i)
      take(i,
           {.text = R"({"decisions": ["WATCH", "SKIP", "SKIP", "WATCH", "SKIP"]})", .completion_tokens = 20});
  }
};

/// Rounds of a batch of users' and a batch of creators' questions.
void ask_rounds(CachedChat& chat, std::int64_t rounds, std::int64_t users, std::int64_t creators) {
  std::int64_t number = 0;
  for (std::int64_t round = 0; round < rounds; ++round) {
    for (const auto batch : {users, creators}) {
      std::vector<ChatQuestion> questions;
      for (std::int64_t i = 0; i < batch; ++i) questions.push_back(question(number++));
      benchmark::DoNotOptimize(ask_all(chat, questions));
    }
  }
}

// 100 users x 50 creators x 150 rounds, everybody active: a question per user, two per creator.
constexpr std::int64_t rounds = 150, users = 100, creator_questions = 100;

void BM_ReplayARun(benchmark::State& state) {
  const TemporaryFolder folder;
  AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
  Answering endpoint;
  CachedChat first(cache, CacheUse::write, &endpoint);
  ask_rounds(first, rounds, users, creator_questions);
  CachedChat alone(cache, CacheUse::only, nullptr);
  for (auto _ : state) ask_rounds(alone, rounds, users, creator_questions);
  state.SetItemsProcessed(state.iterations() * rounds * (users + creator_questions));
}
BENCHMARK(BM_ReplayARun)->Unit(benchmark::kMillisecond);

void BM_Keep(benchmark::State& state) {
  const TemporaryFolder folder;
  AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
  std::int64_t number = 0;
  for (auto _ : state) cache.keep(key_of(question(number++)), {.text = std::string(60, 'a')});
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Keep)->Unit(benchmark::kMicrosecond);

/// range: answers in the file.
void BM_Find(benchmark::State& state) {
  const TemporaryFolder folder;
  AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
  for (std::int64_t i = 0; i < state.range(0); ++i)
    cache.keep(key_of(question(i)), {.text = std::string(60, 'a')});
  std::int64_t number = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(cache.find(key_of(question(number++ * 7919 % state.range(0)))));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Find)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace perennial
