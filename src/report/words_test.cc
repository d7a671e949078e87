#include "report/words.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace perennial {
namespace {

TEST(NumberWords, KeepTheDigitsThatMatter) {
  EXPECT_EQ(number_words(157.6543), "157.7");
  EXPECT_EQ(number_words(1234567.8), "1,234,568");
  EXPECT_EQ(number_words(0.3456), "0.35");
  EXPECT_EQ(number_words(0.01234), "0.0123");
  EXPECT_EQ(number_words(0), "0.00");
}

TEST(NumberWords, SayWhatIsNoNumber) {
  EXPECT_EQ(number_words(std::numeric_limits<double>::quiet_NaN()), "not a number");
}

TEST(WholeWords, SeparateThousands) {
  EXPECT_EQ(whole_words(7), "7");
  EXPECT_EQ(whole_words(999), "999");
  EXPECT_EQ(whole_words(1000), "1,000");
  EXPECT_EQ(whole_words(1234567), "1,234,567");
}

TEST(SignedWords, CarryTheirSignAndNoneForZero) {
  EXPECT_EQ(signed_words(39.61), "+39.6");
  EXPECT_EQ(signed_words(-3.14), "\u22123.14");
  EXPECT_EQ(signed_words(0), "0.00");
  EXPECT_EQ(signed_words(-0.00001), "0.0000");
}

TEST(RangeWords, GiveBothEndsTheSameDecimals) {
  EXPECT_EQ(range_words({157, 98.76, 1234.6}), "99 to 1,235");
  EXPECT_EQ(signed_range_words({0.8, 0.0598, 1.519}), "+0.06 to +1.52");
  EXPECT_EQ(signed_range_words({8, -7.72, 23.01}), "\u22127.7 to +23.0");
}

TEST(SeedWords, NameARangeOrAList) {
  EXPECT_EQ(seed_words(std::array<std::uint64_t, 1>{7}), "7");
  EXPECT_EQ(seed_words(std::array<std::uint64_t, 3>{4, 5, 6}), "4 to 6");
  EXPECT_EQ(seed_words(std::array<std::uint64_t, 3>{1, 5, 6}), "1, 5, 6");
}

TEST(MarkupWords, EscapeWhatMarkupWouldRead) {
  EXPECT_EQ(markup_words("<a b=\"c\"> & d"), "&lt;a b=&quot;c&quot;&gt; &amp; d");
}

}  // namespace
}  // namespace perennial
