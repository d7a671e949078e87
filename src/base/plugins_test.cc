#include "base/plugins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace perennial {
namespace {

struct Shape {
  virtual ~Shape() = default;
  virtual int corners() const = 0;
};
struct Triangle : Shape {
  int corners() const override { return 3; }
};
struct Square : Shape {
  int corners() const override { return 4; }
};

const std::array<Plugin<Shape>, 2> shapes = {{
    {"triangle", "three corners", make_plugin<Shape, Triangle>},
    {"square", "four corners", make_plugin<Shape, Square>},
}};

TEST(FindPlugin, MakesTheOneOfThatName) {
  EXPECT_EQ(find_plugin<Shape>(shapes, "shape", "square").make()->corners(), 4);
}

TEST(FindPlugin, AnUnknownNameNamesTheKindAndTheNearest) {
  try {
    find_plugin<Shape>(shapes, "shape", "squre");
    FAIL() << "an unknown name was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_STREQ(error.what(), "no such shape: 'squre'; did you mean 'square'?");
  }
}

TEST(PluginNames, KeepTheOrderOfTheList) {
  EXPECT_THAT(plugin_names<Shape>(shapes), testing::ElementsAre("triangle", "square"));
}

}  // namespace
}  // namespace perennial
