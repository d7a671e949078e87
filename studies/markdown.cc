#include "studies/markdown.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/check.h"

namespace perennial::studies {
namespace {

constexpr std::size_t line_width = 110;

/// Characters of UTF-8 text: all bytes that start one.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string cell_text(const std::string& text, std::size_t width, bool left) {
  const std::string blanks(width - width_of(text), ' ');
  return left ? text + blanks : blanks + text;
}

}  // namespace

void MarkdownTable::add(std::vector<std::string> row) {
  check(row.size() == rows_.front().size(), "a row has the header's columns");
  rows_.push_back(std::move(row));
}

std::string MarkdownTable::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 4);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text, rule = "|";
  for (std::size_t i = 0; i < widths.size(); ++i)
    rule +=
        i == 0 ? fmt::format(":{:-<{}}|", "", widths[i] + 1) : fmt::format("{:-<{}}:|", "", widths[i] + 1);
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    text += "|";
    for (std::size_t i = 0; i < widths.size(); ++i)
      text += fmt::format(" {} |", cell_text(rows_[r][i], widths[i], i == 0));
    text += "\n";
    if (r == 0) text += rule + "\n";
  }
  return text + "\n";
}

std::string code(const std::string& text) {
  return fmt::format("`{}`", text);
}

std::string paragraph(const std::vector<std::string>& sentences) {
  std::string text;
  std::size_t column = 0;
  for (const auto& sentence : sentences) {
    std::istringstream words(sentence);
    for (std::string word; words >> word;) {
      const auto width = width_of(word);
      if (column > 0 && column + 1 + width > line_width) {
        text += "\n";
        column = 0;
      } else if (column > 0) {
        text += " ";
        ++column;
      }
      text += word;
      column += width;
    }
  }
  return text + "\n\n";
}

}  // namespace perennial::studies
