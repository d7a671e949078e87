#include "io/duckdb.h"

#include <duckdb.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "io/duckdb_columns.h"

namespace perennial {

struct Duckdb::Handles {
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;

  ~Handles() {
    duckdb_disconnect(&connection);
    duckdb_close(&database);
  }
};

namespace {

/// DuckDB's message up to its first line's end, without the kind of error in front.
[[noreturn]] void refuse(const char* message) {
  std::string_view text = message ? message : "DuckDB gave no reason";
  text = text.substr(0, text.find('\n'));
  const auto code = text.starts_with("IO Error: ") ? ErrorCode::io : ErrorCode::invalid_data;
  const auto colon = text.find(" Error: ");
  if (colon != std::string_view::npos && text.substr(0, colon).find(':') == std::string_view::npos) {
    text.remove_prefix(colon + 8);
  }
  throw Error(code, std::string(text));
}

struct Result {
  duckdb_result handle{};
  ~Result() { duckdb_destroy_result(&handle); }
};

struct Chunk {
  duckdb_data_chunk handle;
  explicit Chunk(duckdb_data_chunk h) : handle(h) {}
  ~Chunk() { duckdb_destroy_data_chunk(&handle); }
  Chunk(const Chunk&) = delete;
  Chunk& operator=(const Chunk&) = delete;
};

struct Statement {
  duckdb_prepared_statement handle = nullptr;
  Statement(duckdb_connection connection, const std::string& sql) {
    if (duckdb_prepare(connection, sql.c_str(), &handle) == DuckDBSuccess) return;
    const std::string why = duckdb_prepare_error(handle) ? duckdb_prepare_error(handle) : "";
    duckdb_destroy_prepare(&handle);
    refuse(why.c_str());
  }
  ~Statement() { duckdb_destroy_prepare(&handle); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
};

void for_chunks(duckdb_result& result, const std::function<void(duckdb_data_chunk)>& take) {
  for (;;) {
    const Chunk chunk(duckdb_fetch_chunk(result));
    if (!chunk.handle) break;
    take(chunk.handle);
  }
  if (const char* error = duckdb_result_error(&result); error && *error) refuse(error);
}

void append_rows(duckdb_appender appender, const Table& table) {
  std::vector<duckdb_logical_type> types;
  for (const auto& column : table.columns) {
    types.push_back(duckdb_create_logical_type(type_of(column)));
  }
  const Chunk chunk(duckdb_create_data_chunk(types.data(), types.size()));
  for (auto& type : types) duckdb_destroy_logical_type(&type);
  for (std::size_t begin = 0; begin < table.rows(); begin += duckdb_vector_size()) {
    const auto rows = std::min<std::size_t>(duckdb_vector_size(), table.rows() - begin);
    duckdb_data_chunk_reset(chunk.handle);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      copy_rows(table.columns[c], begin, rows, duckdb_data_chunk_get_vector(chunk.handle, c));
    }
    duckdb_data_chunk_set_size(chunk.handle, rows);
    if (duckdb_append_data_chunk(appender, chunk.handle) != DuckDBSuccess)
      refuse(duckdb_appender_error(appender));
  }
}

}  // namespace

Duckdb::Duckdb() : handles_(std::make_unique<Handles>()) {
  duckdb_config config = nullptr;
  check(duckdb_create_config(&config) == DuckDBSuccess, "DuckDB makes a configuration");
  const std::pair<const char*, const char*> settings[] = {{"autoinstall_known_extensions", "false"},
                                                          {"autoload_known_extensions", "false"},
                                                          {"allow_community_extensions", "false"}};
  for (const auto& [name, value] : settings) {
    check(duckdb_set_config(config, name, value) == DuckDBSuccess, "DuckDB knows its settings");
  }
  char* error = nullptr;
  const auto state = duckdb_open_ext(nullptr, &handles_->database, config, &error);
  duckdb_destroy_config(&config);
  if (state != DuckDBSuccess) {
    const std::string why = error ? error : "";
    duckdb_free(error);
    refuse(why.c_str());
  }
  check(duckdb_connect(handles_->database, &handles_->connection) == DuckDBSuccess,
        "DuckDB connects to its own memory");
}

Duckdb::~Duckdb() = default;

void Duckdb::execute(const std::string& sql) {
  Result result;
  if (duckdb_query(handles_->connection, sql.c_str(), &result.handle) != DuckDBSuccess) {
    refuse(duckdb_result_error(&result.handle));
  }
}

Table Duckdb::query(const std::string& sql) {
  Result result;
  if (duckdb_query(handles_->connection, sql.c_str(), &result.handle) != DuckDBSuccess) {
    refuse(duckdb_result_error(&result.handle));
  }
  ChunkReader reader(result.handle);
  for_chunks(result.handle, [&](duckdb_data_chunk chunk) { reader.take(chunk); });
  return std::move(reader.table());
}

void Duckdb::stream(const std::string& sql, const std::function<void(const Table&)>& take) {
  const Statement statement(handles_->connection, sql);
  Result result;
  if (duckdb_execute_prepared_streaming(statement.handle, &result.handle) != DuckDBSuccess) {
    refuse(duckdb_result_error(&result.handle));
  }
  ChunkReader reader(result.handle);
  for_chunks(result.handle, [&](duckdb_data_chunk chunk) {
    reader.clear();
    reader.take(chunk);
    take(reader.table());
  });
}

void Duckdb::load(const std::string& name, const Table& table) {
  std::string columns;
  for (const auto& column : table.columns) {
    columns +=
        fmt::format("{}{} {}", columns.empty() ? "" : ", ", sql_name(column.name), sql_type_of(column));
  }
  execute(fmt::format("CREATE TABLE {} ({})", sql_name(name), columns));
  duckdb_appender appender = nullptr;
  if (duckdb_appender_create(handles_->connection, nullptr, name.c_str(), &appender) != DuckDBSuccess) {
    const std::string why = duckdb_appender_error(appender) ? duckdb_appender_error(appender) : "";
    duckdb_appender_destroy(&appender);
    refuse(why.c_str());
  }
  const std::unique_ptr<duckdb_appender, decltype(&duckdb_appender_destroy)> guard(&appender,
                                                                                   &duckdb_appender_destroy);
  append_rows(appender, table);
  if (duckdb_appender_close(appender) != DuckDBSuccess) refuse(duckdb_appender_error(appender));
}

std::string sql_string(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

std::string sql_name(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

}  // namespace perennial
