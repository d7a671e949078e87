#include "world/world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "base/error.h"

namespace perennial {
namespace {

using Row = std::vector<GenreId>;
using Past = std::vector<GenreCount>;

World small_world() {
  World world;
  world.name = "small";
  world.genres = {"a", "b", "c"};
  world.users.interests.push_back(Row{0, 2});
  world.users.interests.push_back(Row{1});
  world.users.activity = {0.5, 1.0};
  world.creators.history.push_back(Past{{0, 1}, {2, 3}});
  world.creators.activity = {0.25};
  world.past_clicks = {{0, no_creator, 2}, {1, 0, no_genre}};
  return world;
}

std::string complaint(const std::function<void(World&)>& spoil) {
  World world = small_world();
  spoil(world);
  try {
    validate(world);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    return error.what();
  }
  return "accepted";
}

TEST(World, ThatKeepsTheRulesIsAccepted) {
  EXPECT_EQ(complaint([](World&) {}), "accepted");
}

TEST(World, RefusesWithoutUsersCreatorsOrGenres) {
  EXPECT_THAT(complaint([](World& w) { w.users = {}; }), testing::HasSubstr("world 'small': has no users"));
  EXPECT_THAT(complaint([](World& w) { w.creators = {}; }), testing::HasSubstr("has no creators"));
  EXPECT_THAT(complaint([](World& w) { w.genres.clear(); }), testing::HasSubstr("has no genres"));
}

TEST(World, NamesTheUserWhoseInterestsBreakARule) {
  const auto push = [](Row row) {
    return [row](World& w) {
      w.users.interests.push_back(row);
      w.users.activity.push_back(0.5);
    };
  };
  EXPECT_THAT(complaint(push({})), testing::HasSubstr("user 2 has no interests"));
  EXPECT_THAT(complaint(push({3})), testing::HasSubstr("user 2 has interest 3, which is no genre"));
  EXPECT_THAT(complaint(push({2, 1})), testing::HasSubstr("interests of user 2 are not ascending"));
  EXPECT_THAT(complaint(push({1, 1})), testing::HasSubstr("interests of user 2 are not ascending"));
}

TEST(World, NamesTheCreatorWhosePastBreaksARule) {
  const auto push = [](Past past) {
    return [past](World& w) {
      w.creators.history.push_back(past);
      w.creators.activity.push_back(0.5);
    };
  };
  EXPECT_THAT(complaint(push({})), testing::HasSubstr("creator 1 has no genre"));
  EXPECT_THAT(complaint(push({{3, 1}})), testing::HasSubstr("creator 1 has genre 3, which is no genre"));
  EXPECT_THAT(complaint(push({{1, 0}})), testing::HasSubstr("creator 1 has made 0 items of genre 1"));
  EXPECT_THAT(complaint(push({{2, 1}, {0, 1}})), testing::HasSubstr("genres of creator 1 are not ascending"));
}

TEST(World, RefusesProbabilitiesThatAreNone) {
  EXPECT_THAT(complaint([](World& w) { w.users.activity[1] = 1.5; }),
              testing::HasSubstr("user 1 has activity 1.5"));
  EXPECT_THAT(complaint([](World& w) { w.creators.activity[0] = -0.1; }),
              testing::HasSubstr("creator 0 has activity -0.1"));
  EXPECT_THAT(complaint([](World& w) { w.creators.activity[0] = std::nan(""); }),
              testing::HasSubstr("creator 0 has activity nan"));
}

TEST(World, RefusesColumnsOfDifferentLengths) {
  EXPECT_THAT(complaint([](World& w) { w.users.activity.push_back(1); }),
              testing::HasSubstr("differ in length"));
  EXPECT_THAT(complaint([](World& w) { w.creators.activity.push_back(1); }),
              testing::HasSubstr("differ in length"));
}

TEST(World, RefusesPastClicksOfNobodyOnNothingOrOutOfOrder) {
  EXPECT_THAT(complaint([](World& w) { w.past_clicks[1].user = 2; }), testing::HasSubstr("names user 2"));
  EXPECT_THAT(complaint([](World& w) { w.past_clicks[1].creator = 1; }),
              testing::HasSubstr("names creator 1"));
  EXPECT_THAT(complaint([](World& w) { w.past_clicks[0].genre = 3; }), testing::HasSubstr("names genre 3"));
  EXPECT_THAT(complaint([](World& w) { std::swap(w.past_clicks[0], w.past_clicks[1]); }),
              testing::HasSubstr("past clicks of user 0 stand after those of user 1"));
}

}  // namespace
}  // namespace perennial
