#include "io/table_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>

#include "base/error.h"
#include "base/names.h"
#include "io/duckdb.h"
#include "io/table_file.h"
#include "io/text_file.h"

namespace perennial {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Follows a CSV text: which character ends a record, which ends a line.
struct CsvScanner {
  bool quoted = false;

  /// True when this newline ends a record. A quote inside a quoted value is written twice, which toggles twice.
  bool ends_record(char c) {
    if (c == '"') quoted = !quoted;
    return c == '\n' && !quoted;
  }
};

/// Names in a header line.
std::vector<std::string> header_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  CsvScanner scanner;
  std::vector<std::string> names(1);
  bool empty = true;
  for (char c = 0; file.get(c) && !scanner.ends_record(c);) {
    empty = false;
    if (c == ',' && !scanner.quoted) {
      names.emplace_back();
    } else if (c != '"' && c != '\r') {
      names.back() += c;
    }
  }
  if (names[0].starts_with(byte_order_mark)) names[0].erase(0, byte_order_mark.size());
  if (empty || (names.size() == 1 && names[0].empty())) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("{}:1: must begin with a line of column names", path.string()));
  }
  for (const auto& name : names) {
    if (std::count(names.begin(), names.end(), name) > 1) {
      throw Error(ErrorCode::invalid_data,
                  fmt::format("{}:1: column '{}' is there twice", path.string(), name));
    }
  }
  return names;
}

/// The line (from 1) of the row-th record after the header that is neither blank nor among `broken` lines.
std::size_t line_of(const std::string& text, std::size_t row, const std::vector<std::size_t>& broken) {
  CsvScanner scanner;
  std::size_t line = 1, begin_line = 1, begin = 0, rows = 0;
  bool header = true;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool end = i == text.size();
    if (!end && text[i] == '\n') ++line;
    const bool is_broken = std::binary_search(broken.begin(), broken.end(), begin_line);
    // DuckDB takes up again after a broken record at the next line, whatever its quotes were.
    const bool ends = end || scanner.ends_record(text[i]) || (is_broken && text[i] == '\n');
    if (!ends) continue;
    const auto content = std::string_view(text).substr(begin, i - begin);
    const bool blank = content.empty() || content == "\r";
    if (!header && !blank && !is_broken && rows++ == row) return begin_line;
    header = false;
    scanner.quoted = false;
    begin = i + 1;
    begin_line = line;
  }
  return begin_line;
}

}  // namespace

TableRows::TableRows(Duckdb& db, std::filesystem::path path, const std::vector<std::string>& required,
                     const std::vector<std::string>& optional)
    : db_(db), path_(std::move(path)), table_(fmt::format("rows_{}", fmt::ptr(this))) {
  require_readable(path_);
  const bool parquet = path_.extension() == ".parquet";
  if (!parquet) all_columns_ = header_of(path_);
  try {
    parquet ? read_parquet() : read_csv();
  } catch (const Error& error) {
    throw error.at(path_.string());
  }
  keep(required, optional);
  size_ = static_cast<std::size_t>(
      db_.query(fmt::format("SELECT count(*) AS n FROM \"{}\"", table_)).integers("n")[0]);
}

TableRows::~TableRows() {
  try {
    db_.execute(fmt::format("DROP TABLE IF EXISTS \"{}\"", table_));
  } catch (const Error&) {
    // The database goes soon, and the table with it.
  }
}

void TableRows::read_csv() {
  std::string columns;
  for (const auto& name : all_columns_) {
    columns += fmt::format("{}{}: 'VARCHAR'", columns.empty() ? "" : ", ", sql_string(name));
  }
  db_.execute(fmt::format(
      "CREATE OR REPLACE TABLE \"{}\" AS SELECT * FROM read_csv({}, auto_detect = false, header = true, "
      "delim = ',', quote = '\"', escape = '\"', columns = {{{}}}, store_rejects = true, "
      "rejects_table = 'broken_rows', rejects_scan = 'broken_scans')",
      table_, sql_string(path_.string()), columns));
  const auto rejects = db_.query(
      "SELECT line::BIGINT AS line, any_value(column_name) AS name, any_value(error_message) AS message "
      "FROM broken_rows GROUP BY line ORDER BY line");
  db_.execute("DROP TABLE broken_rows");
  db_.execute("DROP TABLE broken_scans");
  for (std::size_t i = 0; i < rejects.rows(); ++i) {
    const auto line = rejects.integers("line")[i];
    auto message = rejects.texts("message")[i];
    message = message.substr(0, message.find('\n'));
    const auto& name = rejects.texts("name")[i];
    broken_lines_.push_back(static_cast<std::size_t>(line));
    broken_.push_back(fmt::format("{}:{}: {}{}", path_.string(), line,
                                  name.empty() ? "" : fmt::format("column '{}': ", name), message));
  }
}

