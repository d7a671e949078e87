#include "respond/table/after_treatment.h"

#include <algorithm>
#include <cctype>

namespace perennial {
namespace {

struct Word {
  std::string text;  // lower case, without quotes
  bool quoted = false;
  bool qualifies = false;  // a dot follows: names a table
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 128;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// After a comment or a quoted piece that begins at `at`; `at` itself where there is none.
std::size_t skip(std::string_view sql, std::size_t at) {
  const auto past = [&](std::string_view end, std::size_t from) {
    const auto found = sql.find(end, from);
    return found == std::string_view::npos ? sql.size() : found + end.size();
  };
  if (sql.substr(at, 2) == "--") return past("\n", at);
  if (sql.substr(at, 2) == "/*") return past("*/", at + 2);
  if (sql[at] == '\'') return past("'", at + 1);
  return at;
}

std::vector<Word> words_of(std::string_view sql) {
  std::vector<Word> words;
  std::size_t at = 0;
  while (at < sql.size()) {
    if (const auto after = skip(sql, at); after != at) {
      at = after;
      continue;
    }
    std::size_t end = at;
    if (sql[at] == '"') {
      end = std::min(sql.find('"', at + 1), sql.size());
      words.push_back({lower(sql.substr(at + 1, end - at - 1)), true, false});
      end = std::min(end + 1, sql.size());
    } else if (is_word(sql[at])) {
      while (end < sql.size() && is_word(sql[end])) ++end;
      words.push_back({lower(sql.substr(at, end - at)), false, false});
    } else {
      ++at;
      continue;
    }
    if (end < sql.size() && sql[end] == '.') words.back().qualifies = true;
    at = end;
  }
  return words;
}

std::vector<std::string> named_in(std::span<const Word> words, std::span<const std::string> columns) {
  std::vector<std::string> named;
  for (const auto& column : columns) {
    const auto is_column = [&](const Word& word) { return !word.qualifies && word.text == lower(column); };
    if (std::ranges::any_of(words, is_column)) named.push_back(column);
  }
  return named;
}

}  // namespace

std::vector<std::string> columns_named(std::string_view condition, std::span<const std::string> columns) {
  return named_in(words_of(condition), columns);
}

std::vector<std::string> columns_filtered_on(std::string_view query, std::span<const std::string> columns) {
  std::vector<Word> conditions;
  bool inside = false;
  for (auto& word : words_of(query)) {
    const auto is = [&](std::string_view keyword) { return !word.quoted && word.text == keyword; };
    if (is("where") || is("having") || is("qualify")) {
      inside = true;
    } else if (is("select") || is("from") || is("group") || is("order") || is("limit") || is("union")) {
      inside = false;
    } else if (inside) {
      conditions.push_back(std::move(word));
    }
  }
  return named_in(conditions, columns);
}

}  // namespace perennial
