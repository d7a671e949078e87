#include "io/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "io/atomic_file.h"
#include "io/temporary_folder.h"
#include "io/text_file.h"

namespace perennial {
namespace {

using ::testing::HasSubstr;

Checkpoint sample() {
  Checkpoint checkpoint{"run", "{\"round\": 7}", {}};
  std::vector<double> values = {1, 2.5, -3};
  checkpoint.state(values);
  return checkpoint;
}

std::string error_of(const std::filesystem::path& path, const std::string& kind = "run") {
  try {
    read_checkpoint(path, kind);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    EXPECT_THAT(error.what(), HasSubstr(path.string()));
    return error.what();
  }
  return "no error";
}

TEST(Checkpoint, GivesBackWhatWasWritten) {
  const TemporaryFolder folder;
  write_checkpoint(folder / "a.ckpt", sample());
  auto back = read_checkpoint(folder / "a.ckpt", "run");
  std::vector<double> values;
  back.state(values);
  EXPECT_EQ(values, (std::vector<double>{1, 2.5, -3}));
  EXPECT_TRUE(back.state.at_end());
  EXPECT_EQ(back.header, "{\"round\": 7}");
}

TEST(Checkpoint, RefusesEveryTruncationAndEveryFlippedByte) {
  const TemporaryFolder folder;
  write_checkpoint(folder / "a.ckpt", sample());
  const auto good = read_text_file(folder / "a.ckpt");
  for (std::size_t i = 0; i < good.size(); ++i) {
    EXPECT_NE(error_of(folder.write("cut", good.substr(0, i))), "no error") << "cut at " << i;
    auto flipped = good;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x10);
    EXPECT_NE(error_of(folder.write("flipped", flipped)), "no error") << "flipped at " << i;
  }
  EXPECT_THAT(error_of(folder.write("longer", good + "x")), HasSubstr("cut short or has grown"));
}

TEST(Checkpoint, SaysWhatItHoldsWhenAnotherKindIsNeeded) {
  const TemporaryFolder folder;
  write_checkpoint(folder / "a.ckpt", sample());
  EXPECT_THAT(error_of(folder / "a.ckpt", "policy"),
              HasSubstr("holds a saved 'run', where a 'policy' is needed"));
}

}  // namespace
}  // namespace perennial
