#include "base/names.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace perennial {
namespace {

TEST(EditDistance, CountsInsertionsDeletionsAndReplacements) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("bpr", ""), 3U);
  EXPECT_EQ(edit_distance("BPR", "bpr"), 0U);
}

RC_GTEST_PROP(EditDistance, IsSymmetricAndAtMostTheLongerLength,
              (const std::string& a, const std::string& b)) {
  const auto distance = edit_distance(a, b);
  RC_ASSERT(distance == edit_distance(b, a));
  RC_ASSERT(distance <= std::max(a.size(), b.size()));
}

TEST(NameHint, OffersTheNearestNameForATypingError) {
  const std::vector<std::string> names = {"silent", "random", "most-click"};
  EXPECT_EQ(name_hint("most-clik", names), "; did you mean 'most-click'?");
  EXPECT_EQ(name_hint("Silent", names), "; did you mean 'silent'?");
}

TEST(NameHint, ListsWhatThereIsWhenNothingIsNear) {
  const std::vector<std::string> names = {"silent", "random"};
  EXPECT_EQ(name_hint("water-filling", names), "; there are: silent, random");
}

}  // namespace
}  // namespace perennial
