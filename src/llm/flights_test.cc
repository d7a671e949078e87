#include "llm/flights.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

QuestionKey key(const std::string& words) {
  return key_of({.model = "m", .messages = {{ChatRole::user, words}}});
}

TEST(Flights, AreTakenOnByOneAndWaitedForByOthers) {
  Flights flights;
  const auto mine = flights.board(key("who?"));
  const auto same = flights.board(key("who?"));
  EXPECT_TRUE(mine.is_mine);
  EXPECT_FALSE(same.is_mine);
  flights.land(key("who?"), *mine.flight, {.text = "me"});
  EXPECT_EQ(flights.wait(*same.flight)->text, "me");
}

TEST(Flights, ThatWereLostAreBoardedAgain) {
  Flights flights;
  const auto first = flights.board(key("who?"));
  const auto waiting = flights.board(key("who?"));
  flights.lose(key("who?"), *first.flight);
  EXPECT_FALSE(flights.wait(*waiting.flight));
  EXPECT_TRUE(flights.board(key("who?")).is_mine);
}

TEST(Flights, OfOthersAreNotLostWithOnesOwnThatHasLanded) {
  Flights flights;
  const auto first = flights.board(key("who?"));
  flights.land(key("who?"), *first.flight, {.text = "me"});
  const auto second = flights.board(key("who?"));
  ASSERT_TRUE(second.is_mine);
  flights.lose(key("who?"), *first.flight);  // as every batch does at its end
  const auto waiting = flights.board(key("who?"));
  EXPECT_FALSE(waiting.is_mine) << "the second is still under way";
  flights.land(key("who?"), *second.flight, {.text = "you"});
  EXPECT_EQ(flights.wait(*waiting.flight)->text, "you");
}

}  // namespace
}  // namespace perennial
