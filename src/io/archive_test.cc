#include "io/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/error.h"

namespace perennial {
namespace {

/// A value with everything an archive takes.
struct State {
  std::uint64_t seed = 0;
  double trust = 0;
  std::string name;
  std::vector<std::uint32_t> counts;
  std::vector<std::vector<double>> rows;
  std::vector<std::string> genres;

  bool operator==(const State&) const = default;
};

void persist(Archive& archive, State& state) {
  archive.section("state");
  archive(state.seed, state.trust, state.name, state.counts, state.rows, state.genres);
}

std::vector<std::byte> saved(State state) {
  Archive archive;
  persist(archive, state);
  return archive.bytes();
}

State loaded(std::vector<std::byte> bytes) {
  Archive archive(std::move(bytes));
  State state;
  persist(archive, state);
  if (!archive.at_end()) throw Error(ErrorCode::invalid_data, "bytes left over");
  return state;
}

State example() {
  return {.seed = 42,
          .trust = 0.25,
          .name = "lockin",
          .counts = {1, 2, 3},
          .rows = {{0.5}, {}, {1, 2}},
          .genres = {"Art", ""}};
}

RC_GTEST_PROP(Archive, HandsBackWhatWasPutIn,
              (std::uint64_t seed, const std::string& name, const std::vector<std::uint32_t>& counts,
               const std::vector<std::vector<double>>& rows, const std::vector<std::string>& genres)) {
  const State state{
      .seed = seed, .trust = 0.1, .name = name, .counts = counts, .rows = rows, .genres = genres};
  RC_ASSERT(loaded(saved(state)) == state);
}

TEST(Archive, IsLittleEndianAndWithoutPadding) {
  Archive archive;
  std::uint16_t number = 0x0102;
  std::vector<std::uint8_t> list = {7};
  archive(number, list);
  const std::vector<int> expected = {2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 7};
  ASSERT_EQ(archive.bytes().size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(std::to_integer<int>(archive.bytes()[i]), expected[i]);
}

TEST(Archive, CutShortAnywhereIsAnErrorNotACrash) {
  const auto whole = saved(example());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::vector<std::byte> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    try {
      loaded(cut);
      FAIL() << "took " << size << " of " << whole.size() << " bytes for the whole";
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), ErrorCode::invalid_data);
      ASSERT_THAT(error.what(), testing::StartsWith("saved state: ")) << size;
    }
  }
}

TEST(Archive, AnyDamagedByteIsReadSafely) {
  const auto whole = saved(example());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const int bits : {0x01, 0x80, 0xff}) {
      auto damaged = whole;
      damaged[i] ^= static_cast<std::byte>(bits);
      try {
        loaded(std::move(damaged));
      } catch (const Error& error) {
        ASSERT_EQ(error.code(), ErrorCode::invalid_data) << "byte " << i;
      }
    }
  }
}

TEST(Archive, ALengthThatCannotBeTrueIsRefusedBeforeMemoryIsTaken) {
  Archive writing;
  std::uint64_t length = std::uint64_t{1} << 62;
  writing(length);
  std::vector<double> list;
  Archive reading(writing.bytes());
  try {
    reading(list);
    FAIL() << "took an impossible length";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "saved state: a list of 4611686018427387904 elements does not fit into the 0 bytes left");
  }
}

TEST(Archive, FieldsOutOfStepAreCaughtAtTheNextSection) {
  Archive writing;
  writing.section("users");
  Archive reading(writing.bytes());
  try {
    reading.section("items");
    FAIL() << "took one section for another";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "saved state: expected section 'items', found 'users'");
  }
}

}  // namespace
}  // namespace perennial
