#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "paths_for_tests.h"
#include "platform/suggest/platform_state.h"
#include "platform/suggest/saved_policy.h"
#include "program.h"
#include "simulate/small_run_for_tests.h"

namespace perennial {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

/// What a platform that stands where the simulation does would write down.
Json state_of(const Ecosystem& e, std::size_t slate) {
  const auto& genres = e.world.genres;
  Json state = {{"round", e.round + 1},
                {"slate", slate},
                {"genres", genres},
                {"users", Json::array()},
                {"creators", Json::array()}};
  for (UserId u = 0; u < e.world.users.size(); ++u) {
    Json row = Json::object();
    for (GenreId g = 0; g < genres.size(); ++g)
      row[genres[g]] = {{"shown", e.tables.of(u, g).shown}, {"clicked", e.tables.of(u, g).clicked}};
    state["users"].push_back({{"genres", row}});
  }
  std::vector<std::uint32_t> shown(e.creators.size() * genres.size());
  for (ItemId i = 0; i < e.items.size(); ++i)
    shown[e.items.creator[i] * genres.size() + e.items.genre[i]] += e.items.shown[i];
  for (CreatorId c = 0; c < e.creators.size(); ++c) {
    Json creator = {{"name", "c" + std::to_string(c)},
                    {"history", Json::object()},
                    {"made", Json::object()},
                    {"trust", e.trust_predictor.predicted()[c]},
                    {"active", e.creators.present(c)}};
    if (e.records.items_made(c) > 0) creator["last_genre"] = genres[e.records.last_genre(c)];
    for (GenreId g = 0; g < genres.size(); ++g) {
      creator["history"][genres[g]] = e.records.history(c, g);
      creator["made"][genres[g]] = {{"items", e.records.made(c, g)},
                                    {"shown", shown[c * genres.size() + g]},
                                    {"clicks", e.records.clicks(c, g)}};
    }
    state["creators"].push_back(creator);
  }
  return state;
}

TEST(Suggest, AStateWrittenDownGetsTheProbabilitiesThatThePlatformItselfWouldGet) {
  const auto options = lively("lockin");
  Workers workers;
  Simulation simulation(options, small_world(), "lore-d", 3, workers);
  for (int r = 0; r < 40; ++r) simulation.play_round();
  const auto& e = simulation.ecosystem();
  const auto slate = static_cast<std::size_t>(options.platform.slate);
  const auto state = parse_platform_state(state_of(e, slate).dump(), "state.json");
  ASSERT_LT(state.active.size(), e.creators.size()) << "somebody left";
  ASSERT_GT(e.creators.size(), small_world().creators.size()) << "somebody joined";
  const SuggestionRequest own{.round = e.round + 1,
                              .creators = state.active,
                              .records = e.records,
                              .items = e.items,
                              .tables = e.tables,
                              .predicted_trust = e.trust_predictor.predicted(),
                              .truth = nullptr,
                              .draws = Draws(3, Purpose::suggestion, e.round + 1),
                              .workers = workers};
  const auto& policy = *simulation.policy().learned();
  const auto expected = policy.explain(own), from_file = policy.explain(state.request(workers));
  ASSERT_EQ(from_file.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(from_file[i].creator, expected[i].creator);
    EXPECT_EQ(from_file[i].suggestion, expected[i].suggestion);
    EXPECT_EQ(from_file[i].probabilities, expected[i].probabilities) << "creator " << i;
  }
}

const std::string example = PERENNIAL_SOURCE_DIR "/examples/state.json";

Json example_state() {
  return Json::parse(slurp(example));
}

void train(const Scratch& scratch, const std::string& policy) {
  const auto outcome = perennial_says(
      scratch, "train --policy " + policy + " --rounds 10 --copies 1 --users 20 --creators 6 --out trained");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
}

Outcome suggest(const Scratch& scratch, const Json& state, const std::string& flags = "--json") {
  std::ofstream(scratch / "state.json") << state.dump();
  return perennial_says(scratch, "suggest --policy trained --state state.json " + flags);
}

TEST(Suggest, PrintsSuggestionProbabilityAndReasonsOfEveryActiveCreator) {
  const Scratch scratch;
  train(scratch, "lore-d");
  const auto table = perennial_says(scratch, "suggest --policy trained --state '" + example + "'");
  ASSERT_EQ(table.status, 0) << table.err;
  for (const char* word : {"pixel-hour", "night-raid", "slow-soup", "newcomer", "%", "lore-d", "round 13"})
    EXPECT_THAT(table.out, HasSubstr(word));
  EXPECT_THAT(table.out, Not(HasSubstr("gone-fishing")));
  EXPECT_THAT(table.out, AllOf(HasSubstr("0.58 [0.31, 0.83]"), HasSubstr("0.30 (told)")));

  const auto json =
      perennial_says(scratch, "suggest --policy trained --top 2 --json --state '" + example + "'");
  const auto answer = Json::parse(json.out);
  EXPECT_EQ(answer.at("policy"), "lore-d");
  ASSERT_EQ(answer.at("suggestions").size(), 4U);
  EXPECT_NEAR(answer.at("suggestions")[0].at("trust").get<double>(), 7.0 / 12, 1e-9);
  EXPECT_NEAR(answer.at("suggestions")[0].at("trust_credible95").at(1).get<double>(), 0.833, 0.001);
  EXPECT_TRUE(answer.at("suggestions")[2].at("trust_credible95").is_null());
  for (const auto& one : answer.at("suggestions")) {
    double sum = one.at("probability_of_none"), most = sum;
    for (const auto& [genre, p] : one.at("probabilities").items()) {
      sum += p.get<double>();
      most = std::max(most, p.get<double>());
    }
    EXPECT_NEAR(sum, 1, 1e-5);
    EXPECT_EQ(one.at("probability"), most);
    if (!one.at("suggestion").is_null()) {
      EXPECT_EQ(one.at("probabilities").at(one.at("suggestion").get<std::string>()), most);
    }
    ASSERT_EQ(one.at("reasons").size(), 2U);
    EXPECT_TRUE(one.at("reasons")[0].contains("feature"));
    EXPECT_TRUE(one.at("reasons")[0].contains("value"));
    EXPECT_GE(std::abs(one.at("reasons")[0].at("moves_logit").get<double>()),
              std::abs(one.at("reasons")[1].at("moves_logit").get<double>()));
  }
}

TEST(Suggest, NotesThatNothingIsSaidOfWhatCreatorsMade) {
  const Scratch scratch;
  train(scratch, "lore-d");
  auto state = example_state();
  for (auto& creator : state["creators"]) creator.erase("made"), creator.erase("last_genre");
  const auto assumptions = Json::parse(suggest(scratch, state).out).at("assumptions");
  ASSERT_EQ(assumptions.size(), 1U);
  EXPECT_THAT(assumptions[0].get<std::string>(), HasSubstr("made since round 1"));
  EXPECT_THAT(suggest(scratch, state, "").out, HasSubstr("note: " + assumptions[0].get<std::string>()));
}

TEST(Suggest, AnEmptyStateGetsAnEmptyList) {
  const Scratch scratch;
  train(scratch, "lore-d");
  auto state = example_state();
  state["creators"] = Json::array();
  const auto json = suggest(scratch, state);
  EXPECT_EQ(json.status, 0) << json.err;
  EXPECT_TRUE(Json::parse(json.out).at("suggestions").empty());
  EXPECT_EQ(suggest(scratch, state, "").status, 0);
}

TEST(Suggest, ServesMoreCreatorsAndOtherGenresThanTrainingSaw) {
  const Scratch scratch;
  train(scratch, "lore-d");
  auto state = example_state();
  for (int c = 0; c < 100; ++c) state["creators"].push_back({{"name", "new " + std::to_string(c)}});
  const auto json = suggest(scratch, state);
  ASSERT_EQ(json.status, 0) << json.err;
  EXPECT_EQ(Json::parse(json.out).at("suggestions").size(), 104U);
}

TEST(Suggest, APolicyTiedToItsGenresRefusesOthersAndNamesBoth) {
  const Scratch scratch;
  train(scratch, "lore");
  const auto outcome = suggest(scratch, example_state());
  EXPECT_EQ(outcome.status, 2);
  for (const char* word :
       {"policy.checkpoint", "genre 1 of 15 is 'Autos & Vehicles'", "genre 1 of 4 is 'Gaming'"})
    EXPECT_THAT(sentence_of(outcome), HasSubstr(word));
}

TEST(Suggest, APolicyTiedToItsCreatorsLeavesNewcomersAloneAndNeedsItsOwn) {
  const Scratch scratch;
  train(scratch, "lore");
  auto state = example_state();
  state["genres"] = load_policy(scratch / "trained").genres;
  state["users"] = Json::array({{{"genres", Json::object()}}});
  state["creators"] = Json::array();
  for (int c = 0; c < 7; ++c) state["creators"].push_back({{"name", std::to_string(c)}});
  const auto json = suggest(scratch, state);
  ASSERT_EQ(json.status, 0) << json.err;
  const auto suggestions = Json::parse(json.out).at("suggestions");
  ASSERT_EQ(suggestions.size(), 7U);
  EXPECT_LT(suggestions[5].at("probability_of_none").get<double>(), 1);
  EXPECT_TRUE(suggestions[6].at("suggestion").is_null());
  EXPECT_EQ(suggestions[6].at("probability"), 1.0);

  state["creators"].erase(3), state["creators"].erase(2);
  const auto fewer = suggest(scratch, state);
  EXPECT_EQ(fewer.status, 2);
  EXPECT_THAT(sentence_of(fewer), AllOf(HasSubstr("6 creators"), HasSubstr("5")));
}

TEST(Suggest, BadInputGetsOneSentenceAndStatusTwo) {
  const Scratch scratch;
  train(scratch, "lore-d");
  auto state = example_state();
  state["creators"][0]["made"]["Gaming"]["clicks"] = -1;
  std::vector<std::pair<Outcome, std::string>> calls;
  calls.emplace_back(suggest(scratch, state), "state.json: creators[0].made.Gaming.clicks = -1");
  calls.emplace_back(perennial_says(scratch, "suggest --policy trained --state nowhere.json"),
                     "nowhere.json");
  calls.emplace_back(perennial_says(scratch, "suggest --policy nowhere --state state.json"),
                     "nowhere/policy.checkpoint");
  calls.emplace_back(perennial_says(scratch, "suggest --policy trained"), "--state");
  std::ofstream(scratch / "state.json") << "{\"round\": 1,";
  calls.emplace_back(perennial_says(scratch, "suggest --policy trained --state state.json"), "state.json:1:");
  std::ofstream(scratch / "trained/policy.checkpoint", std::ios::app) << "x";
  calls.emplace_back(perennial_says(scratch, "suggest --policy trained --state '" + example + "'"),
                     "policy.checkpoint");
  for (const auto& [outcome, word] : calls) {
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    EXPECT_THAT(sentence_of(outcome), HasSubstr(word));
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
}

TEST(SaveLogs, AreTheSameFilesWhenTheRunWasStoppedAndTakenUpAgain) {
  const Scratch scratch;
  const std::string job =
      "simulate --policy random --seed 4 --users 20 --creators 8 --set joining.per_round=0.5 ";
  ASSERT_EQ(perennial_says(scratch, job + "--rounds 20 --save-logs --out whole").status, 0);
  ASSERT_EQ(perennial_says(scratch, job + "--rounds 9 --save-logs --out half").status, 0);
  ASSERT_EQ(perennial_says(scratch, "simulate --resume half --rounds 20").status, 0);
  for (const char* name : {"log.json", "log-users.parquet", "log-creators.parquet", "log-suggestions.parquet",
                           "log-visits.parquet", "log-impressions.parquet"})
    EXPECT_EQ(slurp(scratch / "whole" / name), slurp(scratch / "half" / name)) << name;
  const auto late =
      perennial_says(scratch, "simulate --fork whole --rounds 25 --policy silent --save-logs --out fork");
  EXPECT_EQ(late.status, 2);
  EXPECT_THAT(sentence_of(late), HasSubstr("--save-logs: logs need every round from the first"));
}

TEST(FromLogs, AreImitatedBeforeTheFirstRound) {
  const Scratch scratch;
  const std::string people = "--users 20 --creators 8 ";
  ASSERT_EQ(
      perennial_says(scratch, "simulate --policy most-click --rounds 60 --save-logs --out run " + people)
          .status,
      0);
  const auto trained =
      perennial_says(scratch, "train --from-logs run,run --rounds 1 --copies 1 --out trained " + people);
  ASSERT_EQ(trained.status, 0) << trained.err;
  const auto plain = perennial_says(scratch, "train --rounds 1 --copies 1 --out plain " + people);
  ASSERT_EQ(plain.status, 0) << plain.err;
  EXPECT_NE(load_policy(scratch / "trained").knowledge, load_policy(scratch / "plain").knowledge);
  const auto again = perennial_says(scratch, "train --config trained/config.toml --out again");
  ASSERT_EQ(again.status, 0) << again.err;
  for (const char* name : {"policy.checkpoint", "training.parquet", "rounds.parquet", "config.toml"})
    EXPECT_EQ(slurp(scratch / "again" / name), slurp(scratch / "trained" / name)) << name;
  const auto nowhere = perennial_says(scratch, "train --from-logs nowhere --out t");
  EXPECT_EQ(nowhere.status, 2);
  EXPECT_THAT(sentence_of(nowhere), AllOf(HasSubstr("nowhere"), HasSubstr("--save-logs")));
  std::filesystem::remove(scratch / "run/log-visits.parquet");
  const auto broken = perennial_says(scratch, "train --from-logs run --out t");
  EXPECT_EQ(broken.status, 2);
  EXPECT_THAT(sentence_of(broken), HasSubstr("log-visits.parquet"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "t"));
}

TEST(FromLogs, AreNotNeededToGoOnWithATraining) {
  const Scratch scratch;
  const std::string people = "--users 20 --creators 8 ";
  const auto ended_well = [&](const std::string& arguments) {
    const auto outcome = perennial_says(scratch, arguments);
    EXPECT_EQ(outcome.status, 0) << outcome.err;
  };
  ended_well("simulate --policy most-click --rounds 20 --save-logs --out run " + people);
  ended_well("train --from-logs run --rounds 12 --copies 2 --out whole " + people);
  ended_well("train --from-logs run --rounds 7 --copies 2 --out parts " + people);
  std::filesystem::remove(scratch / "run/log.json");
  ended_well("train --resume parts --rounds 12");
  for (const char* name : {"policy.checkpoint", "training.parquet", "rounds.parquet", "config.toml"})
    EXPECT_EQ(slurp(scratch / "parts" / name), slurp(scratch / "whole" / name)) << name;
  const auto replayed = perennial_says(scratch, "train --config whole/config.toml --out again");
  EXPECT_EQ(replayed.status, 2);
  EXPECT_THAT(sentence_of(replayed), HasSubstr("run/log.json: no platform logs there"));
  auto changed = slurp(scratch / "parts/config.toml");
  changed.replace(changed.find("\"run\""), 5, "\"other\"");
  std::ofstream(scratch / "parts/config.toml") << changed;
  const auto resumed = perennial_says(scratch, "train --resume parts --rounds 14");
  EXPECT_EQ(resumed.status, 2);
  EXPECT_THAT(sentence_of(resumed), HasSubstr("other settings"));
}

}  // namespace
}  // namespace perennial
