#include "report/page.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/check.h"
#include "report/words.h"
#include "report_template.h"

namespace perennial {
namespace {

void put(std::string& page, std::string_view marker, std::string_view text) {
  const auto place = page.find(marker);
  check(place != std::string::npos, "the page holds each marker");
  page.replace(place, marker.size(), text);
}

}  // namespace

std::string script_safe(const nlohmann::ordered_json& data) {
  using Json = nlohmann::ordered_json;
  const std::string json = data.dump(-1, ' ', true, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      safe += "\\u003c";  // `<` stands only inside JSON strings, where this is the same character
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string fill_page(std::string_view title, const nlohmann::ordered_json& data) {
  std::string page = report_template();
  put(page, "@PAGE_DATA@", script_safe(data));  // behind the title: whatever it holds is not searched
  put(page, "@PAGE_TITLE@", markup_words(title));
  return page;
}

double rounded(double value) {
  if (!std::isfinite(value)) return value;
  const std::string digits = fmt::format("{:.5g}", value);
  double read = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), read);
  return read;
}

}  // namespace perennial
