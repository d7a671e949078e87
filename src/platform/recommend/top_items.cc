#include "platform/recommend/top_items.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

#include "nn/lanes.h"

namespace perennial {
namespace {

constexpr float nothing = -std::numeric_limits<float>::infinity();
constexpr std::size_t chunk = 2 * lane_count;
constexpr std::size_t chunks_at_once = 128;

/// The greatest of each whole chunk of `scores`.
std::span<const float> peaks_of(std::span<const float> scores, std::array<float, chunks_at_once>& peaks) {
  const std::size_t whole = scores.size() / chunk;
  for (std::size_t c = 0; c < whole; ++c) {
    const float* const begin = scores.data() + c * chunk;
    peaks[c] = lanes(begin).max(lanes(begin + lane_count)).maxCoeff();
  }
  return {peaks.data(), whole};
}

/// The depth-th greatest peak, which at least `depth` scores reach.
float nth_greatest(std::span<const float> peaks, std::size_t depth) {
  if (peaks.size() < depth) return nothing;
  std::array<float, chunks_at_once> sorted;
  std::copy(peaks.begin(), peaks.end(), sorted.begin());
  std::nth_element(sorted.data(), sorted.data() + depth - 1, sorted.data() + peaks.size(), std::greater<>());
  return sorted[depth - 1];
}

}  // namespace

void TopItems::offer(std::span<const float> scores, std::size_t first) {
  constexpr std::size_t at_once = chunk * chunks_at_once;
  for (std::size_t begin = 0; begin < scores.size(); begin += at_once) {
    offer_chunks(scores.subspan(begin, std::min(at_once, scores.size() - begin)), first + begin);
  }
}

/// Looks at every score once, for the peaks of whole chunks. The worst that is kept bounds what can be kept,
/// or at first the depth-th greatest peak: nearly all chunks are not looked at again.
void TopItems::offer_chunks(std::span<const float> scores, std::size_t first) {
  std::array<float, chunks_at_once> memory;
  const auto peaks = peaks_of(scores, memory);
  const float bound = heap_.size() == depth_ ? worst_kept() : nth_greatest(peaks, depth_);
  for (std::size_t c = 0; c < peaks.size(); ++c) {
    if (peaks[c] >= bound) offer_each(scores.subspan(c * chunk, chunk), first + c * chunk, bound);
  }
  const std::size_t whole = peaks.size() * chunk;
  offer_each(scores.subspan(whole), first + whole, bound);
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
