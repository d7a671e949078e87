#include "platform/suggest/platform_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "paths_for_tests.h"

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Json = nlohmann::json;

Json small_state() {
  return Json::parse(R"({
    "round": 7, "slate": 3, "genres": ["Gaming", "Music", "Science"],
    "users": [{"name": "u", "genres": {"Music": {"shown": 4, "clicked": 1}}},
              {"count": 2, "genres": {"Gaming": {"shown": 5, "clicked": 5}}}],
    "creators": [
      {"name": "c1", "history": {"Music": 3},
       "made": {"Gaming": {"items": 4, "shown": 50, "clicks": 31}, "Science": {"items": 1, "shown": 9, "clicks": 2}},
       "last_genre": "Gaming", "suggestions": {"asked": 10, "followed": 6}},
      {"name": "c2", "history": {"Science": 2}, "trust": 0.25, "active": false},
      {"name": "c3"}]})");
}

PlatformState read(const Json& json) {
  return parse_platform_state(json.dump(), "state.json");
}

TEST(PlatformState, HoldsWhatTheFileSays) {
  const auto state = read(small_state());
  EXPECT_THAT(state.genres, ElementsAre("Gaming", "Music", "Science"));
  EXPECT_THAT(state.creators, ElementsAre("c1", "c2", "c3"));
  EXPECT_THAT(state.active, ElementsAre(0U, 2U));
  EXPECT_EQ(state.round, 7U);
  EXPECT_EQ(state.shape.slate, 3U);
  EXPECT_EQ(state.shape.recency, 10U);
  EXPECT_EQ(state.records.history(0, 1), 3U);
  EXPECT_EQ(state.records.made(0, 0), 4U);
  EXPECT_EQ(state.records.clicks(0, 0), 31U);
  EXPECT_EQ(state.records.items_made(0), 5U);
  EXPECT_EQ(state.records.last_genre(0), 0);
  EXPECT_EQ(state.records.last_genre(1), 2);
  EXPECT_DOUBLE_EQ(state.predicted_trust[0], 7.0 / 12);
  EXPECT_DOUBLE_EQ(state.predicted_trust[1], 0.25);
}

TEST(PlatformState, AddsUpItsTables) {
  const auto state = read(small_state());
  EXPECT_EQ(state.shape.users, 3U);
  EXPECT_EQ(state.tables.of(0, 1).shown, 4U);
  EXPECT_EQ(state.tables.of(1, 0).clicked, 5U);
  EXPECT_EQ(state.tables.of(2, 0).clicked, 5U);
  EXPECT_EQ(state.tables.all.shown, 59U);
  EXPECT_EQ(state.tables.genre[2].clicked, 2U);
  EXPECT_EQ(state.tables.creator[0].clicked, 33U);
  EXPECT_THAT(state.tables.made, ElementsAre(4U, 0U, 1U));
  EXPECT_EQ(state.items.size(), 5U);
  std::uint32_t clicks = 0;
  for (std::size_t i = 0; i < state.items.size(); ++i) {
    clicks += state.items.clicked[i];
    EXPECT_LE(state.items.clicked[i], state.items.shown[i]);
    EXPECT_EQ(state.items.born[i], 6U);
  }
  EXPECT_EQ(clicks, 33U);
}

TEST(PlatformState, GivesThePriorToWhoIsUnknown) {
  const auto state = read(small_state());
  EXPECT_DOUBLE_EQ(state.predicted_trust[2], 0.5);
  EXPECT_EQ(state.records.items_made(2), 0U);
  EXPECT_EQ(state.records.last_genre(2), 0) << "what is made most: 4 x Gaming";
}

TEST(PlatformState, SaysHowSureItIsOfTrustUnlessItIsTold) {
  const auto state = read(small_state());
  ASSERT_EQ(state.credible_trust.size(), 3U);
  ASSERT_TRUE(state.credible_trust[0] && state.credible_trust[2]);
  EXPECT_NEAR(state.credible_trust[0]->least, 0.308,
              0.001);  // Beta(7, 5): at least 7 of 11 are this low in 2.5%
  EXPECT_NEAR(state.credible_trust[0]->most, 0.833, 0.001);
  EXPECT_FALSE(state.credible_trust[1]) << "told";
  EXPECT_NEAR(state.credible_trust[2]->least, 0.025, 1e-6);  // uniform
  EXPECT_NEAR(state.credible_trust[2]->most, 0.975, 1e-6);
  auto json = small_state();
  for (const double followed : {0.0, 1e15, 5e14}) {
    json["creators"][0]["suggestions"] = {{"asked", 1e15}, {"followed", followed}};
    const auto much = read(json);
    EXPECT_NEAR(much.credible_trust[0]->least, followed / 1e15, 1e-6);
    EXPECT_NEAR(much.credible_trust[0]->most, followed / 1e15, 1e-6);
  }
}

TEST(PlatformState, MayHoldNobody) {
  auto json = small_state();
  json["creators"] = Json::array();
  json["users"] = Json::array();
  EXPECT_TRUE(read(json).active.empty());
}

