#include "llm/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace perennial {
namespace {

constexpr int wait_for_others_ms = 60'000;

SqliteError::Kind kind_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_FULL:
      return SqliteError::Kind::disk_full;
    case SQLITE_IOERR:
      return SqliteError::Kind::failing_disk;
    case SQLITE_NOTADB:
      return SqliteError::Kind::no_database;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return SqliteError::Kind::others_at_work;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return SqliteError::Kind::cannot_open;
    default:
      return SqliteError::Kind::damaged;
  }
}

[[noreturn]] void refuse(sqlite3* connection, int code) {
  throw SqliteError(kind_of(code), sqlite3_errmsg(connection));
}

/// As a URI, so that "immutable" can be said.
std::string uri_of(const std::filesystem::path& file, bool immutable) {
  std::string uri = "file://";
  for (const char c : std::filesystem::absolute(file).string()) {
    if (c == '%' || c == '?' || c == '#') {
      uri += fmt::format("%{:02x}", static_cast<unsigned char>(c));
    } else {
      uri += c;
    }
  }
  return immutable ? uri + "?immutable=1" : uri;
}

}  // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

SqliteStatement::SqliteStatement(sqlite3* connection, const char* sql) : connection_(connection) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  statement_.reset(statement);
  if (code != SQLITE_OK) refuse(connection, code);
}

void SqliteStatement::bind(int parameter, std::int64_t value) {
  if (const int code = sqlite3_bind_int64(statement_.get(), parameter, value)) refuse(connection_, code);
}

void SqliteStatement::bind(int parameter, std::string_view text) {
  const char* start = text.data() ? text.data() : "";  // null would bind NULL
  if (const int code =
          sqlite3_bind_text64(statement_.get(), parameter, start, text.size(), SQLITE_STATIC, SQLITE_UTF8))
    refuse(connection_, code);
}

void SqliteStatement::bind(int parameter, std::span<const std::byte> bytes) {
  if (const int code =
          sqlite3_bind_blob64(statement_.get(), parameter, bytes.data(), bytes.size(), SQLITE_STATIC))
    refuse(connection_, code);
}

bool SqliteStatement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3_reset(statement_.get());
  refuse(connection_, code);
}

void SqliteStatement::reset() noexcept {
  sqlite3_reset(statement_.get());
}

std::string_view SqliteStatement::text(int column) const {
  const auto* start = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  return {start ? start : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::int64_t SqliteStatement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

void Sqlite::Close::operator()(sqlite3* connection) const noexcept {
  sqlite3_close_v2(connection);
}

Sqlite::Sqlite(const std::filesystem::path& file, Access access) {
  const int flags =
      access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  sqlite3* connection = nullptr;
  const int code = sqlite3_open_v2(uri_of(file, access == Access::read_still).c_str(), &connection,
                                   flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);
  if (code != SQLITE_OK) refuse(connection, code);
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_timeout(connection, wait_for_others_ms);
}

void Sqlite::execute(const char* sql) {
  if (const int code = sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr))
    refuse(connection_.get(), code);
}

std::int64_t Sqlite::number(const char* sql) {
  auto statement = prepare(sql);
  return statement.step() ? statement.number(0) : 0;
}

std::int64_t Sqlite::changes() const {
  return sqlite3_changes64(connection_.get());
}

}  // namespace perennial
