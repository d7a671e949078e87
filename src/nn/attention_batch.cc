#include "nn/attention_batch.h"

namespace perennial {

AttentionBatch::AttentionBatch(std::span<const Eigen::Index> widths) : term_slots_(widths.size()) {
  Eigen::Index begin = 0;
  for (const Eigen::Index width : widths) {
    parts_.push_back({.begin = begin, .width = width, .first_pair = {}, .term = {}});
    begin += width;
  }
}

void AttentionBatch::reset(std::span<const std::vector<std::uint32_t>> ids, std::size_t queries,
                           std::size_t most_places) {
  ids_ = ids;
  queries_ = queries;
  query_.clear();
  key_.clear();
  places_.clear();
  ends_.clear();
  pair_slots_.reset(most_places);
  for (PairSlots& slots : term_slots_) slots.reset(most_places);
  for (Part& part : parts_) {
    part.first_pair.clear();
    part.term.clear();
  }
}

void AttentionBatch::add(std::uint32_t query, std::span<const std::uint32_t> keys) {
  for (const std::uint32_t key : keys) {
    const std::uint32_t pair = pair_slots_.slot(query, key);
    if (pair == pairs()) add_pair(query, key);
    places_.push_back(pair);
  }
  ends_.push_back(places_.size());
}

void AttentionBatch::add_pair(std::uint32_t query, std::uint32_t key) {
  const auto pair = static_cast<std::uint32_t>(pairs());
  query_.push_back(query);
  key_.push_back(key);
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    Part& part = parts_[p];
    const std::uint32_t a = ids_[p][query], b = ids_[p][key];
    if (a == unknown || b == unknown) {
      part.term.push_back(unknown);
      continue;
    }
    const std::uint32_t term = term_slots_[p].slot(a, b);
    if (term == part.first_pair.size()) part.first_pair.push_back(pair);
    part.term.push_back(term);
  }
}

}  // namespace perennial
