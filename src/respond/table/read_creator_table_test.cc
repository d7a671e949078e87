#include "respond/table/read_creator_table.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "io/table_source.h"
#include "io/temporary_folder.h"

namespace perennial {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CreatorTableReading : public testing::Test {
 protected:
  CreatorTable read(const std::string& csv, const FeatureSchema* known = nullptr) {
    const auto source = open_table_source(folder_.write("t.csv", csv).string());
    return read_creator_table(*source, columns_, folder_.path(), known);
  }

  std::string refusal(const std::string& csv, const FeatureSchema* known = nullptr) {
    try {
      read(csv, known);
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), HasSubstr("t.csv: "));
      return error.what();
    }
    ADD_FAILURE() << "not refused";
    return "";
  }

  /// With arm and outcome.
  void experiment() {
    columns_.arm = "arm";
    columns_.outcomes = {"posts"};
  }

  static std::vector<float> feature(const CreatorTable& table, std::size_t f) {
    std::vector<float> all(table.size() * table.schema.size()), values;
    table.features->read(0, all);
    for (std::size_t i = f; i < all.size(); i += table.schema.size()) values.push_back(all[i]);
    return values;
  }

  TemporaryFolder folder_;
  CreatorColumns columns_;
};

TEST_F(CreatorTableReading, TakesEveryOtherColumnAsAFeatureByItsType) {
  experiment();
  columns_.cluster = "city";
  const auto table = read(
      "creator_id,arm,posts,city,age,verified,genre\n"
      "a,treatment,3,x,1.5,true,jazz\n"
      "b,control,0,y,,false,rock\n"
      "c,control,1,x,2,,rock\n"
      "d,untouched,1,x,4,true,\n");
  ASSERT_EQ(table.size(), 4U);
  EXPECT_EQ(table.ids[2], "c");
  EXPECT_THAT(table.arms, ElementsAre(Arm::treatment, Arm::control, Arm::control, Arm::untouched));
  EXPECT_THAT(table.outcome("posts"), ElementsAre(3, 0, 1, 1));
  EXPECT_THAT(table.clusters, ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(table.cluster_names, ElementsAre("x", "y"));
  EXPECT_EQ(table.cluster_column, "city");
  EXPECT_THAT(table.schema.names(), ElementsAre("age", "verified", "genre"));
  EXPECT_EQ(table.schema.features[0].kind, FeatureKind::numeric);
  EXPECT_EQ(table.schema.features[1].kind, FeatureKind::boolean);
  EXPECT_THAT(table.schema.features[2].categories, ElementsAre("rock", "jazz"));
  EXPECT_THAT(feature(table, 0), ElementsAre(1.5F, testing::NanSensitiveFloatEq(NAN), 2, 4));
  EXPECT_THAT(feature(table, 1), ElementsAre(1, 0, testing::NanSensitiveFloatEq(NAN), 1));
  EXPECT_THAT(feature(table, 2), ElementsAre(1, 0, 0, testing::NanSensitiveFloatEq(NAN)));
  EXPECT_TRUE(table.warnings.empty());
}

TEST_F(CreatorTableReading, ReadsATableOfManyPiecesInOrder) {
  columns_.features = {"x", "kind"};
  std::string csv = "creator_id,x,kind\n";
  for (int i = 0; i < 10000; ++i) csv += fmt::format("{},{},{}\n", i, i, i % 3 == 0 ? "rare" : "usual");
  const auto table = read(csv);
  const auto x = feature(table, 0), kind = feature(table, 1);
  for (int i = 0; i < 10000; ++i) {
    const auto row = static_cast<std::size_t>(i);
    ASSERT_EQ(table.ids[row], std::to_string(i));
    ASSERT_EQ(x[row], static_cast<float>(i));
    ASSERT_EQ(kind[row], i % 3 == 0 ? 1.F : 0.F) << "most frequent first";
  }
}

TEST_F(CreatorTableReading, AsksWhichOfThreeArmsIsWhich) {
  experiment();
  const std::string csv = "creator_id,arm,posts\n1,Mens,1\n2,Womens,2\n3,None,3\n4,Womens,0\n";
  EXPECT_THAT(refusal(csv),
              HasSubstr("column 'arm' holds 'Mens', 'None', 'Womens', which do not say which is "
                        "which: map them, as in --arm-values treatment=X,control=Y"));
  columns_.arm_values = {{"Womens", Arm::treatment}, {"None", Arm::control}};
  const auto table = read(csv);
  EXPECT_THAT(table.arms, ElementsAre(Arm::treatment, Arm::control, Arm::treatment));
  EXPECT_THAT(table.outcome("posts"), ElementsAre(2, 3, 0));
  EXPECT_THAT(table.warnings, ElementsAre("1 rows with arm 'Mens' are left out: it stands for no arm"));
  columns_.arm_values = {{"Woman", Arm::treatment}, {"None", Arm::control}};
  EXPECT_THAT(refusal(csv), HasSubstr("never holds 'Woman'"));
}

TEST_F(CreatorTableReading, KnowsUsualNamesOfArms) {
  experiment();
  for (const auto& [treated, control] :
       {std::pair{"1", "0"}, std::pair{"true", "false"}, std::pair{"1.0", "0.0"}, std::pair{"T", "C"}}) {
    const auto table = read(fmt::format("creator_id,arm,posts\n1,{},1\n2,{},2\n", treated, control));
    EXPECT_THAT(table.arms, ElementsAre(Arm::treatment, Arm::control)) << treated;
  }
}

TEST_F(CreatorTableReading, RefusesAnExperimentWithoutAComparison) {
  experiment();
  EXPECT_THAT(refusal("creator_id,arm,posts\n1,1,1\n2,1,2\n"),
              HasSubstr("column 'arm' puts nobody into control"));
  columns_.fewest_per_arm = 20;
  EXPECT_THAT(refusal("creator_id,arm,posts\n1,1,1\n2,0,2\n"),
              HasSubstr("only 1 creators in treatment: too few to tell anything, at least 20"));
}

TEST_F(CreatorTableReading, RefusesACreatorThatStandsTwiceWithBothRows) {
  EXPECT_THAT(
      refusal("creator_id,x\na,1\nb,2\nc,3\nb,4\nb,5\n"),
      HasSubstr("creator 'b' stands in rows 2 and 4, and 1 more rows repeat one: one row per creator"));
  EXPECT_THAT(refusal("creator_id,x\na,1\n,2\n"), HasSubstr("column 'creator_id' is empty in row 2"));
  EXPECT_THAT(refusal("creator_id,x\n"), HasSubstr("there are no rows"));
}

TEST_F(CreatorTableReading, RefusesOutcomesThatAreMissingInfiniteOrNeverVary) {
  experiment();
  EXPECT_THAT(refusal("creator_id,arm,posts\n1,1,1\n2,0,\n"),
              HasSubstr("outcome 'posts' is missing in row 2"));
  EXPECT_THAT(refusal("creator_id,arm,posts\n1,1,1\n2,0,inf\n"),
              HasSubstr("outcome 'posts' is infinite in row 2"));
  EXPECT_THAT(refusal("creator_id,arm,posts\n1,1,2\n2,0,2\n"),
              HasSubstr("outcome 'posts' is 2 for every creator: there is nothing to learn"));
  EXPECT_THAT(refusal("creator_id,arm,posts\n1,1,many\n2,0,2\n"),
              HasSubstr("column 'posts' holds text, not numbers"));
  columns_.outcomes = {"posts", "likes"};
  EXPECT_THAT(read("creator_id,arm,posts,likes\n1,1,1,0\n2,0,2,0\n").warnings,
              ElementsAre("outcome 'likes' is 0 for every creator"));
}

TEST_F(CreatorTableReading, RefusesInfiniteFeaturesAndIdsAsFeatures) {
  EXPECT_THAT(refusal("creator_id,x\n1,1\n2,-inf\n"), HasSubstr("feature 'x' is infinite in row 2"));
  EXPECT_THAT(refusal("creator_id,x\n1,1e300\n"), HasSubstr("feature 'x' is beyond 3.4e38 in row 1"));
  std::string csv = "creator_id,name\n";
  for (int i = 0; i < 10001; ++i) csv += fmt::format("{0},name{0}\n", i);
  EXPECT_THAT(refusal(csv), HasSubstr("column 'name' is text with more than 10000 different values, as "
                                      "'name10000': no feature; leave it out with --ignore name"));
}

TEST_F(CreatorTableReading, RefusesColumnsThatAreNotThereWithTheNearest) {
  columns_.creator = "creatr_id";
  EXPECT_THAT(refusal("creator_id,x\n1,1\n"), HasSubstr("no column 'creatr_id'; did you mean 'creator_id'?"));
}

TEST_F(CreatorTableReading, GivesMissingPreOutcomesTheMeanAndSaysSo) {
  experiment();
  columns_.pre_outcomes = {{"posts", "before"}};
  const auto table = read("creator_id,arm,posts,before\n1,1,1,4\n2,0,2,\n3,0,5,8\n");
  EXPECT_THAT(table.pre_outcomes[0].values, ElementsAre(4, 6, 8));
  EXPECT_THAT(table.warnings, ElementsAre(HasSubstr("'before' is missing for 1 of 3 creators")));
  EXPECT_THAT(table.schema.names(), ElementsAre("before")) << "what was before may also tell who responds";
}

TEST_F(CreatorTableReading, RefusesToChooseCreatorsByWhatTheTreatmentDid) {
  experiment();
  const std::string csv = "creator_id,arm,posts,likes,age\n1,1,1,0,20\n2,0,2,1,30\n3,0,0,1,40\n4,1,0,1,40\n";
  columns_.filter = "age > 10 AND \"Posts\" > 0";
  EXPECT_THAT(refusal(csv), HasSubstr("creators are chosen by 'posts', which is measured after the start"));
  columns_.filter = "likes > 0";
  columns_.after_treatment = {"likes"};
  EXPECT_THAT(refusal(csv), HasSubstr("chosen by 'likes'"));
  columns_.force = true;
  const auto table = read(csv);
  EXPECT_EQ(table.size(), 3U);
  EXPECT_THAT(table.warnings, ElementsAre(HasSubstr("chosen by 'likes'")));
  EXPECT_THAT(table.schema.names(), ElementsAre("age"));
  columns_.force = false;
  columns_.filter = "age > 20 /* posts */ AND 'posts' <> 'likes'";
  EXPECT_EQ(read(csv).size(), 3U);
  columns_.filter.clear();
  columns_.query = "SELECT * FROM t WHERE posts > 0";
  EXPECT_THAT(refusal(csv), HasSubstr("chosen by 'posts'"));
}

TEST_F(CreatorTableReading, RefusesAFeatureMeasuredAfterTheStart) {
  experiment();
  columns_.features = {"age", "likes"};
  columns_.after_treatment = {"likes"};
  EXPECT_THAT(refusal("creator_id,arm,posts,likes,age\n1,1,1,0,20\n2,0,2,1,30\n"),
              HasSubstr("the feature 'likes' is measured after the start"));
}

TEST_F(CreatorTableReading, NamesEveryColumnThatDoesNotFitTheModel) {
  const FeatureSchema known{{{"age", FeatureKind::numeric, {}},
                             {"genre", FeatureKind::categorical, {"rock", "jazz"}},
                             {"verified", FeatureKind::boolean, {}}}};
  EXPECT_THAT(
      refusal("creator_id,age,verified\n1,old,true\n", &known),
      HasSubstr("does not fit what the model was fitted on: 'age' holds text, not numbers; 'genre' is "
                "not there"));
}

TEST_F(CreatorTableReading, MatchesColumnsToTheModelByNameAndCountsUnseenCategories) {
  const FeatureSchema known{{{"age", FeatureKind::numeric, {}},
                             {"genre", FeatureKind::categorical, {"rock", "jazz"}},
                             {"height", FeatureKind::numeric, {}}}};
  const auto table =
      read("genre,more,creator_id,age,height\njazz,1,a,5,\npolka,1,b,6,\nrock,1,c,,\n", &known);
  EXPECT_THAT(table.schema.names(), ElementsAre("age", "genre", "height"));
  EXPECT_THAT(feature(table, 1), ElementsAre(1, testing::NanSensitiveFloatEq(NAN), 0));
  EXPECT_THAT(feature(table, 2), testing::Each(testing::NanSensitiveFloatEq(NAN)))
      << "an empty column fits every kind";
  EXPECT_THAT(table.warnings,
              ElementsAre("feature 'genre' has values in 1 rows that the model never saw: they "
                          "count as missing"));
}

TEST_F(CreatorTableReading, TakesNothingButIdsWhereThereIsNoMore) {
  const auto table = read("creator_id\n1\n2\n");
  EXPECT_EQ(table.size(), 2U);
  EXPECT_FALSE(table.features.has_value());
  EXPECT_TRUE(table.arms.empty());
}

TEST_F(CreatorTableReading, AsksWhichTableOfSeveral) {
  folder_.write("a.csv", "creator_id\n1\n");
  folder_.write("b.csv", "creator_id\n2\n");
  const auto source = open_table_source(folder_.path().string());
  try {
    read_creator_table(*source, columns_, folder_.path());
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("there are the tables a, b: say which with --query"));
  }
  columns_.query = "SELECT * FROM b;";
  EXPECT_EQ(read_creator_table(*source, columns_, folder_.path()).ids[0], "2");
}

}  // namespace
}  // namespace perennial
