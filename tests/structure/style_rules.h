#pragma once

#include <regex>
#include <string>
#include <vector>

#include "structure/source_tree.h"

namespace perennial::structure {

// Each rule gives one "path:line: what" per breach; none means the files are tidy.

/// Files of more than `most` lines.
std::vector<std::string> long_files(const std::vector<SourceFile>& files, std::size_t most);

/// Lines in which `pattern` is found, reported as `what`.
std::vector<std::string> lines_with(const std::vector<SourceFile>& files, const std::regex& pattern,
                                    const std::string& what);

/// Headers whose first line of code is not #pragma once.
std::vector<std::string> headers_without_pragma_once(const std::vector<SourceFile>& files);

/// Classes, structs and enums defined at namespace scope of a header without a comment right above. Relies on
/// clang-format: a definition at namespace scope starts in the first column.
std::vector<std::string> types_without_comment(const std::vector<SourceFile>& files);

}  // namespace perennial::structure
