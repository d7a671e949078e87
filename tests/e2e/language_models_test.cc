// Users and creators who are language models, played against a server process.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "llm_server/server_process.h"
#include "program.h"

namespace perennial {
namespace {

using llm_server::ServerProcess;
using testing::HasSubstr;

/// Ten users and six creators, five rounds, everybody the language model of that name.
std::string simulate(const std::string& model = "test") {
  return "simulate --policy random --users 10 --creators 6 --rounds 5 --seed 4 --user-model llm "
         "--creator-model llm "
         "--set user_model.model=" +
         model + " --set creator_model.model=" + model + " --llm-cache-file answers.sqlite ";
}

std::string at(const ServerProcess& server) {
  return "--llm-url " + server.base_url() + " ";
}

nlohmann::json summary_in(const std::filesystem::path& folder) {
  return nlohmann::json::parse(slurp(folder / "summary.json"));
}

/// What a run came to, without the time it took.
nlohmann::json result_in(const std::filesystem::path& folder) {
  auto summary = summary_in(folder);
  for (const char* key : {"cpu_seconds", "wall_seconds", "impressions_per_second"}) summary.erase(key);
  for (auto& policy : summary["policies"]) policy.erase("seconds_by_phase");
  return summary;
}

TEST(LanguageModels, PlayAgainFromTheirCacheWithoutAServerToTheByte) {
  const Scratch scratch;
  {
    const ServerProcess server;
    const auto asked = perennial_says(scratch, simulate() + at(server) + "--out asked");
    ASSERT_EQ(asked.status, 0) << asked.err;
    EXPECT_THAT(asked.err, HasSubstr("language model: "));
    EXPECT_GT(server.stats().at("answered"), 20);
  }
  const auto again = perennial_says(scratch, simulate() + "--llm-cache only --out again");
  ASSERT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(result_in(scratch / "again"), result_in(scratch / "asked"));
  for (const char* table : {"rounds.parquet", "creators.parquet"})
    EXPECT_EQ(slurp(scratch / "again" / table), slurp(scratch / "asked" / table)) << table;
  const auto answers = summary_in(scratch / "asked").at("policies")[0].at("answers");
  EXPECT_EQ(answers.at("users").at("fallbacks"), 0) << answers;
  EXPECT_EQ(answers.at("creators").at("fallbacks"), 0) << answers;
  EXPECT_GT(answers.at("users").at("prompt_tokens"), 0);
}

TEST(LanguageModels, WhoNameGenresThatAreNoneAreReplacedByARuleCountedAndWarnedOf) {
  const Scratch scratch;
  const ServerProcess server;
  const auto outcome = perennial_says(scratch, simulate("test-wrong-genre") + at(server) + "--out out");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto creators = summary_in(scratch / "out").at("policies")[0].at("answers").at("creators");
  EXPECT_GT(creators.at("fallbacks"), 0);
  EXPECT_EQ(creators.at("unclear"), 2 * creators.at("fallbacks").get<int>());
  EXPECT_GT(creators.at("fallback_share"), 0.05);
  EXPECT_THAT(slurp(scratch / "out/report.html"),
              HasSubstr("of what the creators were asked was left to a rule"));
}

TEST(LanguageModels, StoppedByABudgetGoOnToTheSameResult) {
  const Scratch scratch;
  const ServerProcess server;
  ASSERT_EQ(perennial_says(scratch, simulate() + at(server) + "--out whole").status, 0);
  std::filesystem::remove(scratch / "answers.sqlite");
  const auto stopped =
      perennial_says(scratch, simulate() + at(server) + "--llm-budget-requests 25 --out part");
  EXPECT_NE(stopped.status, 0);
  EXPECT_THAT(sentence_of(stopped), HasSubstr("go on with: perennial simulate --resume part"));
  const auto resumed =
      perennial_says(scratch, "simulate --resume part --llm-cache-file answers.sqlite " + at(server));
  ASSERT_EQ(resumed.status, 0) << resumed.err;
  EXPECT_EQ(result_in(scratch / "part"), result_in(scratch / "whole"));
}

TEST(LanguageModels, WhoNeverAnswerDoNotKeepTheProgramFromStopping) {
  const Scratch scratch;
  const ServerProcess server;
  const auto outcome = interrupted(scratch, simulate("test-stall") + at(server) + "--out out", "1");
  EXPECT_THAT(sentence_of(outcome), HasSubstr("stopped after round 0; the run is saved")) << outcome.err;
}

TEST(LanguageModels, WithoutAnEndpointAreRefusedBeforeAnythingIsWritten) {
  const Scratch scratch;
  for (const std::string command : {"simulate", "compare"}) {
    const auto outcome = perennial_says(
        scratch, command + " --users 10 --creators 6 --user-model llm --set user_model.model=m --out out");
    EXPECT_NE(outcome.status, 0);
    EXPECT_THAT(sentence_of(outcome), HasSubstr("user_model llm: no language model is at hand"));
    EXPECT_FALSE(std::filesystem::exists(scratch / "out"));
  }
  const auto outcome = perennial_says(scratch, "train --user-model llm --set user_model.model=m --out out");
  EXPECT_THAT(sentence_of(outcome), HasSubstr("train: user_model llm: asks no language models"));
}

TEST(LanguageModels, PlayInComparisonsAndForks) {
  const Scratch scratch;
  const ServerProcess server;
  const std::string people = "--users 10 --creators 6 --creator-model llm --set creator_model.model=test ";
  const auto compared =
      perennial_says(scratch, "compare --policies silent,random --rounds 3 --seeds 2 " + people + at(server) +
                                  "--llm-cache-file answers.sqlite --out compared");
  ASSERT_EQ(compared.status, 0) << compared.err;
  EXPECT_GT(summary_in(scratch / "compared").at("policies")[1].at("answers").at("creators").at("questions"),
            0);
  ASSERT_EQ(perennial_says(scratch, simulate() + at(server) + "--out run").status, 0);
  const auto forked = perennial_says(scratch,
                                     "fork --run run --at 5 --policies random,silent --rounds 2 --out fork "
                                     "--llm-cache-file answers.sqlite " +
                                         at(server));
  ASSERT_EQ(forked.status, 0) << forked.err;
  EXPECT_GT(summary_in(scratch / "fork").at("paths")[1].at("answers").at("users").at("questions"), 0);
}

TEST(LanguageModels, PlayAStudyOnceTheyAreNamedAndAgainFromItsCache) {
  const Scratch scratch;
  const std::string study = "reproduce creagent --rounds 2 --seeds 1 --llm-cache-file answers.sqlite ";
  const auto nameless = perennial_says(scratch, study + "--out out");
  EXPECT_THAT(sentence_of(nameless),
              HasSubstr("its people are a language model, and none is named; give --llm-model"));
  {
    const ServerProcess server;
    const auto asked = perennial_says(scratch, study + "--llm-model test " + at(server) + "--out asked");
    ASSERT_EQ(asked.status, 0) << asked.err;
  }
  const auto again = perennial_says(scratch, study + "--llm-model test --llm-cache only --out again");
  ASSERT_EQ(again.status, 0) << again.err;
  EXPECT_EQ(summary_in(scratch / "again").at("result_hash"), summary_in(scratch / "asked").at("result_hash"));
  const auto other = perennial_says(scratch, study + "--llm-model other --llm-cache only --out other");
  EXPECT_NE(other.status, 0) << "another model has not been asked";
}

TEST(LanguageModels, HaveRulesFittedToTheirDecisionsFromTheCacheAlone) {
  const Scratch scratch;
  {
    const ServerProcess server;
    ASSERT_EQ(perennial_says(scratch, simulate() + at(server) + "--out run").status, 0);
  }
  const auto fitted = perennial_says(scratch,
                                     "study calibrate-surrogate --config run/config.toml --llm-cache only "
                                     "--llm-cache-file answers.sqlite --out surrogate");
  ASSERT_EQ(fitted.status, 0) << fitted.err;
  const auto summary = summary_in(scratch / "surrogate");
  EXPECT_GT(summary.at("creator_decisions"), 0);
  EXPECT_GT(summary.at("watched").at("items"), 0);
  const auto played =
      perennial_says(scratch, "simulate --config surrogate/surrogate.toml --rounds 3 --out played");
  ASSERT_EQ(played.status, 0) << played.err;
  EXPECT_EQ(summary_in(scratch / "played").at("creator_model"), "bounded");
}

}  // namespace
}  // namespace perennial
