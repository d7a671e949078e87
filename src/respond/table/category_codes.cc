#include "respond/table/category_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/error.h"

namespace perennial {

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

CategoryCodes::CategoryCodes(std::string column, const std::vector<std::string>& known)
    : column_(std::move(column)), known_(true), names_(known), counts_(known.size()) {
  for (std::size_t i = 0; i < known.size(); ++i) codes_.emplace(known[i], static_cast<std::uint32_t>(i));
}

float CategoryCodes::code(std::string_view text) {
  if (text.empty()) return missing;
  auto found = codes_.find(text);
  if (found == codes_.end()) {
    if (known_) {
      ++unseen_;
      return missing;
    }
    if (names_.size() == most) {
      throw Error(ErrorCode::invalid_data,
                  fmt::format("column '{}' is text with more than {} different values, as '{}': no feature; "
                              "leave it out with --ignore {}",
                              column_, most, text, column_));
    }
    found = codes_.emplace(std::string(text), static_cast<std::uint32_t>(names_.size())).first;
    names_.emplace_back(text);
    counts_.push_back(0);
  }
  ++counts_[found->second];
  return static_cast<float>(found->second);
}

std::vector<std::uint32_t> CategoryCodes::order() const {
  std::vector<std::uint32_t> order(names_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return counts_[a] != counts_[b] ? counts_[a] > counts_[b] : names_[a] < names_[b];
  });
  return order;
}

std::vector<std::string> CategoryCodes::categories() const {
  std::vector<std::string> categories;
  for (const auto code : order()) categories.push_back(names_[code]);
  return categories;
}

std::vector<float> CategoryCodes::positions() const {
  std::vector<float> positions(names_.size());
  float position = 0;
  for (const auto code : order()) positions[code] = position++;
  return positions;
}

}  // namespace perennial
