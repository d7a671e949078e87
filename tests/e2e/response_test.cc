#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "io/checkpoint.h"
#include "program.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Json = nlohmann::json;

/// One creator of a table, as text: what a broken table has otherwise.
struct Row {
  std::string id, arm, posts, followers, genre, studio;
};

/// A number in [0, 1) that looks random: creator `i`'s property `of`.
double noise(unsigned i, unsigned of) {
  constexpr std::uint64_t prime = 2147483647;
  std::uint64_t state = i * 7919ULL + of * 104729ULL + 1;
  for (int step = 0; step < 4; ++step) state = state * 48271 % prime;
  return static_cast<double>(state) / static_cast<double>(prime);
}

/// Musicians make four posts more when they are boosted, the others none.
Row creator(int i) {
  const auto place = static_cast<unsigned>(i);
  const bool treated = noise(place, 1) < 0.5, musician = noise(place, 2) < 0.5;
  const double posts = 2 + 4 * noise(place, 3) + (treated && musician ? 4 : 0);
  return {.id = "c" + std::to_string(i),
          .arm = treated ? "treatment" : "control",
          .posts = std::to_string(static_cast<int>(posts)),
          .followers = i % 20 == 0 ? "" : std::to_string(static_cast<int>(1000 * noise(place, 4))),
          .genre = musician     ? "music"
                   : i % 3 == 0 ? "news"
                                : "games",
          .studio = "s" + std::to_string(i / 4)};
}

/// The first `creators` as a table; `change` may spoil each.
void write_table(const Scratch& scratch, const std::string& name, int creators,
                 const std::function<void(int, Row&)>& change = {}) {
  std::ofstream file(scratch / name);
  file << "creator_id,arm,posts,followers,genre,studio\n";
  for (int i = 0; i < creators; ++i) {
    Row row = creator(i);
    if (change) change(i, row);
    file << row.id << ',' << row.arm << ',' << row.posts << ',' << row.followers << ',' << row.genre << ','
         << row.studio << '\n';
  }
}

constexpr const char* small = " --rounds 30 --leaves 8 --learning-rate 0.2 --threads 1";

Outcome fit(const Scratch& scratch, const std::string& table, const std::string& flags = "") {
  return perennial_says(scratch, "response fit --table " + table +
                                     " --treatment arm --outcome posts --ignore studio --out model " + flags +
                                     small);
}

