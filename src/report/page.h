#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace perennial {

/// The page (report_template.h) with a title and its data: headline, facts, series and blocks, as web/src/page.ts
/// lists them. No text in the data can end the script it stands in; broken UTF-8 is replaced, not refused.
std::string fill_page(std::string_view title, const nlohmann::ordered_json& data);

/// JSON that may stand inside a <script> element: no `<` at all, and ASCII only.
std::string script_safe(const nlohmann::ordered_json& data);

/// The value with five significant digits: what a chart can show.
double rounded(double value);

}  // namespace perennial
