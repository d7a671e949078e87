#include "io/text_file.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

TEST(TextFile, TellsWhereUtf8Ends) {
  EXPECT_EQ(first_not_utf8("plain é € 😀"), std::string_view("plain é € 😀").size());
  EXPECT_EQ(first_not_utf8("ab\xFF"), 2U);
  EXPECT_EQ(first_not_utf8("a\xE2\x82"), 1U) << "cut short";
  EXPECT_EQ(first_not_utf8("\xC0\xAF"), 0U) << "overlong";
  EXPECT_EQ(first_not_utf8("\xED\xA0\x80"), 0U) << "surrogate";
  EXPECT_EQ(first_not_utf8("\xF4\x90\x80\x80"), 0U) << "beyond Unicode";
  EXPECT_EQ(first_not_utf8("\x80"), 0U) << "continuation without a start";
}

TEST(TextFile, PlacesCountFromOne) {
  EXPECT_EQ(place_of("ab\ncd", 0).line, 1U);
  EXPECT_EQ(place_of("ab\ncd", 4).line, 2U);
  EXPECT_EQ(place_of("ab\ncd", 4).column, 2U);
}

}  // namespace
}  // namespace perennial
