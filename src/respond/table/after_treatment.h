#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Those of `columns` that an SQL condition names, quoted or not, in any case; words in 'texts' do not count.
std::vector<std::string> columns_named(std::string_view condition, std::span<const std::string> columns);

/// The same for the conditions (WHERE, HAVING, QUALIFY) of a whole query, where "posts.day" names the column day.
std::vector<std::string> columns_filtered_on(std::string_view query, std::span<const std::string> columns);

}  // namespace perennial
