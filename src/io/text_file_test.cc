#include "io/text_file.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

TEST(TextFile, PlacesCountFromOne) {
  EXPECT_EQ(place_of("ab\ncd", 0).line, 1U);
  EXPECT_EQ(place_of("ab\ncd", 4).line, 2U);
  EXPECT_EQ(place_of("ab\ncd", 4).column, 2U);
}

}  // namespace
}  // namespace perennial
