#include "world/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "io/temporary_folder.h"
#include "world/definition_file.h"
#include "world/statistics.h"
#include "world/world_folder.h"

namespace perennial {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

template <class Action>
std::string error_of(ErrorCode code, const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    return error.what();
  }
  return "no error";
}

TEST(Catalogue, HasTheTwoWorldsOfThePaper) {
  EXPECT_THAT(builtin_world_names(), Contains("youtube"));
  EXPECT_THAT(builtin_world_names(), Contains("amazon-video-games"));
  for (const auto& world : builtin_worlds()) {
    EXPECT_FALSE(world.summary.empty()) << world.name;
    EXPECT_FALSE(world.facts.empty()) << world.name;
  }
}

TEST(Catalogue, BuiltInWorldsAreOfTheSizeOfTheMainStudyUnlessAskedOtherwise) {
  const auto world = load_world("youtube", 0, 0, 1);
  EXPECT_EQ(world.users.size(), 100U);
  EXPECT_EQ(world.creators.size(), 50U);
  EXPECT_EQ(load_world("youtube", 7, 3, 1).creators.size(), 3U);
}

TEST(Catalogue, NamesTheNearestWorld) {
  EXPECT_THAT(error_of(ErrorCode::not_found, [] { open_world("yuotube"); }),
              HasSubstr("did you mean 'youtube'?"));
  EXPECT_THAT(error_of(ErrorCode::not_found, [] { open_world("/nowhere/at/all"); }),
              HasSubstr("/nowhere/at/all"));
  EXPECT_THAT(error_of(ErrorCode::not_found, [] { open_world(""); }), HasSubstr("no such world"));
}

TEST(Catalogue, OpensAGeneratorFileAndAnImportedFolderByPath) {
  const TemporaryFolder folder;
  const auto file = folder.write("mine.toml", definition_text(builtin_worlds().front()));
  EXPECT_EQ(load_world(file.string(), 9, 4, 1).users.size(), 9U);
  write_world(folder / "world", load_world("youtube", 20, 10, 1), "a test");
  EXPECT_EQ(load_world((folder / "world").string(), 0, 0, 1).users.size(), 20U);
  EXPECT_EQ(load_world((folder / "world").string(), 5, 0, 1).users.size(), 5U);
  EXPECT_THAT(
      error_of(ErrorCode::invalid_argument, [&] { load_world((folder / "world").string(), 21, 0, 1); }),
      HasSubstr("has 20 users, not 21"));
  EXPECT_THAT(error_of(ErrorCode::invalid_data, [&] { open_world(folder.path().string()); }),
              HasSubstr("is no imported world"));
}

/// How far a big generated world may be from what is known of the real one.
void expect_facts(const std::string& name, double tolerance, double entropy_tolerance) {
  const auto source = open_world(name);
  const auto statistics = statistics_of(source.make(50'000, 20'000, 11));
  for (const auto& row : compare_with(source.facts(), statistics)) {
    const double allowed = row.label.find("entropy") != std::string::npos     ? entropy_tolerance
                           : row.label.find("items per") != std::string::npos ? 0.02 * row.real
                                                                              : tolerance;
    EXPECT_NEAR(row.here, row.real, allowed) << name << ": " << row.label;
  }
}

TEST(BuiltInWorlds, MeetTheFactsOfTheRealOnes) {
  expect_facts("youtube", 0.035, 0.05);
  expect_facts("amazon-video-games", 0.03, 0.05);
}

TEST(BuiltInWorlds, OverlapLikeTheRealOnesAlsoWhenSmall) {
  for (const auto& [name, shared] : {std::pair("youtube", 0.22), std::pair("amazon-video-games", 0.80)}) {
    const auto source = open_world(name);
    double sum = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed)
      sum += statistics_of(source.make(100, 50, seed)).shared_interest;
    EXPECT_NEAR(sum / 200, shared, 0.03) << name;
  }
}

}  // namespace
}  // namespace perennial
