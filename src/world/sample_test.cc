#include "world/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/error.h"
#include "io/temporary_folder.h"
#include "world/catalogue.h"
#include "world/world_folder.h"

namespace perennial {
namespace {

/// 40 users and 30 creators who can be told apart by their activity, with clicks on each other.
World people() {
  auto world = open_world("youtube").make(40, 30, 2);
  for (std::size_t u = 0; u < 40; ++u) world.users.activity[u] = static_cast<double>(u) / 100;
  for (std::size_t c = 0; c < 30; ++c) world.creators.activity[c] = static_cast<double>(c) / 100;
  for (UserId u = 0; u < 40; ++u) {
    world.past_clicks.push_back({u, u % 30, static_cast<GenreId>(u % 15)});
    world.past_clicks.push_back({u, no_creator, no_genre});
  }
  return world;
}

bool same(const World& a, const World& b) {
  const auto clicks = [](const World& w) {
    std::vector<std::uint32_t> flat;
    for (const auto& c : w.past_clicks) flat.insert(flat.end(), {c.user, c.creator, c.genre});
    return flat;
  };
  const auto histories = [](const World& w) {
    std::vector<std::uint32_t> flat;
    for (std::size_t c = 0; c < w.creators.size(); ++c) {
      for (const auto& row : w.creators.history[c])
        flat.insert(flat.end(), {std::uint32_t(c), row.genre, row.count});
    }
    return flat;
  };
  return a.name == b.name && a.genres == b.genres &&
         a.users.interests.values() == b.users.interests.values() && a.users.activity == b.users.activity &&
         a.creators.activity == b.creators.activity && clicks(a) == clicks(b) && histories(a) == histories(b);
}

TEST(Sample, DrawsDifferentPeopleWithTheirPast) {
  const auto world = people();
  const auto drawn = sample(world, 10, 7, 3);
  EXPECT_NO_THROW(validate(drawn));
  EXPECT_EQ(drawn.genres, world.genres);
  const std::set<double> users(drawn.users.activity.begin(), drawn.users.activity.end());
  EXPECT_EQ(users.size(), 10U);
  EXPECT_EQ(drawn.past_clicks.size(), 20U);
  for (const auto& click : drawn.past_clicks) {
    const auto old_user = static_cast<UserId>(drawn.users.activity[click.user] * 100 + 0.5);
    if (click.creator == no_creator) continue;
    EXPECT_EQ(drawn.creators.activity[click.creator], world.creators.activity[old_user % 30]);
    EXPECT_EQ(click.genre, old_user % 15);
  }
}

TEST(Sample, IsDecidedByTheSeedAndALargerOneContainsASmallerOne) {
  const auto world = people();
  EXPECT_TRUE(same(sample(world, 10, 7, 3), sample(world, 10, 7, 3)));
  EXPECT_NE(sample(world, 10, 7, 3).users.activity, sample(world, 10, 7, 4).users.activity);
  const auto small = sample(world, 10, 7, 3), large = sample(world, 20, 7, 3);
  const std::set<double> in_large(large.users.activity.begin(), large.users.activity.end());
  for (const double user : small.users.activity) EXPECT_TRUE(in_large.contains(user));
}

TEST(Sample, ZeroIsEverybodyAndMoreThanEverybodyIsAnError) {
  const auto world = people();
  EXPECT_TRUE(same(sample(world, 0, 0, 3), world));
  EXPECT_THROW(sample(world, 41, 0, 3), Error);
  EXPECT_THROW(sample(world, 0, 31, 3), Error);
}

TEST(WorldFolder, GivesBackTheSameWorld) {
  const TemporaryFolder folder;
  write_world(folder / "w", people(), "a test");
  EXPECT_TRUE(same(read_world(folder / "w"), people()));
}

TEST(WorldFolder, RefusesWhatIsHalfWrittenMissingOrDamaged) {
  const TemporaryFolder folder;
  const auto error_of = [&] {
    try {
      read_world(folder / "w");
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_THAT(error_of(), testing::HasSubstr("no such folder"));
  write_world(folder / "w", people(), "a test");
  std::filesystem::remove(folder / "w/users.parquet");
  EXPECT_THAT(error_of(), testing::HasSubstr("users.parquet"));
  write_world(folder / "w", people(), "a test");
  folder.write("w/creators.parquet", "damaged");
  EXPECT_THAT(error_of(), testing::HasSubstr("creators.parquet"));
  write_world(folder / "w", people(), "a test");
  folder.write("w/world.json", "{\"format\": 99}");
  EXPECT_THAT(error_of(), testing::HasSubstr("\"format\": 1"));
  { RunFolder(folder / "w", "world").write_text("world.json", "{}"); }
  EXPECT_THAT(error_of(), testing::HasSubstr("did not come to its end"));
}

}  // namespace
}  // namespace perennial
