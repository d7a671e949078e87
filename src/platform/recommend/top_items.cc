#include "platform/recommend/top_items.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "nn/lanes.h"

namespace perennial {
namespace {

constexpr float nothing = -std::numeric_limits<float>::infinity();
constexpr std::size_t chunk = 4 * lane_count;

/// The greatest of a chunk's scores.
float greatest(const float* scores) {
  Lanes most = lanes(scores);
  for (std::size_t i = lane_count; i < chunk; i += lane_count) most = most.max(lanes(scores + i));
  return most.maxCoeff();
}

}  // namespace

/// Looks at every score once, for the peaks of whole chunks. The worst that is kept bounds what can be kept,
/// or at first the depth-th greatest peak, as that many scores reach it: nearly all chunks are not looked at
/// again.
void TopItems::offer(std::span<const float> scores, std::size_t first) {
  const std::size_t whole = scores.size() / chunk;
  peaks_.resize(whole);
  for (std::size_t c = 0; c < whole; ++c) peaks_[c] = greatest(scores.data() + c * chunk);
  const float bound = heap_.size() == depth_ ? worst_kept() : nth_greatest_peak();
  for (std::size_t c = 0; c < whole; ++c) {
    if (peaks_[c] >= bound) offer_each(scores.subspan(c * chunk, chunk), first + c * chunk, bound);
  }
  offer_each(scores.subspan(whole * chunk), first + whole * chunk, bound);
}

float TopItems::nth_greatest_peak() {
  if (peaks_.size() < depth_) return nothing;
  sorted_peaks_ = peaks_;
  const auto nth = sorted_peaks_.begin() + static_cast<std::ptrdiff_t>(depth_ - 1);
  std::nth_element(sorted_peaks_.begin(), nth, sorted_peaks_.end(), std::greater<>());
  return *nth;
}

void TopItems::offer_each(std::span<const float> scores, std::size_t first, float bound) {
  float least = std::max(bound, worst_kept());
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] < least || scores[i] == nothing) continue;
    keep_if_better({scores[i], static_cast<std::uint32_t>(first + i)});
    least = std::max(bound, worst_kept());
  }
}

float TopItems::worst_kept() const {
  return heap_.size() == depth_ ? heap_.front().score : nothing;
}

void TopItems::keep_if_better(const Entry& entry) {
  const auto order = [this](const Entry& a, const Entry& b) { return better(a, b); };
  if (heap_.size() == depth_) {
    if (!better(entry, heap_.front())) return;
    std::pop_heap(heap_.begin(), heap_.end(), order);
    heap_.back() = entry;
  } else {
    heap_.push_back(entry);
  }
  std::push_heap(heap_.begin(), heap_.end(), order);
}

void TopItems::write(std::span<ItemId> items, std::span<float> scores, float shift) {
  std::sort(heap_.begin(), heap_.end(), [this](const Entry& a, const Entry& b) { return better(a, b); });
  for (std::size_t place = 0; place < heap_.size(); ++place) {
    items[place] = candidates_->item(heap_[place].position);
    scores[place] = heap_[place].score + shift;
  }
  heap_.clear();
}

}  // namespace perennial
