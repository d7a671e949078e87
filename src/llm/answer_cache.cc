#include "llm/answer_cache.h"

#include <fmt/format.h>

#include "base/error.h"

namespace perennial {
namespace {

constexpr std::int64_t reserve_bytes = std::int64_t{16} << 20;  // some four thousand answers

Error error_of(const std::filesystem::path& file, const SqliteError& error) {
  const auto place = file.string();
  switch (error.kind()) {
    case SqliteError::Kind::no_database:
      return {ErrorCode::invalid_data, fmt::format("{}: is no answer cache; name another file", place)};
    case SqliteError::Kind::damaged:
      return {ErrorCode::invalid_data,
              fmt::format("{}: the answer cache is damaged: {}; move it away to begin another", place,
                          error.what())};
    case SqliteError::Kind::disk_full:
      return {ErrorCode::io, fmt::format("{}: the disk is full; free some of it and run again", place)};
    case SqliteError::Kind::failing_disk:
      return {
          ErrorCode::io,
          fmt::format("{}: the answer cache cannot be read or written: {}; is the disk full, or a quota used "
                      "up?",
                      place, error.what())};
    case SqliteError::Kind::others_at_work:
      return {ErrorCode::io,
              fmt::format("{}: another program has held the answer cache for a minute", place)};
    case SqliteError::Kind::cannot_open:
      break;
  }
  return {
      ErrorCode::io,
      fmt::format("{}: the answer cache cannot be opened or written to: {}; check that its folder is there "
                  "and yours to write to",
                  place, error.what())};
}

void check_place(const std::filesystem::path& file, CacheAccess access) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored))
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{}: is a folder; the answer cache is a file, as in {}", file.string(),
                            (file / "answers.sqlite").string()));
  if (access == CacheAccess::read && !std::filesystem::exists(file, ignored))
    throw Error(ErrorCode::not_found,
                fmt::format("{}: there is no such answer cache; --llm-cache write makes one", file.string()));
}

}  // namespace

AnswerCache::AnswerCache(std::filesystem::path file, CacheAccess access) : file_(std::move(file)) {
  check_place(file_, access);
  try {
    answers_.emplace(file_, access);
  } catch (const SqliteError& error) {
    throw error_of(file_, error);
  }
  if (access == CacheAccess::write) reserve_.emplace(file_.string() + ".reserve", reserve_bytes);
}

std::optional<ChatAnswer> AnswerCache::find(const QuestionKey& question) {
  const std::lock_guard lock(mutex_);
  try {
    return answers_->find(question);
  } catch (const SqliteError& error) {
    throw error_of(file_, error);
  }
}

ChatAnswer AnswerCache::keep(const QuestionKey& question, const ChatAnswer& answer) {
  const std::lock_guard lock(mutex_);
  for (bool again = false;; again = true) {
    try {
      if (answers_->add(question, answer)) return answer;
      return answers_->find(question).value_or(answer);
    } catch (const SqliteError& error) {
      const bool may_lack_room =
          error.kind() == SqliteError::Kind::disk_full || error.kind() == SqliteError::Kind::failing_disk;
      if (!may_lack_room || again) throw error_of(file_, error);
      make_room();
    }
  }
}

/// Gives up the reserve. Where another process has done so there may be room as well.
void AnswerCache::make_room() {
  if (reserve_) reserve_->give_up();
  disk_is_full_ = fmt::format(
      "{}: the disk is full; every answer so far is kept, the last in room held in reserve; free at least {} "
      "MB and run again",
      file_.string(), reserve_bytes >> 20);
}

std::string AnswerCache::disk_is_full() const {
  const std::lock_guard lock(mutex_);
  return disk_is_full_;
}

std::uint64_t AnswerCache::answers() {
  const std::lock_guard lock(mutex_);
  try {
    return answers_->count();
  } catch (const SqliteError& error) {
    throw error_of(file_, error);
  }
}

}  // namespace perennial
