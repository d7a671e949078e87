#include "llm/answer_file.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "base/error.h"

namespace perennial {
namespace {

constexpr std::int64_t application = 0x50'41'4E'53;  // "PANS": Perennial's answers

/// What a file says it is.
struct Label {
  std::int64_t application;
  std::int64_t version;
  std::int64_t tables;

  bool is_fresh() const { return application == 0 && version == 0 && tables == 0; }
};

Label label_of(Sqlite& database) {
  return {database.number("PRAGMA application_id"), database.number("PRAGMA user_version"),
          database.number("SELECT count(*) FROM sqlite_schema")};
}

/// As it was at one moment, whoever makes the file meanwhile.
Label label_at_once(Sqlite& database) {
  database.execute("BEGIN");
  const auto label = label_of(database);
  database.execute("COMMIT");
  return label;
}

void check(const std::filesystem::path& file, const Label& label) {
  if (label.application != application)
    throw Error(ErrorCode::invalid_data,
                fmt::format("{}: is a database, but no answer cache; name another file", file.string()));
  if (label.version != AnswerFile::version)
    throw Error(
        ErrorCode::invalid_data,
        fmt::format(
            "{}: an answer cache of version {}: this program reads version {}; name another file, or use the "
            "program that wrote it",
            file.string(), label.version, AnswerFile::version));
}

void make_tables(Sqlite& database) {
  database.execute("BEGIN IMMEDIATE");
  if (label_of(database).is_fresh()) {  // nobody was faster
    database.execute(
        "CREATE TABLE answers (hash BLOB NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,"
        " prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL) STRICT;"
        "CREATE INDEX answers_by_hash ON answers (hash);");
    database.execute(
        fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", application, AnswerFile::version)
            .c_str());
  }
  database.execute("COMMIT");
}

Sqlite try_to_write(const std::filesystem::path& file) {
  Sqlite database(file, Sqlite::Access::write);
  const auto label = label_at_once(database);
  if (!label.is_fresh()) check(file, label);
  // A write-ahead log lets others read meanwhile, and makes a commit one write that outlives the process.
  database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
  if (label.is_fresh()) make_tables(database);
  return database;
}

/// Of several who make a file at once, SQLite refuses some at once instead of letting them wait, lest they wait for each other.
Sqlite open_to_write(const std::filesystem::path& file) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (true) {
    try {
      return try_to_write(file);
    } catch (const SqliteError& error) {
      if (error.kind() != SqliteError::Kind::others_at_work || std::chrono::steady_clock::now() >= until)
        throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
}

Sqlite open_to_read(const std::filesystem::path& file) {
  for (const auto access : {Sqlite::Access::read, Sqlite::Access::read_still}) {
    try {
      Sqlite database(file, access);
      check(file, label_at_once(database));
      return database;
    } catch (const SqliteError& error) {
      const bool may_be_still =
          access == Sqlite::Access::read && error.kind() == SqliteError::Kind::cannot_open;
      if (!may_be_still) throw;
    }
  }
  throw Error(ErrorCode::io, fmt::format("{}: cannot be read", file.string()));
}

}  // namespace

AnswerFile::AnswerFile(const std::filesystem::path& file, CacheAccess access)
    : database_(access == CacheAccess::write ? open_to_write(file) : open_to_read(file)),
      find_(database_.prepare(
          "SELECT answer, prompt_tokens, completion_tokens FROM answers WHERE hash = ?1 AND question = ?2")),
      add_(database_.prepare("INSERT INTO answers SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS"
                             " (SELECT 1 FROM answers WHERE hash = ?1 AND question = ?2)")) {}

std::optional<ChatAnswer> AnswerFile::find(const QuestionKey& question) {
  find_.bind(1, question.hash);
  find_.bind(2, question.text);
  std::optional<ChatAnswer> answer;
  if (find_.step())
    answer = ChatAnswer{.text = std::string(find_.text(0)),
                        .prompt_tokens = static_cast<std::uint32_t>(find_.number(1)),
                        .completion_tokens = static_cast<std::uint32_t>(find_.number(2))};
  find_.reset();
  return answer;
}

bool AnswerFile::add(const QuestionKey& question, const ChatAnswer& answer) {
  add_.bind(1, question.hash);
  add_.bind(2, question.text);
  add_.bind(3, answer.text);
  add_.bind(4, answer.prompt_tokens);
  add_.bind(5, answer.completion_tokens);
  add_.step();
  add_.reset();
  return database_.changes() > 0;
}

std::uint64_t AnswerFile::count() {
  return static_cast<std::uint64_t>(database_.number("SELECT count(*) FROM answers"));
}

}  // namespace perennial
