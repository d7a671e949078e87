#include "platform/recommend/top_items.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>

#include "platform/recommend/planted_platform.h"

namespace perennial {
namespace {

constexpr float nothing = -std::numeric_limits<float>::infinity();

struct Top {
  std::vector<ItemId> items;
  std::vector<float> scores;
};

/// Scores offered in pieces of `piece`.
Top top_of(const CandidateIndex& index, std::span<const float> scores, std::size_t depth, std::size_t piece) {
  Top top{std::vector<ItemId>(depth, no_item), std::vector<float>(depth, 0.0F)};
  TopItems best(index, depth);
  for (std::size_t begin = 0; begin < scores.size(); begin += piece) {
    best.offer(scores.subspan(begin, std::min(piece, scores.size() - begin)), begin);
  }
  best.write(top.items, top.scores);
  return top;
}

PlantedPlatform platform_with_candidates(std::size_t creators) {
  PlantedPlatform platform({.creators = creators});
  platform.make_items(1);
  return platform;
}

RC_GTEST_PROP(TopItems, KeepsWhatASortWouldHoweverScoresAreCut, ()) {
  const auto levels = *rc::gen::inRange(2, 400);
  const auto numbers = *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, levels)));
  const auto depth = *rc::gen::inRange<std::size_t>(1, 20);
  const auto piece = *rc::gen::inRange<std::size_t>(1, 300);
  std::vector<float> scores;
  for (int repeat = 0; repeat < 5; ++repeat) {  // long enough for whole chunks; level 0 = not to be shown
    for (const int number : numbers)
      scores.push_back(number == 0 ? nothing : static_cast<float>(number * (1 + repeat % 2)));
  }
  PlantedPlatform platform = platform_with_candidates(scores.size());
  const CandidateIndex index(platform.request(1, depth));
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] != nothing) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : index.comes_first(a, b);
  });
  order.resize(std::min(order.size(), depth));
  const Top top = top_of(index, scores, depth, piece);
  for (std::size_t place = 0; place < depth; ++place) {
    RC_ASSERT(top.items[place] == (place < order.size() ? index.item(order[place]) : no_item));
    RC_ASSERT(top.scores[place] == (place < order.size() ? scores[order[place]] : 0.0F));
  }
}

TEST(TopItems, OrdersEqualScoresAnewEveryRoundAndNotById) {
  PlantedPlatform platform = platform_with_candidates(200);
  const std::vector<float> scores(200, 0.5F);
  const Top first = top_of(CandidateIndex(platform.request(1, 200)), scores, 200, 200);
  const Top again = top_of(CandidateIndex(platform.request(1, 200)), scores, 200, 7);
  const Top later = top_of(CandidateIndex(platform.request(2, 200)), scores, 200, 200);
  EXPECT_EQ(first.items, again.items);
  EXPECT_NE(first.items, later.items);
  EXPECT_FALSE(std::is_sorted(first.items.begin(), first.items.end()));
}

TEST(CandidateIndex, FindsPositionsOfItemsWithAndWithoutGaps) {
  PlantedPlatform platform = platform_with_candidates(10);
  for (const bool gaps : {false, true}) {
    if (gaps) platform.candidates = {1, 4, 8};
    const CandidateIndex index(platform.request(1, 1));
    for (ItemId item = 0; item < 12; ++item) {
      const auto found = std::find(platform.candidates.begin(), platform.candidates.end(), item);
      const std::size_t expected = found == platform.candidates.end()
                                       ? CandidateIndex::npos
                                       : static_cast<std::size_t>(found - platform.candidates.begin());
      EXPECT_EQ(index.position_of(item), expected) << "item " << item;
    }
    EXPECT_EQ(index.position_of(no_item), CandidateIndex::npos);
  }
}

}  // namespace
}  // namespace perennial
