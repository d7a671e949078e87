#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "paths_for_tests.h"
#include "structure/house_rules.h"
#include "structure/source_tree.h"

namespace perennial::structure {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<SourceFile> sources() {
  return read_files(PERENNIAL_SOURCE_DIR, "src", {".h", ".cc", "CMakeLists.txt"});
}

SourceFile file(std::string path, std::vector<std::string> lines = {}) {
  return {.path = std::move(path), .lines = std::move(lines)};
}

TEST(House, DeclaresItsRoomsInTheOrderOfTheHouse) {
  EXPECT_THAT(breaches_of_order(read_rooms(sources())), IsEmpty());
}

TEST(House, IncludesOnlyWhatItDeclares) {
  const auto files = sources();
  EXPECT_THAT(breaches_of_declaration(files, read_rooms(files)), IsEmpty());
}

TEST(House, KeepsEachPluginToItsFoldersList) {
  EXPECT_THAT(breaches_of_plugin_privacy(sources()), IsEmpty());
}

TEST(House, HasItsRoomsFound) {
  std::vector<std::string> names;
  for (const auto& room : read_rooms(sources())) names.push_back(room.name);
  EXPECT_THAT(names, testing::IsSupersetOf({"base", "io", "world", "people_users", "people_creators",
                                            "platform_recommend", "platform_suggest", "simulate", "study",
                                            "report"}));
}

// The rules themselves, on small houses with one thing wrong.

TEST(ReadRooms, TakesNameFolderAndDependsWithoutLinks) {
  const auto rooms =
      read_rooms({file("src/people/users/CMakeLists.txt",
                       {"perennial_room(people_users", "  DEPENDS world llm", "  LINK fmt::fmt)"}),
                  file("src/base/CMakeLists.txt", {"perennial_room(base LINK fmt::fmt)"})});
  ASSERT_EQ(rooms.size(), 2U);
  EXPECT_EQ(rooms[0].name, "people_users");
  EXPECT_EQ(rooms[0].folder, "people/users");
  EXPECT_THAT(rooms[0].depends, ElementsAre("world", "llm"));
  EXPECT_THAT(rooms[1].depends, IsEmpty());
}

std::vector<Room> small_house() {
  return {{"base", "base", {}},
          {"io", "io", {"base"}},
          {"world", "world", {"io"}},
          {"people_users", "people/users", {"world"}},
          {"people_creators", "people/creators", {"world"}},
          {"platform_recommend", "platform/recommend", {"world"}},
          {"simulate", "simulate", {"people_users", "people_creators", "platform_recommend"}}};
}

TEST(OrderRule, AcceptsTheOrderOfTheHouse) {
  EXPECT_THAT(breaches_of_order(small_house()), IsEmpty());
}

TEST(OrderRule, FindsARoomThatDeclaresAHigherOne) {
  auto rooms = small_house();
  rooms[1].depends.push_back("simulate");
  EXPECT_THAT(breaches_of_order(rooms), ElementsAre("io declares simulate, which is not below it"));
}

TEST(OrderRule, FindsPeopleLookingIntoThePlatformAndSiblings) {
  auto rooms = small_house();
  rooms[3].depends = {"platform_recommend", "people_creators"};
  EXPECT_THAT(breaches_of_order(rooms),
              ElementsAre("people_users declares platform_recommend, which is not below it",
                          "people_users declares people_creators, which is not below it"));
}

TEST(OrderRule, FindsAnEstimatorThatPeeksAtTheSimulator) {
  auto rooms = small_house();
  rooms.push_back({"respond_table", "respond/table", {"simulate"}});
  EXPECT_THAT(breaches_of_order(rooms),
              ElementsAre("respond_table declares simulate, which is not below it"));
}

TEST(OrderRule, FindsARoomTheOrderDoesNotKnow) {
  auto rooms = small_house();
  rooms.push_back({"attic", "attic", {"base"}});
  EXPECT_THAT(breaches_of_order(rooms), ElementsAre(HasSubstr("attic")));
}

TEST(IncludeRule, FollowsDeclarationsToTheirEnd) {
  const std::vector<SourceFile> files = {file("src/base/error.h"),
                                         file("src/people/users/interest.cc", {"#include \"base/error.h\""})};
  EXPECT_THAT(breaches_of_declaration(files, small_house()), IsEmpty());
}

TEST(IncludeRule, FindsASiblingAndABackEdgeInSourcesAndTests) {
  const std::vector<SourceFile> files = {
      file("src/people/creators/trust.h"), file("src/simulate/round.h"),
      file("src/people/users/interest.cc", {"#include \"people/creators/trust.h\""}),
      file("src/world/items_test.cc", {"#include \"simulate/round.h\""})};
  EXPECT_THAT(breaches_of_declaration(files, small_house()),
              ElementsAre(HasSubstr("people_users does not declare people_creators"),
                          HasSubstr("world does not declare simulate")));
}

TEST(IncludeRule, FindsAPathThatIsNotBelowSrc) {
  const std::vector<SourceFile> files = {file("src/base/error.h"),
                                         file("src/base/fields.cc", {"#include \"error.h\""})};
  EXPECT_THAT(breaches_of_declaration(files, small_house()), ElementsAre(HasSubstr("no path below src")));
}

TEST(IncludeRule, FindsAFolderWithoutDeclaration) {
  EXPECT_THAT(breaches_of_declaration({file("src/attic/box.h")}, small_house()),
              ElementsAre("src/attic/box.h lies in no declared room"));
}

TEST(PluginRule, FindsAPluginThatNamesASibling) {
  const std::vector<SourceFile> files = {
      file("src/people/users/user_models.cc",
           {"#include \"people/users/user_models.h\"", "#include \"people/users/interest.h\"",
            "#include \"people/users/bored.h\"", "std::span<const Plugin<UserModel>> user_models() {"}),
      file("src/people/users/interest.cc", {"#include \"people/users/interest.h\""}),
      file("src/people/users/bored.cc",
           {"#include \"people/users/interest.h\"", "#include \"people/users/bored.h\""}),
      file("src/people/users/bored_test.cc", {"#include \"people/users/interest.h\""}),
      file("src/simulate/round.cc",
           {"#include \"people/users/bored.h\"", "#include \"people/users/user_models.h\""})};
  EXPECT_THAT(breaches_of_plugin_privacy(files),
              ElementsAre(HasSubstr("bored.cc includes people/users/interest.h"),
                          HasSubstr("round.cc includes people/users/bored.h")));
}

TEST(PluginRule, KnowsTheHousesPlugins) {
  auto files = sources();
  files.push_back(file("src/simulate/shortcut.cc",
                       {"#include \"platform/suggest/oracle.h\"", "#include \"platform/recommend/content.h\"",
                        "#include \"people/creators/bounded.h\""}));
  EXPECT_THAT(breaches_of_plugin_privacy(files), testing::SizeIs(3))
      << "a list of built-ins is no longer recognised";
}

}  // namespace
}  // namespace perennial::structure
