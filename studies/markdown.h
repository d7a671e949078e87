#pragma once

#include <string>
#include <vector>

namespace perennial::studies {

/// A Markdown table, its columns padded so that the source reads well too. The first column is set to the left, the
/// others to the right.
class MarkdownTable {
 public:
  explicit MarkdownTable(std::vector<std::string> header) : rows_{std::move(header)} {}

  /// As many cells as the header has.
  void add(std::vector<std::string> row);

  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// "`lore-d`".
std::string code(const std::string& text);

/// Sentences joined to one paragraph, lines broken at 110 columns, an empty line after it.
std::string paragraph(const std::vector<std::string>& sentences);

}  // namespace perennial::studies
