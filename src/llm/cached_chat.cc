#include "llm/cached_chat.h"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace perennial {
namespace {

/// Each distinct question of a batch once.
struct Distinct {
  QuestionKey key;
  std::vector<std::size_t> indexes;                   ///< where it stands in the batch, ascending
  std::shared_ptr<Flights::Flight> flight = nullptr;  ///< once it is this batch's to bring down
};

std::vector<Distinct> distinct(std::span<const ChatQuestion> questions) {
  std::vector<Distinct> all;
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    auto key = key_of(questions[i]);
    const auto [place, is_new] = places.try_emplace(key.text, all.size());
    if (is_new) all.push_back({.key = std::move(key), .indexes = {}});
    all[place->second].indexes.push_back(i);
  }
  return all;
}

void hand_out(const Distinct& question, const ChatAnswer& answer, const TakeAnswer& take) {
  for (const auto index : question.indexes) take(index, answer);
}

/// The flights that a batch has taken on; those that have not landed when it ends, however it ends, are lost.
class TakenOn {
 public:
  explicit TakenOn(Flights& flights) : flights_(flights) {}
  ~TakenOn() {
    for (const auto* question : questions_) flights_.lose(question->key, *question->flight);
  }
  TakenOn(const TakenOn&) = delete;
  TakenOn& operator=(const TakenOn&) = delete;

  void add(const Distinct& question) { questions_.push_back(&question); }

 private:
  Flights& flights_;
  std::vector<const Distinct*> questions_;
};

}  // namespace

CacheUse cache_use_named(std::string_view name) {
  if (name == "read") return CacheUse::read;
  if (name == "write") return CacheUse::write;
  if (name == "only") return CacheUse::only;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("llm-cache = '{}': must be one of read, write, only", name));
}

CacheAccess access_for(CacheUse use) {
  return use == CacheUse::write ? CacheAccess::write : CacheAccess::read;
}

CachedChat::CachedChat(AnswerCache& cache, CacheUse use, Chat* chat) : cache_(cache), use_(use), chat_(chat) {
  check(chat_ || use_ == CacheUse::only, "a cache asks somebody unless it is used alone");
}

/// One call of ask().
class CachedChat::Batch {
 public:
  Batch(CachedChat& cached, std::span<const ChatQuestion> questions, const TakeAnswer& take)
      : cached_(cached), questions_(questions), take_(take), all_(distinct(questions)) {
    cached_.shared_ += questions.size() - all_.size();
  }

  void answer_from_cache_only() {
    std::vector<std::optional<ChatAnswer>> answers;
    std::vector<const Distinct*> missing;
    for (const auto& question : all_) {
      answers.push_back(cached_.cache_.find(question.key));
      if (!answers.back()) missing.push_back(&question);
    }
    if (!missing.empty()) refuse(missing);
    for (std::size_t i = 0; i < all_.size(); ++i) hand_out(all_[i], *answers[i], take_);
    cached_.found_ += all_.size();
  }

  void answer() {
    std::vector<Distinct*> open;
    for (auto& question : all_) open.push_back(&question);
    while (!open.empty()) open = answer_what_can_be(open);
  }

 private:
  /// From the cache, by asking, from other threads; returns what another thread took on and lost.
  std::vector<Distinct*> answer_what_can_be(const std::vector<Distinct*>& open) {
    TakenOn taken_on(cached_.flights_);
    std::vector<const Distinct*> unknown;
    std::vector<std::pair<Distinct*, std::shared_ptr<Flights::Flight>>> of_others;
    for (auto* question : open) {
      auto [flight, is_mine] = cached_.flights_.board(question->key);
      if (!is_mine) {
        of_others.emplace_back(question, std::move(flight));
        continue;
      }
      question->flight = std::move(flight);
      taken_on.add(*question);
      // Looked up only now: whoever had it under way before has stored it.
      if (const auto answer = cached_.cache_.find(question->key)) {
        ++cached_.found_;
        land(*question, *answer);
      } else {
        unknown.push_back(question);
      }
    }
    if (!unknown.empty()) ask(unknown);
    std::vector<Distinct*> lost;
    for (const auto& [question, flight] : of_others) {
      if (const auto answer = cached_.flights_.wait(*flight)) {
        ++cached_.shared_;
        hand_out(*question, *answer, take_);
      } else {
        lost.push_back(question);
      }
    }
    return lost;
  }

  void ask(const std::vector<const Distinct*>& unknown) {
    std::vector<ChatQuestion> questions;
    questions.reserve(unknown.size());
    for (const auto* question : unknown) questions.push_back(questions_[question->indexes.front()]);
    std::size_t answered = 0;
    cached_.chat_->ask(questions, [&](std::size_t index, const ChatAnswer& answer) {
      ++answered;
      take(*unknown[index], answer);
    });
    check(answered == unknown.size(), "every question is answered once");
  }

  /// An answer that was paid for.
  void take(const Distinct& question, const ChatAnswer& answer) {
    ++cached_.asked_;
    if (cached_.use_ == CacheUse::read) return land(question, answer);
    std::exception_ptr failure;
    auto kept = answer;
    try {
      kept = cached_.cache_.keep(question.key, answer);
    } catch (const Error&) {
      failure = std::current_exception();
    }
    land(question, kept);  // whoever waits for it gets it even so
    if (failure) std::rethrow_exception(failure);
    if (const auto full = cached_.cache_.disk_is_full(); !full.empty()) throw Error(ErrorCode::io, full);
  }

  void land(const Distinct& question, const ChatAnswer& answer) {
    cached_.flights_.land(question.key, *question.flight, answer);
    hand_out(question, answer, take_);
  }

  [[noreturn]] void refuse(const std::vector<const Distinct*>& missing) const {
    const auto& first = questions_[missing.front()->indexes.front()];
    throw Error(
        ErrorCode::not_found,
        fmt::format(
            "{}: {} of {} questions are not among its {} answers, the first for model '{}'; ask them with "
            "--llm-cache write, or set everything as in the run that was asked",
            cached_.cache_.file().string(), missing.size(), all_.size(), cached_.cache_.answers(),
            first.model));
  }

  CachedChat& cached_;
  std::span<const ChatQuestion> questions_;
  const TakeAnswer& take_;
  std::vector<Distinct> all_;
};

void CachedChat::ask(std::span<const ChatQuestion> questions, const TakeAnswer& take) {
  Batch batch(*this, questions, take);
  if (use_ == CacheUse::only) {
    batch.answer_from_cache_only();
  } else {
    batch.answer();
  }
}

CacheCounts CachedChat::counts() const {
  return {.found = found_, .shared = shared_, .asked = asked_};
}

}  // namespace perennial
