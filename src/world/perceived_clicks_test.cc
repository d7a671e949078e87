#include "world/perceived_clicks.h"

#include <gtest/gtest.h>

namespace perennial {
namespace {

/// Creator 0 made items 0 and 2 in genre 1, creator 1 item 1 in genre 0.
struct Made {
  Items items;
  CreatorRecords records{2, 3};
  Made() {
    for (const CreatorId creator : {0U, 1U})
      records.add_creator(std::vector<GenreCount>{{creator == 0 ? GenreId{1} : GenreId{0}, 1}});
    for (const CreatorId creator : {0U, 1U, 0U}) {
      const auto genre = static_cast<GenreId>(creator == 0 ? 1 : 0);
      records.made_item(creator, static_cast<ItemId>(items.size()), genre);
      items.add(creator, genre, 1);
    }
  }
  void click(ItemId item) {
    ++items.clicked[item];
    records.got_clicks(items.creator[item], items.genre[item], 1);
  }
};

TEST(PerceivedClicks, AreTheCountsWhereNobodyWeighsThem) {
  Made made;
  for (const ItemId item : {0U, 2U, 2U}) made.click(item);
  const PerceivedClicks perceived;
  EXPECT_EQ(perceived.on(made.items, 2), 2);
  EXPECT_EQ(perceived.on(made.items, 1), 0);
  EXPECT_EQ(perceived.in_genre(made.records, 0, 1), 3);
  EXPECT_EQ(perceived.average(made.records, 0, 1), 1.5);
  EXPECT_EQ(perceived.average(made.records, 0, 0), 0) << "made none";
}

TEST(PerceivedClicks, AddUpByWeightWhereSomebodyDoes) {
  Made made;
  auto perceived = PerceivedClicks::by_weight(2);
  for (const auto& [item, weight] : {std::pair{0U, 0.5}, std::pair{2U, 2.0}, std::pair{2U, 1.0}}) {
    made.click(item);
    perceived.add(made.items, item, weight);
  }
  EXPECT_EQ(perceived.on(made.items, 0), 0.5);
  EXPECT_EQ(perceived.on(made.items, 1), 0);
  EXPECT_EQ(perceived.on(made.items, 2), 3);
  EXPECT_EQ(perceived.in_genre(made.records, 0, 1), 3.5);
  EXPECT_EQ(perceived.average(made.records, 0, 1), 1.75);
  EXPECT_EQ(perceived.in_genre(made.records, 1, 0), 0) << "of a creator nobody clicked yet";
}

TEST(PerceivedClicks, AreTheSameAfterSavingAndLoading) {
  Made made;
  auto perceived = PerceivedClicks::by_weight(2);
  perceived.add(made.items, 2, 1.25);
  Archive saved;
  perceived.persist(saved);
  Archive opened(saved.bytes());
  PerceivedClicks loaded;
  loaded.persist(opened);
  EXPECT_TRUE(opened.at_end());
  EXPECT_TRUE(loaded.weighted());
  EXPECT_EQ(loaded.on(made.items, 2), 1.25);
}

}  // namespace
}  // namespace perennial
