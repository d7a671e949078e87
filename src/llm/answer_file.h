#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "llm/chat.h"
#include "llm/question_key.h"
#include "llm/sqlite.h"

namespace perennial {

/// What an answer cache is opened for.
enum class CacheAccess : std::uint8_t { read, write };

/// The table of answers in a SQLite file of this version. Not for use from two threads at once. Throws SqliteError, and Error
/// where said.
class AnswerFile {
 public:
  static constexpr std::int64_t version = 1;

  /// Opens the file, and for writing makes it where it is not there or empty. Throws Error(invalid_data) for a database that is
  /// no answer cache or one of another version.
  AnswerFile(const std::filesystem::path& file, CacheAccess access);

  std::optional<ChatAnswer> find(const QuestionKey& question);
  /// False, and nothing done, where the question has an answer already.
  bool add(const QuestionKey& question, const ChatAnswer& answer);
  std::uint64_t count();

 private:
  Sqlite database_;
  SqliteStatement find_;
  SqliteStatement add_;
};

}  // namespace perennial
