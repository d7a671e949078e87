#pragma once

#include <atomic>
#include <cstdint>

#include "llm/answer_cache.h"
#include "llm/chat.h"
#include "llm/flights.h"

namespace perennial {

/// What a cache is to do beside giving out what it holds.
enum class CacheUse : std::uint8_t {
  read,   ///< nothing: other questions are asked, their answers not stored
  write,  ///< other questions are asked, their answers stored
  only    ///< nothing is ever asked
};

/// "read", "write", "only". Throws Error(invalid_argument) for another name.
CacheUse cache_use_named(std::string_view name);
/// What the cache's file must be opened for.
CacheAccess access_for(CacheUse use);

/// Where answers came from so far.
struct CacheCounts {
  std::uint64_t found = 0;   ///< in the cache
  std::uint64_t shared = 0;  ///< with the same question, in the same batch or under way in another thread
  std::uint64_t asked = 0;   ///< and answered
};

/// A cache in front of whoever answers. The same question is asked once, however often it stands in a batch or in batches of
/// several threads; each answer is stored before it is taken.
class CachedChat : public Chat {
 public:
  /// `chat` is who is asked; null only for CacheUse::only. Both must outlive this.
  CachedChat(AnswerCache& cache, CacheUse use, Chat* chat);

  /// As Chat says; and throws Error(not_found) in CacheUse::only, before any answer is taken, when some of the questions are not
  /// in the cache; Error(io) when the disk is full, after all answers of the batch were stored and taken.
  void ask(std::span<const ChatQuestion> questions, const TakeAnswer& take) override;

  CacheCounts counts() const;

 private:
  class Batch;

  AnswerCache& cache_;
  const CacheUse use_;
  Chat* chat_;
  Flights flights_;
  std::atomic<std::uint64_t> found_ = 0;
  std::atomic<std::uint64_t> shared_ = 0;
  std::atomic<std::uint64_t> asked_ = 0;
};

}  // namespace perennial