std::vector<std::string> files_of(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

void expect_one_sentence(const Outcome& outcome, const std::vector<std::string>& words) {
  EXPECT_EQ(outcome.status, 2) << outcome.err;
  const auto sentence = sentence_of(outcome);
  for (const auto& word : words) EXPECT_THAT(sentence, HasSubstr(word));
  EXPECT_EQ(std::count(sentence.begin(), sentence.end(), '\n'), 1) << sentence;
}

TEST(Response, GoesFromFitToEvaluationScoresAndComparison) {
  const Scratch scratch;
  write_table(scratch, "creators.csv", 4000);
  const auto fitted = fit(scratch, "creators.csv");
  ASSERT_EQ(fitted.status, 0) << fitted.err;
  EXPECT_THAT(fitted.out, HasSubstr("genre"));
  EXPECT_THAT(files_of(scratch / "model"),
              testing::IsSupersetOf({"columns.json", "config.toml", "response.model", "summary.json"}));

  const auto evaluated = perennial_says(
      scratch,
      "response evaluate --model model --table creators.csv --placebos 2 --out evaluation --threads 1");
  ASSERT_EQ(evaluated.status, 0) << evaluated.err;
  EXPECT_THAT(
      files_of(scratch / "evaluation"),
      testing::IsSupersetOf({"clan.parquet", "config.toml", "report.html", "summary.json", "toc.parquet"}));
  EXPECT_TRUE(std::filesystem::exists(scratch / "model" / "calibration.json"));
  const auto found = Json::parse(slurp(scratch / "evaluation" / "summary.json"));
  EXPECT_EQ(found.at("verdict"), "launch") << found.at("reason");
  EXPECT_GT(found.at("ate").at("mean"), 0);

  const auto scored =
      perennial_says(scratch, "response score --model model --table creators.csv --out scores.csv --effect");
  ASSERT_EQ(scored.status, 0) << scored.err;
  const auto scores = slurp(scratch / "scores.csv");
  EXPECT_EQ(scores.substr(0, scores.find('\n')), "creator_id,score,calibrated_score,multiplier,arm,effect");
  EXPECT_EQ(std::count(scores.begin(), scores.end(), '\n'), 4001);

  const auto compared =
      perennial_says(scratch,
                     "response compare --models model --learners constant --table creators.csv "
                     "--out compared --threads 1");
  ASSERT_EQ(compared.status, 0) << compared.err;
  const auto models = Json::parse(slurp(scratch / "compared" / "summary.json")).at("models");
  ASSERT_EQ(models.size(), 2U);
  EXPECT_LT(models[1].at("autoc_versus_first").at("estimate"), 0);
  EXPECT_THAT(
      files_of(scratch / "compared"),
      testing::IsSupersetOf({"config.toml", "models.parquet", "report.html", "summary.json", "toc.parquet"}));
}

TEST(Response, ScoresCategoriesItNeverSawAndSaysSo) {
  const Scratch scratch;
  write_table(scratch, "creators.csv", 400);
  ASSERT_EQ(fit(scratch, "creators.csv").status, 0);
  write_table(scratch, "new.csv", 50, [](int i, Row& row) { row.genre = i < 7 ? "polka" : row.genre; });
  const auto scored =
      perennial_says(scratch, "response score --model model --table new.csv --out scores.csv");
  EXPECT_EQ(scored.status, 0);
  EXPECT_THAT(scored.err, HasSubstr("'genre' has values in 7 rows that the model never saw"));
  const auto scores = slurp(scratch / "scores.csv");
  EXPECT_EQ(std::count(scores.begin(), scores.end(), '\n'), 51);
  EXPECT_THAT(scores, Not(HasSubstr("nan")));
}

TEST(Response, HoldsOutWholeStudiosAndMustBeToldOfThemAgain) {
  const Scratch scratch;
  write_table(scratch, "creators.csv", 4000);
  ASSERT_EQ(fit(scratch, "creators.csv", "--cluster studio").status, 0);
  const std::string evaluate =
      "response evaluate --model model --table creators.csv --placebos 0 --threads 1 --out evaluation";
  const auto remembered = perennial_says(scratch, evaluate + " --json");
  ASSERT_EQ(remembered.status, 0) << remembered.err;
  const auto found = Json::parse(remembered.out);
  // Four creators each, none of whom is held out alone.
  EXPECT_EQ(found.at("n").get<int>(), 4 * found.at("clusters").get<int>());
  expect_one_sentence(perennial_says(scratch, evaluate + "2 --cluster genre"),
                      {"whole clusters of column 'studio'", "'genre'"});
  EXPECT_FALSE(std::filesystem::exists(scratch / "evaluation2"));
}

/// A table that cannot be fitted, and what is said of it.
struct BadTable {
  std::string name;
  int creators;
  std::function<void(int, Row&)> change;
  std::vector<std::string> words;
};

void PrintTo(const BadTable& table, std::ostream* out) {
  *out << table.name;
}

class ResponseFitOf : public testing::TestWithParam<BadTable> {};

TEST_P(ResponseFitOf, IsRefusedInOneSentenceAndTheModelThatWasThereStays) {
  const Scratch scratch;
  write_table(scratch, "creators.csv", 400);
  ASSERT_EQ(fit(scratch, "creators.csv").status, 0);
  const auto before = slurp(scratch / "model" / "response.model");
  const auto files = files_of(scratch / "model");
  write_table(scratch, "bad.csv", GetParam().creators, GetParam().change);
  expect_one_sentence(fit(scratch, "bad.csv"), GetParam().words);
  EXPECT_EQ(files_of(scratch / "model"), files);
  EXPECT_EQ(slurp(scratch / "model" / "response.model"), before);
  EXPECT_EQ(perennial_says(scratch, "response score --model model --table creators.csv --out s.csv").status,
            0);
  std::filesystem::remove_all(scratch / "model");
  EXPECT_EQ(fit(scratch, "bad.csv").status, 2);
  EXPECT_FALSE(std::filesystem::exists(scratch / "model"));
}

INSTANTIATE_TEST_SUITE_P(
    ATable, ResponseFitOf,
    testing::Values(BadTable{"OfTenCreators", 10, {}, {"bad.csv", "too few to tell anything", "at least 20"}},
                    BadTable{"WhereAllAreTreated",
                             400,
                             [](int, Row& row) { row.arm = "treatment"; },
                             {"bad.csv", "'arm'", "nobody into control"}},
                    BadTable{"WhoseOutcomeNeverVaries",
                             400,
                             [](int, Row& row) { row.posts = "3"; },
                             {"bad.csv", "outcome 'posts' is 3 for every creator"}},
                    BadTable{"WithAnInfiniteFeature",
                             400,
                             [](int i, Row& row) { row.followers = i == 41 ? "inf" : row.followers; },
                             {"bad.csv", "feature 'followers' is infinite in row 42"}},
                    BadTable{"WithAnInfiniteOutcome",
                             400,
                             [](int i, Row& row) { row.posts = i == 41 ? "-inf" : row.posts; },
                             {"bad.csv", "outcome 'posts' is infinite in row 42"}},
                    BadTable{"WithACreatorTwice",
                             400,
                             [](int i, Row& row) { row.id = i == 9 ? "c3" : row.id; },
                             {"bad.csv", "creator 'c3' stands in rows 4 and 10"}},
                    BadTable{"WithThreeArms",
                             400,
                             [](int i, Row& row) { row.arm = i % 3 == 0   ? "A"
                                                             : i % 3 == 1 ? "B"
                                                                          : "C"; },
                             {"bad.csv", "'A', 'B', 'C'", "--arm-values treatment=X,control=Y"}},
                    // Seen only when the training part is known, after the table is read.
                    BadTable{"WhoseTrainingPartIsTooSmall",
                             400,
                             [](int i, Row& row) {
                               row.arm = i < 20 ? "treatment" : "control";
                               row.posts = i < 399 ? "0" : "1";
                             },
                             {"training part"}}),
    [](const auto& table) { return table.param.name; });

TEST(ResponseModel, OfAnotherFormatIsRefused) {
  const Scratch scratch;
  write_table(scratch, "creators.csv", 400);
  ASSERT_EQ(fit(scratch, "creators.csv").status, 0);
  const auto path = scratch / "model" / "response.model";
  auto checkpoint = read_checkpoint(path, "response");
  auto header = Json::parse(checkpoint.header);
  header["format"] = 999;
  checkpoint.header = header.dump();
  write_checkpoint(path, checkpoint);
  const auto outcome =
      perennial_says(scratch, "response score --model model --table creators.csv --out s.csv");
  expect_one_sentence(outcome, {"response.model", "format 999", "fit it again"});
  EXPECT_FALSE(std::filesystem::exists(scratch / "s.csv"));
  expect_one_sentence(
      perennial_says(scratch, "response evaluate --model model --table creators.csv --out evaluation"),
      {"format 999"});
  EXPECT_FALSE(std::filesystem::exists(scratch / "evaluation"));
}

TEST(ResponseScore, NamesEveryColumnThatTheModelMisses) {
  const Scratch scratch;
  write_table(scratch, "creators.csv", 400);
  ASSERT_EQ(fit(scratch, "creators.csv").status, 0);
  std::ofstream(scratch / "bare.csv") << "creator_id,age\na,3\nb,4\n";
  expect_one_sentence(
      perennial_says(scratch, "response score --model model --table bare.csv --out s.parquet"),
      {"bare.csv", "'followers' is not there", "'genre' is not there"});
  EXPECT_FALSE(std::filesystem::exists(scratch / "s.parquet"));
}

}  // namespace
}  // namespace perennial