TEST(PlatformState, AsksForThoseWhoAreActive) {
  const auto state = read(small_state());
  Workers workers;
  const auto request = state.request(workers);
  EXPECT_THAT(std::vector(request.creators.begin(), request.creators.end()), ElementsAre(0U, 2U));
  EXPECT_EQ(request.round, 7U);
  EXPECT_EQ(&request.tables, &state.tables);
  EXPECT_EQ(request.truth, nullptr);
}

/// A state with one thing changed, and words of the sentence that refuses it.
struct BadState {
  std::string pointer;  ///< JSON pointer
  std::string value;    ///< JSON; empty = the key is taken away
  std::vector<std::string> words;
};

void PrintTo(const BadState& bad, std::ostream* out) {
  *out << bad.pointer << " = " << bad.value;
}

class PlatformStateRefuses : public testing::TestWithParam<BadState> {};

TEST_P(PlatformStateRefuses, WithFilePathAndRule) {
  auto json = small_state();
  const Json::json_pointer at(GetParam().pointer);
  if (GetParam().value.empty()) {
    json.at(at.parent_pointer()).erase(at.back());
  } else {
    json[at] = Json::parse(GetParam().value);
  }
  try {
    read(json);
    ADD_FAILURE() << "was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    EXPECT_THAT(error.what(), testing::StartsWith("state.json: "));
    for (const auto& word : GetParam().words) EXPECT_THAT(error.what(), HasSubstr(word));
  }
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, PlatformStateRefuses,
    testing::Values(
        BadState{"/genres", "", {"'genres' is missing"}},
        BadState{"/genres", "[]", {"genres", "at least one"}},
        BadState{"/genres/1", "\"Gaming\"", {"genres[1] = \"Gaming\"", "twice"}},
        BadState{"/round", "0", {"round = 0", "at least 1"}},
        BadState{"/slate", "2.5", {"slate = 2.5", "whole"}},
        BadState{"/slates", "5", {"no such key: 'slates'", "did you mean 'slate'?"}},
        BadState{"/users", "[]", {"users: must not be empty"}},
        BadState{"/users/0/genres/Music/clicked", "5", {"users[0].genres.Music.clicked = 5", "shown (4)"}},
        BadState{"/users/0/genres/Music/shown", "-4", {"users[0].genres.Music.shown = -4", "at least 0"}},
        BadState{"/users/0/genres/Musik",
                 R"({"shown": 1, "clicked": 0})",
                 {"users[0].genres", "did you mean 'Music'?"}},
        BadState{"/users/1/count", "1000000000", {"users[1]", "200000000"}},
        BadState{"/users/1/name", "\"u\"", {"users[1].name = \"u\"", "twice"}},
        BadState{"/creators/0/name", "", {"creators[0]", "'name' is missing"}},
        BadState{"/creators/1/name", "\"c1\"", {"creators[1].name = \"c1\"", "twice"}},
        BadState{
            "/creators/0/made/Gaming/clicks", "-1", {"creators[0].made.Gaming.clicks = -1", "at least 0"}},
        BadState{"/creators/0/made/Gaming/clicks", "51", {"clicks = 51", "shown (50)"}},
        BadState{"/creators/0/made/Gaming/clicks", "null", {"clicks = null", "whole number"}},
        BadState{"/creators/0/made/Gaming/items", "0", {"shown = 50", "no items"}},
        BadState{"/creators/0/made/Gaming/shown", "", {"creators[0].made.Gaming", "'shown' is missing"}},
        BadState{"/creators/0/history/Dance", "2", {"creators[0].history", "no such genre: 'Dance'"}},
        BadState{"/creators/0/last_genre", "\"Music\"", {"creators[0].last_genre", "made"}},
        BadState{"/creators/0/trust", "0.5", {"creators[0]", "'trust' and 'suggestions'"}},
        BadState{"/creators/1/trust", "1", {"creators[1].trust = 1", "below 1"}},
        BadState{"/creators/0/suggestions/followed", "11", {"followed = 11", "'asked' (10)"}},
        BadState{"/creators/2/active", "1", {"creators[2].active = 1", "true or false"}},
        BadState{"/round", "1", {"creators[0].made.Gaming", "before round 1"}},
        BadState{"/creators", "{}", {"creators: must be a list"}}));

TEST(PlatformState, RefusesNumbersThatAreNone) {
  EXPECT_THROW(parse_platform_state(R"({"round": NaN})", "state.json"), Error);
  EXPECT_THROW(parse_platform_state(R"({"round": 1e999})", "state.json"), Error);
  EXPECT_THROW(parse_platform_state("[]", "state.json"), Error);
}

TEST(PlatformState, TheExampleIsOne) {
  const auto state = read_platform_state(PERENNIAL_SOURCE_DIR "/examples/state.json");
  EXPECT_EQ(state.shape.users, 32U);
  EXPECT_EQ(state.active.size(), 4U);
}

}  // namespace
}  // namespace perennial
