#include "respond/theory/swap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/error.h"

namespace perennial {
namespace {

using testing::HasSubstr;

LaterValue some_terms() {
  return {.gamma = .9,
          .persistence = .5,
          .engage_probability = .2,
          .posts_per_engagement = .01,
          .future_value_per_post = 30};
}

TEST(LaterValueOfAnImpression, IsTheSumOfAFadingResponse) {
  double sum = 0;
  for (int k = 1; k < 200; ++k) sum += std::pow(.9 * .5, k) * .2 * .01 * 30;
  EXPECT_NEAR(later_value(some_terms()), sum, 1e-12);
  EXPECT_NEAR(long_run_value(.7, some_terms()), .7 + sum, 1e-12);
}

TEST(LaterValueOfAnImpression, IsNothingWhereNothingIsLeftOfIt) {
  for (auto silence : {&LaterValue::gamma, &LaterValue::persistence, &LaterValue::engage_probability,
                       &LaterValue::posts_per_engagement, &LaterValue::future_value_per_post}) {
    auto terms = some_terms();
    terms.*silence = 0;
    EXPECT_EQ(later_value(terms), 0);
  }
}

TEST(LaterValueOfAnImpression, RefusesANumberOutsideItsRange) {
  auto terms = some_terms();
  terms.gamma = 1;
  try {
    later_value(terms);
    FAIL() << "a future that counts as much as the present has no finite sum";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("gamma = 1: must be in [0, 1)"));
  }
}

TEST(Swap, PaysWhenTheLossIsBelowTheDiscountedGain) {
  EXPECT_TRUE(accept_swap(1.0, 0.0, 0.9, 0.125));
  EXPECT_FALSE(accept_swap(1.0, 0.0, 0.75, 0.125));
}

TEST(Swap, StaysWhereBothSidesAreEqual) {
  EXPECT_FALSE(accept_swap(1.0, 0.25, 0.75, 0.5));
  EXPECT_FALSE(accept_swap(1.0, 0.25, 1.0, 0.25));
}

RC_GTEST_PROP(Swap, IsAcceptedExactlyWhenTheLongRunValueRises, ()) {
  // Whole numbers, so that both sides are exact.
  const auto whole = [] { return static_cast<double>(*rc::gen::inRange(-50, 50)); };
  const double here = whole(), later_here = whole(), there = whole(), later_there = whole();
  const bool rises = there + later_there > here + later_here;
  RC_ASSERT(accept_swap(here, later_here, there, later_there) == rises);
  RC_ASSERT(!(rises && accept_swap(there, later_there, here, later_here)));
}

}  // namespace
}  // namespace perennial
