#include "llm/schema_choice.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

TEST(SchemaChoice, FindsOutOnceWhatTheEndpointTakes) {
  SchemaChoice choice("auto");
  EXPECT_EQ(choice.mode(), SchemaMode::json_schema);
  EXPECT_EQ(choice.after_refusal(SchemaMode::json_schema), SchemaMode::json_object);
  EXPECT_EQ(choice.after_refusal(SchemaMode::json_object), SchemaMode::none);
  EXPECT_EQ(choice.after_refusal(SchemaMode::none), std::nullopt);
  EXPECT_FALSE(choice.fell_back());
  choice.answered(SchemaMode::json_object);
  EXPECT_EQ(choice.mode(), SchemaMode::json_object);
  EXPECT_TRUE(choice.fell_back());
}

TEST(SchemaChoice, QuestionsUnderWayFollowWhatWasFoundOut) {
  SchemaChoice choice("auto");
  choice.answered(SchemaMode::none);
  EXPECT_EQ(choice.after_refusal(SchemaMode::json_schema), SchemaMode::none);
}

TEST(SchemaChoice, ARefusalOfAFormThatWasTakenBeforeHasAnotherReason) {
  SchemaChoice choice("auto");
  choice.answered(SchemaMode::json_schema);
  EXPECT_EQ(choice.after_refusal(SchemaMode::json_schema), std::nullopt);
  EXPECT_FALSE(choice.fell_back());
}

TEST(SchemaChoice, AFormThatWasChosenStays) {
  for (const auto mode : {SchemaMode::json_schema, SchemaMode::json_object, SchemaMode::none}) {
    SchemaChoice choice{std::string(schema_mode_name(mode))};
    EXPECT_EQ(choice.mode(), mode);
    EXPECT_EQ(choice.after_refusal(mode), std::nullopt);
    choice.answered(mode);
    EXPECT_FALSE(choice.fell_back());
  }
}

}  // namespace
}  // namespace perennial