void TableRows::read_parquet() {
  const auto described =
      db_.query(fmt::format("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet({}))",
                            sql_string(path_.string())));
  all_columns_ = described.texts("column_name");
  std::string columns;
  for (std::size_t c = 0; c < all_columns_.size(); ++c) {
    const auto name = sql_name(all_columns_[c]);
    const bool list = described.texts("column_type")[c].ends_with("[]");
    columns += fmt::format(fmt::runtime(list ? "{}array_to_string({}, '|') AS {}" : "{}{}::VARCHAR AS {}"),
                           columns.empty() ? "" : ", ", name, name);
  }
  db_.execute(fmt::format("CREATE OR REPLACE TABLE \"{}\" AS SELECT {} FROM read_parquet({})", table_,
                          columns, sql_string(path_.string())));
}

void TableRows::keep(const std::vector<std::string>& required, const std::vector<std::string>& optional) {
  const auto is_there = [&](const std::string& name) {
    return std::find(all_columns_.begin(), all_columns_.end(), name) != all_columns_.end();
  };
  for (const auto& name : required) {
    if (!is_there(name)) {
      throw Error(ErrorCode::invalid_data,
                  fmt::format("{}: no column '{}'{}", path_.string(), name, name_hint(name, all_columns_)));
    }
    columns_.push_back(name);
  }
  std::copy_if(optional.begin(), optional.end(), std::back_inserter(columns_), is_there);
}

std::size_t TableRows::index(std::string_view column) const {
  return static_cast<std::size_t>(std::find(columns_.begin(), columns_.end(), column) - columns_.begin());
}

bool TableRows::has(std::string_view column) const {
  return index(column) < columns_.size();
}

void TableRows::for_each(const std::function<void(const TableRow&)>& take) const {
  if (columns_.empty()) return;
  std::string columns;
  for (const auto& name : columns_) columns += (columns.empty() ? "" : ", ") + sql_name(name);
  std::size_t row = 0;
  db_.stream(fmt::format("SELECT {} FROM \"{}\"", columns, table_), [&](const Table& piece) {
    for (std::size_t i = 0; i < piece.rows(); ++i) {
      std::vector<std::string_view> values;
      for (const auto& column : piece.columns)
        values.push_back(std::get<std::vector<std::string>>(column.values)[i]);
      take(TableRow(*this, row++, std::move(values)));
    }
  });
}

std::string TableRows::place(std::size_t row) const {
  if (path_.extension() == ".parquet") return fmt::format("{}: row {}", path_.string(), row + 1);
  return fmt::format("{}:{}", path_.string(), line_of(read_text_file(path_), row, broken_lines_));
}

void TableRow::refuse(std::string_view column, const std::string& rule) const {
  throw Error(ErrorCode::invalid_data,
              fmt::format("{}: column '{}' = '{}': {}", table_.place(row_), column, text(column), rule));
}

std::string_view TableRow::text(std::string_view column) const {
  const auto index = table_.index(column);
  return index < values_.size() ? values_[index] : std::string_view();
}

std::string_view TableRow::some_text(std::string_view column) const {
  const auto value = text(column);
  if (value.empty()) refuse(column, "must not be empty");
  return value;
}

double TableRow::real(std::string_view column, double least, double most) const {
  const auto value = text(column);
  double number = 0;
  const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (status != std::errc() || end != value.data() + value.size() || !std::isfinite(number)) {
    refuse(column, "must be a finite number");
  }
  if (number < least) refuse(column, fmt::format("must be at least {}", least));
  if (number > most) refuse(column, fmt::format("must be at most {}", most));
  return number;
}

std::int64_t TableRow::whole(std::string_view column, std::int64_t least, std::int64_t most) const {
  const double number = real(column, static_cast<double>(least), static_cast<double>(most));
  if (number != std::floor(number)) refuse(column, "must be a whole number");
  return static_cast<std::int64_t>(number);
}

}  // namespace perennial
