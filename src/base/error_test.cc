#include "base/error.h"

#include <gtest/gtest.h>

#include "base/check.h"

namespace perennial {
namespace {

TEST(Error, AtPutsThePlaceInFrontAndKeepsTheCode) {
  const Error error(ErrorCode::invalid_data, "row 3: empty genre");
  const Error placed = error.at("creators.csv");
  EXPECT_STREQ(placed.what(), "creators.csv: row 3: empty genre");
  EXPECT_EQ(placed.code(), ErrorCode::invalid_data);
}

TEST(CheckDeathTest, StopsWithTheRuleAndThePlace) {
  check(true, "never shown");
  EXPECT_DEATH(check(false, "rows must match"),
               "internal error at .*error_test.cc:[0-9]+ .*: rows must match");
}

}  // namespace
}  // namespace perennial
