#include "report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace perennial {
namespace {

int decimals(double size) {
  if (size >= 1000) return 0;
  if (size >= 10) return 1;
  return size >= 0.1 || size == 0 ? 2 : 4;
}

std::string with_thousands(std::string digits) {
  const auto point = std::min(digits.find('.'), digits.size());
  for (auto at = static_cast<std::ptrdiff_t>(point) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

std::string number_with(double value, int digits) {
  if (!std::isfinite(value)) return "not a number";
  const std::string words = with_thousands(fmt::format("{:.{}f}", std::abs(value), digits));
  const bool is_zero = words.find_first_not_of("0.,") == std::string::npos;
  return fmt::format("{}{}", value < 0 && !is_zero ? "\u2212" : "", words);
}

std::string signed_with(double value, int digits) {
  return fmt::format("{}{}", value > 0 ? "+" : "", number_with(value, digits));
}

/// Both ends alike: as many decimals as the larger one needs.
int decimals(const Interval& interval) {
  return decimals(std::max(std::abs(interval.low), std::abs(interval.high)));
}

}  // namespace

std::string number_words(double value) {
  return number_with(value, decimals(std::abs(value)));
}

std::string whole_words(std::uint64_t count) {
  return with_thousands(fmt::format("{}", count));
}

std::string signed_words(double value) {
  return signed_with(value, decimals(std::abs(value)));
}

std::string range_words(const Interval& interval) {
  const int digits = decimals(interval);
  return fmt::format("{} to {}", number_with(interval.low, digits), number_with(interval.high, digits));
}

std::string signed_range_words(const Interval& interval) {
  const int digits = decimals(interval);
  return fmt::format("{} to {}", signed_with(interval.low, digits), signed_with(interval.high, digits));
}

std::string seed_words(std::span<const std::uint64_t> seeds) {
  if (seeds.size() <= 1) return seeds.empty() ? "none" : fmt::format("{}", seeds.front());
  for (std::size_t i = 1; i < seeds.size(); ++i) {
    if (seeds[i] != seeds[i - 1] + 1) return fmt::format("{}", fmt::join(seeds, ", "));
  }
  return fmt::format("{} to {}", seeds.front(), seeds.back());
}

std::string count_words(std::size_t count, std::string_view thing) {
  return fmt::format("{} {}{}", whole_words(count), thing, count == 1 ? "" : "s");
}

std::string sentence_words(std::string text) {
  if (text.empty()) return text;
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text.back() == '.' ? text : text + ".";
}

std::string markup_words(std::string_view text) {
  std::string markup;
  for (const char c : text) {
    switch (c) {
      case '&':
        markup += "&amp;";
        break;
      case '<':
        markup += "&lt;";
        break;
      case '>':
        markup += "&gt;";
        break;
      case '"':
        markup += "&quot;";
        break;
      default:
        markup += c;
    }
  }
  return markup;
}

}  // namespace perennial
