#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/names.h"
#include "io/duckdb.h"
#include "io/json_file.h"
#include "io/table_file.h"
#include "world/import_builder.h"

namespace perennial {
namespace {

/// One JSON Lines file as DuckDB sees it: plain lines, so that a broken one cannot take its neighbours along.
struct LinesFile {
  std::filesystem::path path;
  const char* table;                      ///< columns n (line) and `columns`; bad lines never get into it
  std::vector<std::string> needed_texts;  ///< keys every line must have
};

/// A column of a lines table.
struct JsonColumn {
  std::string name;
  std::string json_path;
  const char* rule;  ///< on the value's JSON text {0}, which is NULL where there is none
};

constexpr auto must_be_text = "coalesce({0}[1] = '\"' AND {0} <> '\"\"', false)";
constexpr auto may_be_text = "coalesce({0}[1] = '\"' OR {0} = 'null', true)";
constexpr auto may_be_list = "coalesce({0}[1] = '[' OR {0} = 'null', true)";
constexpr auto may_be_anything = "true";

class AmazonImport {
 public:
  AmazonImport(const std::filesystem::path& meta, const std::filesystem::path& reviews,
               const AmazonOptions& amazon, const ImportOptions& options)
      : meta_{meta, "meta", {"parent_asin"}},
        reviews_{reviews, "review", {"user_id", "parent_asin"}},
        amazon_(amazon),
        options_(options),
        builder_(options) {}

  Imported run() {
    require_options();
    load(meta_, {{"item", "$.parent_asin", must_be_text},
                 {"store", "$.store", may_be_text},
                 {"genre", fmt::format("$.categories[{}]", amazon_.category_level - 1), may_be_anything},
                 {"categories", "$.categories", may_be_list}});
    load(reviews_, {{"user_id", "$.user_id", must_be_text}, {"item", "$.parent_asin", must_be_text}});
    set_duplicates_aside();
    note_what_is_left_out();
    add_creators();
    add_users();
    add_clicks();
    return builder_.finish(reviews_.path.string(), meta_.path.string());
  }

 private:
  void require_options() const {
    const auto require = [](const char* name, std::int64_t value) {
      if (value < 1) {
        throw Error(ErrorCode::invalid_argument, fmt::format("{} = {}: must be at least 1", name, value));
      }
    };
    require("category_level", amazon_.category_level);
    require("least_reviews", amazon_.least_reviews);
    if (options_.activity_from_frequency) {
      throw Error(ErrorCode::invalid_argument,
                  "Amazon Reviews hold no creation frequency: leave out --activity-from-frequency");
    }
  }

  /// Reads a file into a table of its good lines; its bad ones stop the import or are noted. Each line is parsed once
  /// to see that it is JSON and once for all its values.
  void load(const LinesFile& file, const std::vector<JsonColumn>& columns) {
    require_readable(file.path);
    std::string paths, good = "found IS NOT NULL", values;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto value = fmt::format("found[{}]", i + 1);
      paths += fmt::format("{}'{}'", i ? ", " : "", columns[i].json_path);
      good += " AND " + fmt::format(fmt::runtime(columns[i].rule), fmt::format("({}::VARCHAR)", value));
      values += fmt::format(", CASE WHEN good THEN nullif(json_extract_string({}, '$'), '') END AS {}", value,
                            columns[i].name);
    }
    try {
      db_.execute(fmt::format(
          "CREATE TABLE {} AS SELECT n, CASE WHEN NOT good THEN line END AS bad_line{} FROM "
          "(SELECT n, line, found, {} AS good FROM (SELECT n, line, CASE WHEN json_valid(line) AND "
          "starts_with(ltrim(line), '{{') THEN json_extract(line, [{}]) END AS found FROM "
          "(SELECT row_number() OVER () AS n, line FROM read_csv({}, auto_detect = false, header = false, "
          "delim = '\x1F', quote = '', escape = '', columns = {{'line': 'VARCHAR'}}, max_line_size = "
          "8000000)) "
          "WHERE trim(line) <> ''))",
          file.table, values, good, paths, sql_string(file.path.string())));
    } catch (const Error& error) {
      throw error.at(file.path.string());
    }
    set_bad_lines_aside(file);
    count_rows(file);
  }

  void set_bad_lines_aside(const LinesFile& file) {
    const auto bad =
        fmt::format("SELECT n, bad_line FROM {} WHERE bad_line IS NOT NULL ORDER BY n", file.table);
    db_.stream(bad, [&](const Table& t) {
      for (std::size_t i = 0; i < t.rows(); ++i) {
        builder_.bad_row(explain(file, t.integers("n")[i], t.texts("bad_line")[i]));
      }
    });
    db_.execute(fmt::format("DELETE FROM {} WHERE bad_line IS NOT NULL", file.table));
  }

  void count_rows(const LinesFile& file) {
    const auto rows = db_.query(fmt::format("SELECT count(*) AS n FROM {}", file.table)).integers("n")[0];
    builder_.count_good_rows(static_cast<std::size_t>(rows));
  }

