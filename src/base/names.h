#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Levenshtein distance, case-insensitive.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `name`, or empty when none is near enough to be a likely typing error.
std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

/// "; did you mean 'x'?" or "; there are: a, b, c": the end of every unknown-name error.
std::string name_hint(std::string_view name, std::span<const std::string> candidates);

}  // namespace perennial
