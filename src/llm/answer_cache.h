#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "llm/answer_file.h"
#include "llm/chat.h"
#include "llm/disk_reserve.h"
#include "llm/question_key.h"

namespace perennial {

/// Answers that were paid for, in a file. The first answer to a question stays its answer. Found by a hash of the whole
/// question, which is stored and compared, so that no other question's answer is ever given out.
///
/// From any thread; several processes may use one file at a time. An answer that `keep` returned is in the file, even if the
/// process is killed the next moment; a power cut may cost the last few.
///
/// While it is open for writing it holds 16 MB of the disk in reserve beside the file (FILE.reserve), so that a full disk costs
/// no answer either.
class AnswerCache {
 public:
  /// Throws Error(not_found) for a file to be read that is not there; Error(invalid_data) for one that is no answer cache, is
  /// damaged, or is of another version; Error(io) where it cannot be read, made or written to, or the disk is full.
  AnswerCache(std::filesystem::path file, CacheAccess access);

  std::optional<ChatAnswer> find(const QuestionKey& question);

  /// Stores the answer, unless another is there already: then that one counts. Returns the one that counts.
  ///
  /// On a full disk the answer is stored in the room held in reserve, and so are all that come after while it lasts;
  /// `disk_is_full` says so from then on. Throws Error(io) where nothing could be stored.
  ChatAnswer keep(const QuestionKey& question, const ChatAnswer& answer);

  /// The sentence that says the disk is full; empty while it is not.
  std::string disk_is_full() const;

  std::uint64_t answers();
  const std::filesystem::path& file() const { return file_; }

 private:
  void make_room();

  const std::filesystem::path file_;
  mutable std::mutex mutex_;  // of all below
  std::optional<AnswerFile> answers_;
  std::optional<DiskReserve> reserve_;  // while writing
  std::string disk_is_full_;
};

}  // namespace perennial
