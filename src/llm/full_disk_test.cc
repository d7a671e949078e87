// What the answer cache does on a disk that is really full. Each in a process of its own, which ends with its failures' count.

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>

#include "base/error.h"
#include "io/temporary_folder.h"
#include "llm/cached_chat.h"

namespace perennial {
namespace {

using testing::HasSubstr;

constexpr int cannot_mount = 77;

ChatQuestion question(int number) {
  return {.model = "m", .messages = {{ChatRole::user, fmt::format("{} {}", number, std::string(3000, 'q'))}}};
}

/// Answers every question, in order.
class Answering : public Chat {
 public:
  void ask(std::span<const ChatQuestion> questions, const TakeAnswer& take) override {
    for (std::size_t i = 0; i < questions.size(); ++i) take(i, {.text = "yes"});
  }
};

/// A disk of that size at `folder`, for this process only.
bool mount_disk(const std::filesystem::path& folder, int megabytes) {
  if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr);
  return ::mount("tmpfs", folder.c_str(), "tmpfs", 0, fmt::format("size={}m", megabytes).c_str()) == 0;
}

/// Asks one question after the other until the cache throws; how many were answered. The last is the one that threw.
int fill(AnswerCache& cache, std::string& sentence) {
  Answering endpoint;
  CachedChat chat(cache, CacheUse::write, &endpoint);
  int taken = 0;
  try {
    for (int i = 0; i < 100'000; ++i) {
      const auto one = question(i);
      chat.ask(std::span(&one, 1), [&](std::size_t, const ChatAnswer&) { ++taken; });
    }
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::io);
    sentence = error.what();
  }
  return taken;
}

int kept(const std::filesystem::path& file) {
  AnswerCache cache(file, CacheAccess::read);
  int found = 0;
  while (cache.find(key_of(question(found)))) ++found;
  return found;
}

int fill_a_small_disk(const std::filesystem::path& folder) {
  if (!mount_disk(folder, 24)) return cannot_mount;
  const auto file = folder / "a.sqlite";
  std::string sentence;
  {
    AnswerCache cache(file, CacheAccess::write);
    const int taken = fill(cache, sentence);
    EXPECT_GT(taken, 100);
    EXPECT_THAT(sentence, HasSubstr("disk is full; every answer so far is kept"));
    for (int i = taken; i < taken + 500; ++i) cache.keep(key_of(question(i)), {.text = "under way"});
    EXPECT_EQ(kept(file), taken + 500) << "those that were under way";
    int more = taken + 500;
    try {
      while (true) cache.keep(key_of(question(more)), {.text = "more"}), ++more;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::io);
      EXPECT_THAT(error.what(), HasSubstr("disk is full"));
    }
    EXPECT_EQ(kept(file), more) << "until the reserve was used up as well";
  }
  EXPECT_GT(kept(file), 2000) << "and after it was closed";
  try {
    AnswerCache cache(file, CacheAccess::write);
    ADD_FAILURE() << "there is no room for a reserve";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::io);
    EXPECT_THAT(error.what(), HasSubstr("in reserve: No space left on device"));
  }
  return testing::Test::HasFailure() ? 1 : 0;
}

TEST(FullDisk, CostsNoAnswer) {
  const TemporaryFolder folder;
  int status = -1;
  EXPECT_EXIT(
      std::exit(fill_a_small_disk(folder.path())),
      [&](int ended) {
        status = WEXITSTATUS(ended);
        return status == 0 || status == cannot_mount;
      },
      "");
  if (status == cannot_mount) GTEST_SKIP() << "no right to mount a small disk";
}

// A file that may not grow, as by a quota: nothing can be given up for it.
int fill_a_bounded_file(const std::filesystem::path& file) {
  std::signal(SIGXFSZ, SIG_IGN);
  std::string sentence;
  {
    AnswerCache cache(file, CacheAccess::write);
    const rlimit limit{3 << 20, 3 << 20};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const int taken = fill(cache, sentence);
    EXPECT_GT(taken, 100);
    EXPECT_THAT(sentence, HasSubstr("is the disk full, or a quota used up?"));
    EXPECT_GE(kept(file), taken - 1) << "all but the last, which was taken all the same";
  }
  return testing::Test::HasFailure() ? 1 : 0;
}

TEST(FullDisk, OfAFileThatMayNotGrowLosesNothingThatWasSaidToBeKept) {
  const TemporaryFolder folder;
  EXPECT_EXIT(std::exit(fill_a_bounded_file(folder / "a.sqlite")), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace perennial
