#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "io/archive.h"
#include "nn/embedding_table.h"
#include "nn/initial_weights.h"
#include "nn/mlp.h"

namespace perennial {
namespace {

Mlp trained_net(const std::vector<std::size_t>& widths) {
  Mlp net(widths);
  net.initialise(Draws(12, Purpose::training), 0);
  for (int t = 0; t < 3; ++t) net.step(Mlp::Weights::Ones(net.weights().size()) * float(t), {.rate = 0.01});
  return net;
}

std::vector<std::byte> saved(Mlp net) {
  Archive archive;
  net.persist(archive);
  return archive.bytes();
}

/// What opening `bytes` as a network of `widths` says; "opened" if nothing.
std::string complaint(const std::vector<std::byte>& bytes, const std::vector<std::size_t>& widths) {
  try {
    Mlp net(widths);
    Archive archive(bytes);
    net.persist(archive);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_data);
    return error.what();
  }
  return "opened";
}

TEST(SavedNetworks, GoOnWithTheSameBits) {
  Mlp net = trained_net({5, 8, 8, 1}), opened({5, 8, 8, 1});
  Archive archive(saved(net));
  opened.persist(archive);
  EXPECT_TRUE(archive.at_end());
  EXPECT_EQ(opened.weights(), net.weights());
  EXPECT_EQ(opened.steps(), 3u);
  for (Mlp* each : {&net, &opened}) each->step(Mlp::Weights::Ones(each->weights().size()), {});
  EXPECT_EQ(saved(opened), saved(net));
}

TEST(SavedNetworks, AreRefusedByOneOfOtherWidthsNamingBoth) {
  const auto bytes = saved(trained_net({5, 8, 8, 1}));
  EXPECT_THAT(complaint(bytes, {5, 8, 1}),
              testing::AllOf(testing::HasSubstr("5-8-8-1"), testing::HasSubstr("5-8-1")));
  EXPECT_NE(complaint(bytes, {5, 8, 9, 1}), "opened");
  EXPECT_EQ(complaint(bytes, {5, 8, 8, 1}), "opened");
}

TEST(SavedNetworks, AreRefusedWhenBytesAreMissingAnywhere) {
  const auto bytes = saved(trained_net({3, 4, 1}));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::vector<std::byte> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    ASSERT_NE(complaint(cut, {3, 4, 1}), "opened") << size << " of " << bytes.size() << " bytes";
  }
}

TEST(SavedNetworks, AreRefusedWhenWeightsAreMissingThoughBytesAreNot) {
  Archive archive;
  std::vector<std::size_t> widths = {3, 4, 1};
  std::uint64_t steps = 0;
  std::vector<float> too_few(20), enough(100);
  archive(widths, steps, too_few, enough, enough);
  EXPECT_THAT(complaint(archive.bytes(), widths), testing::HasSubstr("weights missing"));
}

EmbeddingTable table_of(std::size_t width, std::size_t rows) {
  EmbeddingTable table(width);
  for (std::uint32_t r = 0; r < rows; ++r)
    draw_weights(table.append(), 1, Draws(12, Purpose::training), r, 0);
  return table;
}

std::vector<std::byte> saved(EmbeddingTable table) {
  Archive archive;
  table.persist(archive);
  return archive.bytes();
}

TEST(SavedTables, OpenWithEveryRowWhateverWasThereBefore) {
  const auto bytes = saved(table_of(5, 7));
  auto opened = table_of(5, 3);
  Archive archive(bytes);
  opened.persist(archive);
  EXPECT_EQ(opened.size(), 7u);
  EXPECT_EQ(saved(opened), bytes);
}

TEST(SavedTables, AreRefusedByOneOfAnotherWidthOrWhenCut) {
  auto bytes = saved(table_of(5, 2));
  const auto opens = [&](std::size_t width) {
    auto table = table_of(width, 0);
    Archive archive(bytes);
    try {
      table.persist(archive);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_data);
      return false;
    }
    return true;
  };
  EXPECT_TRUE(opens(5));
  EXPECT_FALSE(opens(6));
  EXPECT_FALSE(opens(9));
  bytes.pop_back();
  EXPECT_FALSE(opens(5));
}

}  // namespace
}  // namespace perennial
