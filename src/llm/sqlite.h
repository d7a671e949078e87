#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace perennial {

/// What SQLite refused, with its own words.
class SqliteError : public std::runtime_error {
 public:
  /// How its callers tell refusals apart.
  enum class Kind : std::uint8_t {
    disk_full,
    failing_disk,   ///< reading or writing failed; a quota on space may be why
    no_database,    ///< the file is something else
    damaged,        ///< it was a database
    cannot_open,    ///< no such file, no right to it
    others_at_work  ///< somebody else held it for too long
  };
  SqliteError(Kind kind, const std::string& sentence) : std::runtime_error(sentence), kind_(kind) {}
  Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// A prepared statement of a connection, which must outlive it. What it is bound to must live until it is reset.
class SqliteStatement {
 public:
  SqliteStatement(sqlite3* connection, const char* sql);

  /// Parameters count from 1.
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view text);
  void bind(int parameter, std::span<const std::byte> bytes);

  /// True while there is a row to be read.
  bool step();
  /// Ready to be bound and stepped again.
  void reset() noexcept;

  /// Columns of the row count from 0. Text and blobs alike; valid until the next step or reset.
  std::string_view text(int column) const;
  std::int64_t number(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  sqlite3* connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// A connection to a SQLite database in a file. Not for use from two threads at once; several processes may have the file open,
/// and each waits up to a minute for another's write. Everything throws SqliteError.
class Sqlite {
 public:
  /// What the file is opened for.
  enum class Access : std::uint8_t {
    write,      ///< made where it is not there
    read,       ///< while others may write
    read_still  ///< nobody writes, not even locks: for folders that cannot be written to
  };
  Sqlite(const std::filesystem::path& file, Access access);

  void execute(const char* sql);
  /// The one number that a query gives.
  std::int64_t number(const char* sql);
  /// Rows that the last statement changed.
  std::int64_t changes() const;
  SqliteStatement prepare(const char* sql) { return {connection_.get(), sql}; }

 private:
  struct Close {
    void operator()(sqlite3* connection) const noexcept;
  };
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace perennial