  /// What is wrong with a bad line.
  static std::string explain(const LinesFile& file, std::int64_t line, const std::string& text) {
    const auto place = fmt::format("{}:{}", file.path.string(), line);
    nlohmann::json value;
    try {
      // Empty lines in front make the parser count to the right one.
      value = parse_json(std::string(static_cast<std::size_t>(line - 1), '\n') + text, file.path.string());
    } catch (const Error& error) {
      return error.what();
    }
    if (!value.is_object()) return place + ": must be an object: {..}";
    std::vector<std::string> keys;
    for (const auto& [key, ignored] : value.items()) keys.push_back(key);
    for (const auto& key : file.needed_texts) {
      if (value.contains(key) && value[key].is_string() && !value[key].get_ref<const std::string&>().empty())
        continue;
      if (value.contains(key))
        return fmt::format("{}: \"{}\" = {}: must be text, not empty", place, key, value[key].dump());
      const auto nearest = nearest_name(key, keys);
      return fmt::format("{}: has no \"{}\"{}", place, key,
                         nearest.empty() ? "" : fmt::format("; it has \"{}\"", nearest));
    }
    return fmt::format("{}: \"store\" must be text and \"categories\" a list", place);
  }

  /// Only the first line of an item counts.
  void set_duplicates_aside() {
    const std::string repeated =
        "SELECT n, item FROM (SELECT n, item, row_number() OVER (PARTITION BY item ORDER BY n) AS time FROM "
        "meta) "
        "WHERE time > 1 ORDER BY n";
    db_.stream(repeated, [&](const Table& t) {
      for (std::size_t i = 0; i < t.rows(); ++i) {
        builder_.bad_row(fmt::format("{}:{}: \"parent_asin\" = '{}': is there already", meta_.path.string(),
                                     t.integers("n")[i], t.texts("item")[i]));
      }
    });
    db_.execute(fmt::format("DELETE FROM meta WHERE n IN (SELECT n FROM ({}))", repeated));
  }

  void note_what_is_left_out() {
    const auto count = [&](const char* sql) { return db_.query(sql).integers("n")[0]; };
    const auto note = [&](std::int64_t n, const std::string& what) {
      if (n > 0) builder_.note(fmt::format("{} {}", n, what));
    };
    note(count("SELECT count(*) AS n FROM meta WHERE store IS NULL"),
         "items have no store: nobody made them");
    note(count("SELECT count(*) AS n FROM meta WHERE genre IS NULL"),
         fmt::format("items have no category of level {}: no genre", amazon_.category_level));
    note(count("SELECT count(*) AS n FROM review WHERE item NOT IN (SELECT item FROM meta)"),
         "reviews are of items that the meta file does not hold");
  }

  void add_creators() {
    std::string name;
    std::vector<ImportBuilder::NamedCount> history;
    const auto add = [&] {
      if (!history.empty()) builder_.add_creator(name, history, usual_activity);
      history.clear();
    };
    const std::string made =
        "SELECT store, genre, count(*)::BIGINT AS n FROM meta WHERE store IS NOT NULL AND genre IS NOT NULL "
        "GROUP BY ALL ORDER BY store, genre";
    db_.stream(made, [&](const Table& t) {
      for (std::size_t i = 0; i < t.rows(); ++i) {
        if (t.texts("store")[i] != name) add();
        name = t.texts("store")[i];
        history.push_back(
            {t.texts("genre")[i], ImportBuilder::items(static_cast<double>(t.integers("n")[i]))});
      }
    });
    add();
  }

  void add_users() {
    db_.execute(fmt::format(
        "CREATE TABLE interest AS SELECT user_id, genre FROM review JOIN meta USING (item) WHERE genre IS "
        "NOT NULL {} "
        "GROUP BY ALL HAVING count(*) >= {}",
        options_.add_interest_genres ? "" : "AND genre IN (SELECT genre FROM meta WHERE store IS NOT NULL)",
        amazon_.least_reviews));
    std::string name;
    std::vector<std::string> interests;
    const auto add = [&] {
      if (!interests.empty()) builder_.add_user(name, interests, usual_activity);
      interests.clear();
    };
    db_.stream("SELECT user_id, genre FROM interest ORDER BY user_id, genre", [&](const Table& t) {
      for (std::size_t i = 0; i < t.rows(); ++i) {
        if (t.texts("user_id")[i] != name) add();
        name = t.texts("user_id")[i];
        interests.push_back(t.texts("genre")[i]);
      }
    });
    add();
    const auto all = db_.query("SELECT count(DISTINCT user_id) AS n FROM review").integers("n")[0];
    if (const auto left_out = all - static_cast<std::int64_t>(builder_.users()); left_out > 0) {
      builder_.note(fmt::format("{} users are left out: no genre with {} reviews or more", left_out,
                                amazon_.least_reviews));
    }
  }

  void add_clicks() {
    const std::string clicks =
        "SELECT user_id, store, genre FROM review JOIN meta USING (item) WHERE store IS NOT NULL AND genre "
        "IS NOT NULL "
        "AND user_id IN (SELECT user_id FROM interest) ORDER BY user_id, review.n";
    db_.stream(clicks, [&](const Table& t) {
      for (std::size_t i = 0; i < t.rows(); ++i) {
        builder_.add_click(builder_.user(t.texts("user_id")[i]), builder_.creator(t.texts("store")[i]),
                           builder_.genre(t.texts("genre")[i]));
      }
    });
  }

  LinesFile meta_, reviews_;
  const AmazonOptions& amazon_;
  const ImportOptions& options_;
  ImportBuilder builder_;
  Duckdb db_;
};

}  // namespace

Imported import_amazon(const std::filesystem::path& meta, const std::filesystem::path& reviews,
                       const AmazonOptions& amazon, const ImportOptions& options) {
  return AmazonImport(meta, reviews, amazon, options).run();
}

}  // namespace perennial
