#include "platform/suggest/decisions.h"

namespace perennial {

void Decisions::append(const Decisions& from, std::size_t i) {
  options = from.options;
  const auto stride = static_cast<std::ptrdiff_t>(from.features.size() / from.size());
  const auto begin = from.features.begin() + static_cast<std::ptrdiff_t>(i) * stride;
  features.insert(features.end(), begin, begin + stride);
  round.push_back(from.round[i]);
  chosen.push_back(from.chosen[i]);
  log_probability.push_back(from.log_probability[i]);
  credit.push_back(from.credit[i]);
  weight.push_back(from.weight[i]);
}

void Decisions::append(const Decisions& from) {
  for (std::size_t i = 0; i < from.size(); ++i) append(from, i);
}

void Decisions::clear() {
  const auto kept = options;
  *this = {};
  options = kept;
}

}  // namespace perennial
