#include "platform/suggest/hidden_layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/error.h"

namespace perennial {
namespace {

constexpr std::size_t widest = 1'000'000;

[[noreturn]] void refuse(const std::string& hidden, const std::string& why) {
  throw Error(ErrorCode::invalid_argument, fmt::format("lore.hidden = \"{}\": {}", hidden, why));
}

struct Width {
  std::size_t number;
  bool times_inputs;
};

Width parse_width(const std::string& hidden, std::string_view part) {
  Width width{0, part.ends_with('x')};
  if (width.times_inputs) part.remove_suffix(1);
  const auto [end, status] = std::from_chars(part.data(), part.data() + part.size(), width.number);
  if (status != std::errc() || end != part.data() + part.size() || width.number < 1 ||
      width.number > widest) {
    refuse(hidden,
           "must be widths separated by commas, as in \"256,256\", or multiples of the inputs, as in "
           "\"2x,4x,2x\"");
  }
  return width;
}

std::vector<Width> parse_widths(const std::string& hidden) {
  std::vector<Width> widths;
  for (std::size_t begin = 0; begin <= hidden.size();) {
    const std::size_t end = std::min(hidden.find(',', begin), hidden.size());
    widths.push_back(parse_width(hidden, std::string_view(hidden).substr(begin, end - begin)));
    begin = end + 1;
  }
  return widths;
}

void refuse_too_many_weights(const std::string& hidden, const std::vector<std::size_t>& layers,
                             std::size_t inputs, std::size_t outputs) {
  double weights = 0;
  std::size_t below = inputs;
  for (const std::size_t width : layers) {
    weights += static_cast<double>(below + 1) * static_cast<double>(width);
    below = width;
  }
  weights += static_cast<double>(below + 1) * static_cast<double>(outputs);
  if (weights > most_weights) {
    refuse(hidden,
           fmt::format(
               "would make a network of {:.2g} weights, at most {:.2g} are allowed: set narrower layers, "
               "such as hidden = \"256,256\"",
               weights, most_weights));
  }
}

}  // namespace

std::vector<std::size_t> hidden_layers(const std::string& hidden, std::size_t creators, std::size_t inputs,
                                       std::size_t outputs) {
  std::vector<std::size_t> layers;
  for (const Width& width : parse_widths(hidden)) {
    if (width.times_inputs && creators > released_creators) {
      refuse(hidden,
             fmt::format(
                 "layers as multiples of the inputs are for at most {} creators, here are {}, since weights "
                 "grow with the square of creators (13 million at 50, 5.7 billion at 1,000): set hidden = "
                 "\"256,256\"",
                 released_creators, creators));
    }
    layers.push_back(width.number * (width.times_inputs ? std::max<std::size_t>(inputs, 1) : 1));
  }
  refuse_too_many_weights(hidden, layers, inputs, outputs);
  return layers;
}

}  // namespace perennial
