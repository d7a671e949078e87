#include "llm/answer_cache.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "base/error.h"
#include "io/temporary_folder.h"

namespace perennial {
namespace {

using testing::AllOf;
using testing::HasSubstr;

QuestionKey question(const std::string& text) {
  return key_of({.model = "m", .messages = {{ChatRole::user, text}}});
}

ChatAnswer answer(const std::string& text) {
  return {.text = text, .prompt_tokens = 7, .completion_tokens = 3};
}

/// The sentence of the Error that `act` throws, which must have this code.
std::string sentence(ErrorCode code, const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

std::string opening(ErrorCode code, const std::filesystem::path& file, CacheAccess access) {
  return sentence(code, [&] { AnswerCache(file, access); });
}

TEST(AnswerCache, GivesBackWhatWasKeptAfterReopening) {
  const TemporaryFolder folder;
  const std::string strange("nul \0 bad \xC3\x28 \xF0\x9F\x91\xA9", 15);
  {
    AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
    EXPECT_EQ(cache.find(question("one")), std::nullopt);
    EXPECT_EQ(cache.keep(question("one"), answer("1")), answer("1"));
    cache.keep(question(strange), answer(strange));
    cache.keep(question("nothing"), ChatAnswer{});
    cache.keep(question("long"), answer(std::string(3'000'000, 'x')));
    EXPECT_EQ(cache.find(question("one")), answer("1"));
  }
  for (const auto access : {CacheAccess::read, CacheAccess::write}) {
    AnswerCache cache(folder / "a.sqlite", access);
    EXPECT_EQ(cache.find(question("one")), answer("1"));
    EXPECT_EQ(cache.find(question(strange)), answer(strange));
    EXPECT_EQ(cache.find(question("nothing")), ChatAnswer{});
    EXPECT_EQ(cache.find(question("long"))->text.size(), 3'000'000U);
    EXPECT_EQ(cache.find(question("two")), std::nullopt);
    EXPECT_EQ(cache.answers(), 4U);
  }
}

TEST(AnswerCache, LetsTheFirstAnswerStand) {
  const TemporaryFolder folder;
  AnswerCache here(folder / "a.sqlite", CacheAccess::write);
  AnswerCache there(folder / "a.sqlite", CacheAccess::write);
  EXPECT_EQ(here.keep(question("one"), answer("first")), answer("first"));
  EXPECT_EQ(there.keep(question("one"), answer("second")), answer("first"));
  EXPECT_EQ(here.answers(), 1U);
}

TEST(AnswerCache, TellsQuestionsOfTheSameHashApart) {
  const TemporaryFolder folder;
  AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
  const auto one = question("one");
  auto two = question("two");
  two.hash = one.hash;
  cache.keep(one, answer("1"));
  EXPECT_EQ(cache.find(two), std::nullopt);
  cache.keep(two, answer("2"));
  EXPECT_EQ(cache.find(one), answer("1"));
  EXPECT_EQ(cache.find(two), answer("2"));
}

TEST(AnswerCache, IsReadWhileAnotherWrites) {
  const TemporaryFolder folder;
  AnswerCache writer(folder / "a.sqlite", CacheAccess::write);
  AnswerCache reader(folder / "a.sqlite", CacheAccess::read);
  writer.keep(question("one"), answer("1"));
  EXPECT_EQ(reader.find(question("one")), answer("1"));
}

TEST(AnswerCache, IsFilledByManyThreads) {
  const TemporaryFolder folder;
  AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const auto text = std::to_string((t * 25 + i) % 100);  // each question by two threads
        EXPECT_EQ(cache.keep(question(text), answer(text)), answer(text));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(cache.answers(), 100U);
}

// Each begins with no file, so that they also race to make it.
TEST(AnswerCache, IsMadeAndFilledByManyProcesses) {
  const TemporaryFolder folder;
  std::vector<pid_t> children;
  for (int process = 0; process < 4; ++process) {
    children.push_back(::fork());
    if (children.back() != 0) continue;
    int failures = 0;
    try {
      AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
      for (int i = 0; i < 100; ++i) {
        const auto kept =
            cache.keep(question(std::to_string(i)), answer(fmt::format("{} of {}", i, process)));
        failures += cache.find(question(std::to_string(i))) != kept;
      }
    } catch (const std::exception& error) {
      fmt::print(stderr, "{}\n", error.what());
      failures = 1000;
    }
    ::_exit(failures ? 1 : 0);
  }
  for (const auto child : children) {
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  AnswerCache cache(folder / "a.sqlite", CacheAccess::read);
  EXPECT_EQ(cache.answers(), 100U);
}

TEST(AnswerCache, LosesNothingWhenItsProcessIsKilled) {
  const TemporaryFolder folder;
  const auto child = ::fork();
  if (child == 0) {
    AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
    for (int i = 0; i < 100; ++i) cache.keep(question(std::to_string(i)), answer("kept"));
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(AnswerCache(folder / "a.sqlite", CacheAccess::read).answers(), 100U);
}

TEST(AnswerCache, SaysWhatAFileIsThatItCannotUse) {
  const TemporaryFolder folder;
  EXPECT_THAT(opening(ErrorCode::not_found, folder / "none", CacheAccess::read),
              HasSubstr("no such answer cache"));
  EXPECT_THAT(opening(ErrorCode::invalid_argument, folder.path(), CacheAccess::write),
              HasSubstr("is a folder"));
  EXPECT_THAT(opening(ErrorCode::io, folder / "none" / "a.sqlite", CacheAccess::write),
              HasSubstr("cannot be opened or written to"));
  const auto text = folder.write("text", "These are a few words, and no database whatsoever.\n");
  const auto empty = folder.write("empty", "");
  for (const auto access : {CacheAccess::read, CacheAccess::write})
    EXPECT_THAT(opening(ErrorCode::invalid_data, text, access), HasSubstr("is no answer cache"));
  EXPECT_THAT(opening(ErrorCode::invalid_data, empty, CacheAccess::read), HasSubstr("no answer cache"));
  Sqlite(folder / "other", Sqlite::Access::write).execute("CREATE TABLE t (a)");
  for (const auto access : {CacheAccess::read, CacheAccess::write})
    EXPECT_THAT(opening(ErrorCode::invalid_data, folder / "other", access), HasSubstr("no answer cache"));
  EXPECT_FALSE(std::filesystem::exists(folder / "other.reserve"))
      << "nothing is left beside a file of others";
}

TEST(AnswerCache, NamesTheVersionThatItDoesNotKnow) {
  const TemporaryFolder folder;
  { AnswerCache cache(folder / "a.sqlite", CacheAccess::write); }
  Sqlite(folder / "a.sqlite", Sqlite::Access::write).execute("PRAGMA user_version = 7");
  for (const auto access : {CacheAccess::read, CacheAccess::write})
    EXPECT_THAT(opening(ErrorCode::invalid_data, folder / "a.sqlite", access),
                AllOf(HasSubstr("version 7"), HasSubstr("reads version 1")));
}

TEST(AnswerCache, SaysThatItIsDamaged) {
  const TemporaryFolder folder;
  {
    AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
    for (int i = 0; i < 1000; ++i) cache.keep(question(std::to_string(i)), answer(std::string(500, 'x')));
  }
  std::fstream file(folder / "a.sqlite", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(40 * 4096, 'x');
  file.close();
  EXPECT_THAT(sentence(ErrorCode::invalid_data,
                       [&] {
                         AnswerCache cache(folder / "a.sqlite", CacheAccess::read);
                         for (int i = 0; i < 1000; ++i) cache.find(question(std::to_string(i)));
                       }),
              HasSubstr("is damaged"));
}

/// Rights bind everybody but root, who steps down for as long as this lives.
class Nobody {
 public:
  Nobody() {
    if (::geteuid() == 0) stepped_down_ = ::seteuid(65534) == 0;
  }
  ~Nobody() {
    if (stepped_down_ && ::seteuid(0) != 0) std::abort();
  }

 private:
  bool stepped_down_ = false;
};

TEST(AnswerCache, IsReadFromAFolderThatCannotBeWrittenToAndSaysSoWhenItShallWrite) {
  const TemporaryFolder folder;
  {
    AnswerCache cache(folder / "a.sqlite", CacheAccess::write);
    cache.keep(question("one"), answer("1"));
  }
  using std::filesystem::perms;
  std::filesystem::permissions(folder / "a.sqlite",
                               perms::owner_read | perms::group_read | perms::others_read);
  std::filesystem::permissions(folder.path(),
                               perms::all & ~(perms::owner_write | perms::group_write | perms::others_write));
  {
    const Nobody nobody;
    EXPECT_EQ(AnswerCache(folder / "a.sqlite", CacheAccess::read).find(question("one")), answer("1"));
    for (const char* name : {"a.sqlite", "new.sqlite"})
      EXPECT_THAT(opening(ErrorCode::io, folder / name, CacheAccess::write),
                  AllOf(HasSubstr("cannot be opened or written to"), HasSubstr("yours to write to")));
  }
  std::filesystem::permissions(folder.path(), perms::all);
}

}  // namespace
}  // namespace perennial
