#include "io/postgres_source.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <pqxx/pqxx>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "io/postgres_address.h"
#include "io/typed_query.h"

namespace perennial {
namespace {

constexpr int rows_per_fetch = 8192;

/// PostgreSQL's own numbers of its types, fixed since ever (pg_type.dat).
ColumnKind kind_of(pqxx::oid type) {
  switch (type) {
    case 16:
      return ColumnKind::boolean;
    case 20:
    case 21:
    case 23:
      return ColumnKind::integer;
    case 700:
    case 701:
    case 1700:
      return ColumnKind::real;
    default:
      return ColumnKind::text;
  }
}

template <class Value>
Value number(std::string_view text) {
  Value value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  check(error == std::errc() && end == text.data() + text.size(), "PostgreSQL writes numbers as numbers");
  return value;
}

std::string_view text_of(const pqxx::field& field) {
  return {field.c_str(), field.size()};
}

std::int64_t whole(const pqxx::field& field, const ColumnName& column) {
  if (field.is_null()) {
    throw Error(ErrorCode::invalid_data, fmt::format("column '{}' has no value in some row", column.name));
  }
  if (column.kind == ColumnKind::boolean) return text_of(field) == "t" ? 1 : 0;
  return number<std::int64_t>(text_of(field));
}

double real(const pqxx::field& field) {
  return field.is_null() ? std::numeric_limits<double>::quiet_NaN() : number<double>(text_of(field));
}

ColumnValues values_of(const pqxx::result& result, int c, const ColumnName& column) {
  if (column.kind == ColumnKind::real) {
    std::vector<double> values;
    for (const auto& row : result) values.push_back(real(row[c]));
    return values;
  }
  if (column.kind == ColumnKind::text) {
    std::vector<std::string> values;
    for (const auto& row : result) values.emplace_back(text_of(row[c]));
    return values;
  }
  std::vector<std::int64_t> values;
  for (const auto& row : result) values.push_back(whole(row[c], column));
  return values;
}

Table table_of(const pqxx::result& result, const std::vector<ColumnName>& columns) {
  Table table;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    table.add(columns[c].name, values_of(result, static_cast<int>(c), columns[c]));
  }
  return table;
}

class PostgresSource : public TableSource {
 public:
  explicit PostgresSource(const std::string& address)
      : address_(address), name_(shown_postgres_address(address)) {
    try {
      connection_ = std::make_unique<pqxx::connection>(address);
      quiet_ = std::make_unique<pqxx::quiet_errorhandler>(*connection_);
      // Row order and numbers as DuckDB gives them; a cursor's result is read whole.
      for (const char* setting : {"TimeZone = 'UTC'", "DateStyle = 'ISO'", "extra_float_digits = 1",
                                  "synchronize_seqscans = off", "cursor_tuple_fraction = 1"}) {
        pqxx::nontransaction(*connection_).exec(std::string("SET ") + setting);
      }
    } catch (const std::exception& error) {
      auto reason = shown_postgres_reason(address, error.what());
      if (reason.empty()) reason = "the reason is not shown, as it repeats a part of the password";
      throw Error(ErrorCode::io, fmt::format("{}: cannot be opened: {}", name_, reason));
    }
  }

  const std::string& name() const override { return name_; }

  std::vector<std::string> tables() override {
    std::vector<std::string> names;
    ask([&](pqxx::read_transaction& transaction) {
      const auto result = transaction.exec(
          "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY "
          "table_name COLLATE \"C\"");
      for (const auto& row : result) names.emplace_back(row[0].c_str());
    });
    return names;
  }

  std::vector<ColumnName> columns_of(const std::string& query) override {
    std::vector<ColumnName> columns;
    ask([&](pqxx::read_transaction& transaction) { columns = columns_in(transaction, query); });
    return columns;
  }

  void stream(const std::string& query, const std::function<void(const Table&)>& take) override {
    ask([&](pqxx::read_transaction& transaction) {
      const auto columns = columns_in(transaction, query);
      transaction.exec("DECLARE asked_rows NO SCROLL CURSOR FOR " + typed_query(query, columns));
      for (;;) {
        const auto rows = transaction.exec(fmt::format("FETCH FORWARD {} FROM asked_rows", rows_per_fetch));
        if (rows.empty()) return;
        Table table;
        try {
          table = table_of(rows, columns);
        } catch (const Error& error) {
          throw error.at(name_);
        }
        take(table);
      }
    });
  }

 private:
  static std::vector<ColumnName> columns_in(pqxx::read_transaction& transaction, const std::string& query) {
    const auto none = transaction.exec("SELECT * FROM " + as_subquery(query) + " LIMIT 0");
    std::vector<ColumnName> columns;
    for (pqxx::row_size_type c = 0; c < none.columns(); ++c) {
      columns.push_back({none.column_name(c), kind_of(none.column_type(c))});
    }
    require_different_names(columns);
    return columns;
  }

  /// One transaction; what libpqxx throws becomes an Error. Errors of the work itself pass as they are.
  template <class Work>
  void ask(const Work& work) {
    try {
      pqxx::read_transaction transaction(*connection_);
      work(transaction);
    } catch (const pqxx::sql_error& error) {
      const bool lost = error.sqlstate().starts_with("57P") || error.sqlstate().starts_with("08");
      if (lost || !connection_->is_open()) refuse_lost();
      throw Error(ErrorCode::invalid_data,
                  fmt::format("{}: {}", name_, shown_postgres_reason(address_, error.what())));
    } catch (const pqxx::broken_connection&) {
      refuse_lost();
    } catch (const pqxx::failure& error) {
      if (!connection_->is_open()) refuse_lost();
      throw Error(ErrorCode::io, fmt::format("{}: {}", name_, shown_postgres_reason(address_, error.what())));
    }
  }

  [[noreturn]] void refuse_lost() const {
    throw Error(ErrorCode::io,
                fmt::format("{}: the connection was lost in mid-query; nothing was kept of what "
                            "had come: run the command again",
                            name_));
  }

  std::string address_, name_;
  std::unique_ptr<pqxx::connection> connection_;
  std::unique_ptr<pqxx::quiet_errorhandler> quiet_;  // before connection_ goes: libpqxx would print notices
};

}  // namespace

std::unique_ptr<TableSource> open_postgres_source(const std::string& address) {
  return std::make_unique<PostgresSource>(address);
}

}  // namespace perennial
