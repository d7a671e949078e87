#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>

#include "paths_for_tests.h"
#include "structure/source_tree.h"
#include "structure/style_rules.h"

namespace perennial::structure {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<SourceFile> program_sources() {
  return read_files(PERENNIAL_SOURCE_DIR, "src", {".h", ".cc"});
}

/// Everything people write here, in every language.
std::vector<SourceFile> written_files() {
  const std::vector<std::string> endings = {".h",    ".cc",   ".txt", ".cmake", ".toml",     ".md",
                                            ".ts",   ".mjs",  ".css", ".html",  ".json",     ".py",
                                            "setup", "build", "demo", "test",   "run-tests", "run"};
  std::vector<SourceFile> all;
  for (const char* folder :
       {"src", "tests", "bench", "cmake", "scripts", ".ci", "docs", "worlds", "studies", "web"}) {
    auto files = read_files(PERENNIAL_SOURCE_DIR, folder, endings);
    std::move(files.begin(), files.end(), std::back_inserter(all));
  }
  return all;
}

// Patterns are put together from pieces so that this file does not break its own rules.
std::regex pattern(std::initializer_list<const char*> pieces) {
  std::string text;
  for (const char* piece : pieces) text += piece;
  return std::regex(text);
}

TEST(Sources, StayBelowFourHundredLines) {
  EXPECT_THAT(long_files(program_sources(), 400), IsEmpty());
}

TEST(Sources, DrawRandomNumbersOnlyByAddress) {
  const std::regex unaddressed(
      R"(std::(s?rand\b|mt19937|minstd_rand|default_random_engine|random_device|shuffle\b|sample\b|\w+_distribution\b))");
  EXPECT_THAT(lines_with(program_sources(), unaddressed, "randomness that is not addressed"), IsEmpty());
}

TEST(Sources, HaveNoTabsAndNoTrailingBlanks) {
  EXPECT_THAT(lines_with(written_files(), std::regex("\t|[ \r]$"), "tab or trailing blank"), IsEmpty());
}

TEST(Sources, LeaveNothingForLater) {
  EXPECT_THAT(lines_with(written_files(), pattern({R"(\b(TO)", R"(DO|FIX)", R"(ME|XX)", R"(X)\b)"}),
                         "left for later"),
              IsEmpty());
}

TEST(Sources, NameNoMachine) {
  const auto home = pattern({R"((^|[^\w.])/(wo)", R"(rk|ho)", R"(me|ro)", R"(ot)/)"});
  EXPECT_THAT(lines_with(written_files(), home, "a path of one machine"), IsEmpty());
  const auto host = pattern({R"(regis)", R"(try\.npm|de)", R"(b\.debian|snap)", R"(shot\.debian)"});
  EXPECT_THAT(lines_with(written_files(), host, "a package host"), IsEmpty());
}

TEST(Headers, AreIncludedOnce) {
  EXPECT_THAT(headers_without_pragma_once(program_sources()), IsEmpty());
}

TEST(Headers, SayWhatEachTypeIs) {
  EXPECT_THAT(types_without_comment(program_sources()), IsEmpty());
}

TEST(Sources, AreFoundAtAll) {
  EXPECT_GT(program_sources().size(), 50U);
  EXPECT_GT(written_files().size(), program_sources().size());
}

// The rules themselves, on small files with one thing wrong.

TEST(TypeRule, FindsADefinitionWithoutComment) {
  const SourceFile header{
      .path = "src/a.h",
      .lines = {"class Known;", "", "/// What it is.", "struct Told {", "  struct Inner {};", "};", "",
                "struct Untold {", "};", "", "/// A kind.", "template <class T>", "  requires true",
                "class Kind {", "};", "enum class Bare { a };"}};
  EXPECT_THAT(types_without_comment({header}), ElementsAre("src/a.h:8: no comment above 'struct Untold {'"));
}

TEST(PragmaRule, FindsAHeaderWithoutIt) {
  EXPECT_THAT(headers_without_pragma_once({{"src/a.h", {"// What it is.", "", "#pragma once"}},
                                           {"src/b.h", {"#include <string>"}},
                                           {"src/c.cc", {"int c;"}}}),
              ElementsAre("src/b.h:1: no #pragma once"));
}

TEST(LineRule, NamesFileAndLine) {
  EXPECT_THAT(lines_with({{"src/a.cc", {"int a;", "int b; "}}}, std::regex(" $"), "blank"),
              ElementsAre("src/a.cc:2: blank"));
}

TEST(LengthRule, CountsLines) {
  EXPECT_THAT(long_files({{"src/a.cc", {3, ""}}, {"src/b.cc", {2, ""}}}, 2),
              ElementsAre("src/a.cc: 3 lines, at most 2"));
}

}  // namespace
}  // namespace perennial::structure
