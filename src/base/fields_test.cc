#include "base/fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/error.h"

namespace perennial {
namespace {

using testing::ElementsAre;

/// A component with one setting of each kind.
struct Component {
  bool warm = true;
  std::int64_t slate = 5;
  double rate = 0.5;
  std::string loss = "bpr";
  Fields fields;

  Component() {
    fields.flag("warm", warm, "start from history")
        .integer("slate", slate, {1, 100}, "items shown")
        .real("rate", rate, {.least = 0}, "learning rate")
        .text("loss", loss, "what is minimised", {"bpr", "logistic"});
    fields.real("bias", bias, {}, "added to every score");
  }
  double bias = 0;
};

/// The sentence of the Error that setting `name` to `value` throws, or "accepted".
std::string refusal(const std::string& name, const FieldValue& value) {
  const Component component;
  try {
    component.fields.set("run.toml: ranker", name, value);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    return error.what();
  }
  return "accepted";
}

TEST(Fields, SetReachesTheVariableBehindTheName) {
  Component component;
  component.fields.set("ranker", "warm", false);
  component.fields.set("ranker", "slate", std::int64_t{7});
  component.fields.set("ranker", "rate", 0.25);
  component.fields.set("ranker", "loss", std::string("logistic"));
  EXPECT_FALSE(component.warm);
  EXPECT_EQ(component.slate, 7);
  EXPECT_EQ(component.rate, 0.25);
  EXPECT_EQ(component.loss, "logistic");
}

TEST(Fields, AWholeNumberDoesForARealOne) {
  Component component;
  component.fields.set("ranker", "rate", std::int64_t{2});
  EXPECT_EQ(component.rate, 2.0);
}

TEST(Fields, AnUnknownKeyNamesThePlaceAndTheNearestKey) {
  EXPECT_EQ(refusal("slat", std::int64_t{3}), "run.toml: ranker.slat: unknown key; did you mean 'slate'?");
  EXPECT_EQ(refusal("temperature", 1.0),
            "run.toml: ranker.temperature: unknown key; there are: warm, slate, rate, loss, bias");
}

TEST(Fields, AComponentWithoutSettingsSaysSo) {
  try {
    Fields().set("silent", "rate", 1.0);
    FAIL() << "a key was taken where there is none";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "silent.rate: silent has no settings");
  }
}

TEST(Fields, ANumberOutsideItsRangeNamesValueAndRule) {
  EXPECT_EQ(refusal("slate", std::int64_t{0}), "run.toml: ranker.slate = 0: must lie between 1 and 100");
  EXPECT_EQ(refusal("slate", std::int64_t{101}), "run.toml: ranker.slate = 101: must lie between 1 and 100");
  EXPECT_EQ(refusal("slate", std::int64_t{100}), "accepted");
}

TEST(Fields, ANumberThatIsNotFiniteIsRefused) {
  EXPECT_EQ(refusal("bias", std::nan("")), "run.toml: ranker.bias = nan: must be a finite number");
  EXPECT_EQ(refusal("bias", std::numeric_limits<double>::infinity()),
            "run.toml: ranker.bias = inf: must be a finite number");
}

TEST(Fields, AValueOfTheWrongKindIsRefused) {
  EXPECT_EQ(refusal("warm", std::int64_t{1}), "run.toml: ranker.warm = 1: must be true or false");
  EXPECT_EQ(refusal("slate", 1.5), "run.toml: ranker.slate = 1.5: must be a whole number");
  EXPECT_EQ(refusal("rate", std::string("fast")), "run.toml: ranker.rate = \"fast\": must be a number");
  EXPECT_EQ(refusal("loss", true), "run.toml: ranker.loss = true: must be text");
}

TEST(Fields, ATextThatIsNoChoiceNamesTheNearestChoice) {
  EXPECT_EQ(refusal("loss", std::string("logistics")),
            "run.toml: ranker.loss = \"logistics\": no such choice; did you mean 'logistic'?");
}

TEST(Fields, ARefusedValueLeavesTheOldOne) {
  Component component;
  EXPECT_THROW(component.fields.set("ranker", "slate", std::int64_t{0}), Error);
  EXPECT_EQ(component.slate, 5);
}

TEST(Fields, IncludeAddsAnotherComponentsFields) {
  Component inner;
  double momentum = 0.9;
  Fields outer;
  outer.real("momentum", momentum, {0, 1}, "of the optimiser").include(inner.fields);
  outer.set("ranker", "slate", std::int64_t{9});
  EXPECT_EQ(inner.slate, 9);
  EXPECT_THAT(outer.names(), ElementsAre("momentum", "warm", "slate", "rate", "loss", "bias"));
}

TEST(Fields, ValueShowsWhatHoldsNow) {
  Component component;
  component.fields.set("ranker", "slate", std::int64_t{7});
  EXPECT_EQ(Fields::value(component.fields.all()[1]), FieldValue(std::int64_t{7}));
}

TEST(ParseFieldValue, ReadsFlagsNumbersAndText) {
  EXPECT_EQ(parse_field_value("true"), FieldValue(true));
  EXPECT_EQ(parse_field_value("-3"), FieldValue(std::int64_t{-3}));
  EXPECT_EQ(parse_field_value("1e-3"), FieldValue(0.001));
  EXPECT_EQ(parse_field_value("most-click"), FieldValue(std::string("most-click")));
  EXPECT_EQ(parse_field_value("3 items"), FieldValue(std::string("3 items")));
  EXPECT_EQ(parse_field_value(""), FieldValue(std::string()));
}

TEST(ToToml, ARealNumberStaysARealNumber) {
  EXPECT_EQ(to_toml(2.0), "2.0");
  EXPECT_EQ(to_toml(1e300), "1e+300");
}

TEST(ToToml, EscapesWhatWouldEndTheText) {
  EXPECT_EQ(to_toml(std::string("C:\\a \"b\"\n")), R"("C:\\a \"b\"\n")");
}

RC_GTEST_PROP(ToToml, NumbersReadBackExactly, (double real, std::int64_t whole)) {
  RC_PRE(std::isfinite(real));
  RC_ASSERT(parse_field_value(to_toml(real)) == FieldValue(real));
  RC_ASSERT(parse_field_value(to_toml(whole)) == FieldValue(whole));
}

}  // namespace
}  // namespace perennial
