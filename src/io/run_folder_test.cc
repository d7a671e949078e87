#include "io/run_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include "base/error.h"
#include "io/atomic_file.h"
#include "io/temporary_folder.h"
#include "io/text_file.h"

namespace perennial {
namespace {

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

TEST(RunFolder, IsCompleteOnlyAfterFinish) {
  const TemporaryFolder folder;
  RunFolder run(folder / "a/b", "comparison");
  run.write_text("summary.json", "{}");
  EXPECT_FALSE(is_complete_folder(folder / "a/b", "comparison"));
  run.finish();
  EXPECT_TRUE(is_complete_folder(folder / "a/b", "comparison"));
  EXPECT_FALSE(is_complete_folder(folder / "a/b", "world"));
}

TEST(RunFolder, RefusesAFolderWithSomebodyElsesFiles) {
  const TemporaryFolder folder;
  folder.write("thesis.tex", "precious");
  EXPECT_THAT(error_of(ErrorCode::invalid_argument, [&] { RunFolder(folder.path(), "run"); }),
              HasSubstr("--force"));
  RunFolder forced(folder.path(), "run", Existing::force);
  EXPECT_EQ(read_text_file(folder / "thesis.tex"), "precious");
}

TEST(RunFolder, RemovesItsOwnFilesOfLastTimeAndNoOthers) {
  const TemporaryFolder folder;
  {
    RunFolder first(folder / "out", "run");
    first.write_text("old.csv", "1");
    first.finish();
  }
  folder.write("out/notes.txt", "mine");
  RunFolder second(folder / "out", "run");
  EXPECT_FALSE(std::filesystem::exists(folder / "out/old.csv"));
  EXPECT_TRUE(std::filesystem::exists(folder / "out/notes.txt"));
  EXPECT_FALSE(is_complete_folder(folder / "out", "run"));
}

TEST(RunFolder, KeepsItsFilesWhenResumed) {
  const TemporaryFolder folder;
  { RunFolder(folder / "out", "run").write_text("state.ckpt", "x"); }
  RunFolder again(folder / "out", "run", Existing::resume);
  EXPECT_TRUE(std::filesystem::exists(folder / "out/state.ckpt"));
}

TEST(RunFolder, RefusesAFolderOfAnotherKind) {
  const TemporaryFolder folder;
  { RunFolder(folder / "out", "world").write_text("world.json", "{}"); }
  EXPECT_THAT(error_of(ErrorCode::invalid_argument, [&] { RunFolder(folder / "out", "run"); }),
              HasSubstr("'world'"));
  EXPECT_TRUE(std::filesystem::exists(folder / "out/world.json"));
}

TEST(RunFolder, NeverRemovesFilesOutsideItself) {
  const TemporaryFolder folder;
  folder.write("outside.txt", "precious");
  std::filesystem::create_directory(folder / "out");
  folder.write("out/perennial-folder.json", R"({"kind": "run", "files": ["../outside.txt", ".."]})");
  RunFolder run(folder / "out", "run");
  EXPECT_TRUE(std::filesystem::exists(folder / "outside.txt"));
}

TEST(RunFolder, SaysWhichPathIsAFile) {
  const TemporaryFolder folder;
  const auto path = folder.write("out", "");
  EXPECT_THAT(error_of(ErrorCode::invalid_argument, [&] { RunFolder(path, "run"); }),
              HasSubstr(path.string()));
  EXPECT_THAT(error_of(ErrorCode::io, [&] { RunFolder(path / "below", "run"); }), HasSubstr("below"));
}

TEST(RunFolder, AFailedWriteLeavesTheOldFileAndNothingElse) {
  const TemporaryFolder folder;
  write_text_file(folder / "a.txt", "old");
  EXPECT_THAT(error_of(ErrorCode::io,
                       [&] {
                         write_file_with(folder / "a.txt", [](const auto& temporary) {
                           write_text_file(temporary, "half");
                           throw Error(ErrorCode::io, "the disk is full");
                         });
                       }),
              HasSubstr("a.txt: the disk is full"));
  EXPECT_EQ(read_text_file(folder / "a.txt"), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

/// A file system of 256 KiB, where this process may mount one.
class SmallDisk {
 public:
  explicit SmallDisk(std::filesystem::path path) : path_(std::move(path)) {
    std::filesystem::create_directory(path_);
    mounted_ = ::mount("none", path_.c_str(), "tmpfs", 0, "size=256k") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount(path_.c_str());
  }
  bool mounted() const { return mounted_; }

 private:
  std::filesystem::path path_;
  bool mounted_ = false;
};

TEST(RunFolder, AFullDiskIsOneClearErrorAndNothingLooksComplete) {
  const TemporaryFolder folder;
  const SmallDisk disk(folder / "small");
  if (!disk.mounted()) GTEST_SKIP() << "needs the right to mount a small file system";
  RunFolder run(folder / "small/out", "run");
  EXPECT_THAT(error_of(ErrorCode::io, [&] { run.write_text("big.txt", std::string(1 << 20, 'x')); }),
              AllOf(HasSubstr("big.txt"), HasSubstr("No space left on device")));
  Table table;
  std::vector<double> noise(1 << 17);
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = 1.0 / static_cast<double>(i + 1);
  table.add("noise", noise);
  EXPECT_THAT(error_of(ErrorCode::io, [&] { run.write_parquet("big.parquet", table); }),
              HasSubstr("big.parquet"));
  EXPECT_FALSE(std::filesystem::exists(folder / "small/out/big.txt"));
  EXPECT_FALSE(std::filesystem::exists(folder / "small/out/big.parquet"));
  EXPECT_FALSE(is_complete_folder(folder / "small/out", "run"));
}

}  // namespace
}  // namespace perennial
