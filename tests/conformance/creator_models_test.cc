#include "people/creators/creator_models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"

// What every creator model promises (people/creators/creator_model.h), held against each of the built-ins, and what one
// or the other promises on top.

namespace perennial {
namespace {

constexpr std::size_t genres = 6;
constexpr std::uint64_t seed = 2000;
const PerceivedClicks counts;  // nobody's clicks count more than another's

std::unique_ptr<CreatorModel> make(const std::string& name,
                                   const std::vector<std::pair<std::string, FieldValue>>& settings = {}) {
  auto model = find_plugin(creator_models(), "creator model", name).make();
  for (const auto& [key, value] : settings) model->fields().set(name, key, value);
  return model;
}

/// Creators with a past, playing rounds in which items draw clicks at random; the model decides for some of them.
struct Scene {
  CreatorRecords records{genres, 10};
  Items items;
  PerceivedClicks perceived;      // the counts, unless it is set to be by weight
  std::uint32_t unperceived = 0;  // more clicks on every item than its creator feels
  std::uint32_t round = 0;

  explicit Scene(std::size_t creators) {
    for (std::size_t c = 0; c < creators; ++c) join(c);
  }
  void join(std::size_t c) {
    const auto a = static_cast<GenreId>(c % genres);
    records.add_creator(a + 1U < genres && c % 2 == 0
                            ? std::vector<GenreCount>{{a, 3}, {static_cast<GenreId>(a + 1), 1}}
                            : std::vector<GenreCount>{{a, 2}});
  }
  std::vector<CreatorId> everybody() const {
    std::vector<CreatorId> all(records.size());
    std::iota(all.begin(), all.end(), CreatorId{0});
    return all;
  }
  std::vector<GenreId> decide(CreatorModel& model, const std::vector<CreatorId>& creators) const {
    std::vector<double> rank;
    for (const CreatorId c : creators) rank.push_back(Draws(seed, Purpose::training, round).uniform(c));
    std::vector<GenreId> made(creators.size(), no_genre);
    model.decide({.round = round,
                  .creators = creators,
                  .records = records,
                  .items = items,
                  .perceived = perceived,
                  .trending = round % 3 == 0 ? no_genre : static_cast<GenreId>(round % genres),
                  .feedback_rank = rank,
                  .draws = Draws(seed, Purpose::creation, round)},
                 made);
    return made;
  }
  /// What everybody made becomes items, and all items draw clicks.
  void happen(const std::vector<CreatorId>& creators, const std::vector<GenreId>& made) {
    for (std::size_t i = 0; i < made.size(); ++i) {
      records.made_item(creators[i], static_cast<ItemId>(items.size()), made[i]);
      items.add(creators[i], made[i], round);
      const auto clicks = Draws(seed, Purpose::click, round).below(8, creators[i]);
      items.clicked.back() = clicks + unperceived * (1 + creators[i] % 3);
      records.got_clicks(creators[i], made[i], items.clicked.back());
      if (perceived.weighted()) perceived.add(items, static_cast<ItemId>(items.size() - 1), 0.7 * clicks);
    }
  }
  /// Plays rounds in which everybody decides by `model`; the decisions one after the other.
  std::vector<GenreId> play(CreatorModel& model, int rounds) {
    std::vector<GenreId> all;
    for (int r = 0; r < rounds; ++r) {
      ++round;
      const auto made = decide(model, everybody());
      happen(everybody(), made);
      all.insert(all.end(), made.begin(), made.end());
    }
    return all;
  }
};

class EveryCreatorModel : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(, EveryCreatorModel, testing::ValuesIn(plugin_names(creator_models())),
                         [](const auto& which) { return which.param; });

TEST_P(EveryCreatorModel, MakesOnlyGenresThatExist) {
  const auto model = make(GetParam());
  Scene scene(20);
  model->start(scene.records, seed);
  for (const GenreId genre : scene.play(*model, 30)) EXPECT_LT(genre, genres);
}

TEST_P(EveryCreatorModel, DecidesTheSameAgain) {
  const auto one = make(GetParam()), other = make(GetParam());
  Scene first(20), second(20);
  one->start(first.records, seed);
  other->start(second.records, seed);
  EXPECT_EQ(first.play(*one, 20), second.play(*other, 20));
}

TEST_P(EveryCreatorModel, DecidesForEachCreatorAsIfAskedOneByOne) {
  const auto together = make(GetParam()), alone = make(GetParam());
  Scene a(12), b(12);
  together->start(a.records, seed);
  alone->start(b.records, seed);
  for (int r = 0; r < 15; ++r) {
    ++a.round, ++b.round;
    const auto made = a.decide(*together, a.everybody());
    for (const CreatorId c : b.everybody())
      EXPECT_EQ(b.decide(*alone, {c})[0], made[c]) << "creator " << c << ", round " << r;
    a.happen(a.everybody(), made);
    b.happen(b.everybody(), made);
  }
}

TEST_P(EveryCreatorModel, DoesNotCareInWhichOrderCreatorsStand) {
  const auto forward = make(GetParam()), backward = make(GetParam());
  Scene scene(12);
  forward->start(scene.records, seed);
  backward->start(scene.records, seed);
  for (int r = 0; r < 15; ++r) {
    ++scene.round;
    auto reversed = scene.everybody();
    std::reverse(reversed.begin(), reversed.end());
    const auto made = scene.decide(*forward, scene.everybody());
    auto other = scene.decide(*backward, reversed);
    std::reverse(other.begin(), other.end());
    EXPECT_EQ(other, made);
    scene.happen(scene.everybody(), made);
  }
}

TEST_P(EveryCreatorModel, DecidesForCreatorsWhoJoinLater) {
  const auto model = make(GetParam());
  Scene scene(4);
  model->start(scene.records, seed);
  scene.play(*model, 5);
  for (std::size_t c = 4; c < 9; ++c) scene.join(c);
  const auto made = scene.play(*model, 5);
  EXPECT_EQ(made.size(), 45u);
  for (const GenreId genre : made) EXPECT_LT(genre, genres);
}

TEST_P(EveryCreatorModel, GivesNewcomersWhatTheyWouldHaveHadFromTheStart) {
  const auto late = make(GetParam()), early = make(GetParam());
  Scene small(4), large(8);
  late->start(small.records, seed);
  early->start(large.records, seed);
  for (std::size_t c = 4; c < 8; ++c) small.join(c);
  small.round = large.round = 1;
  EXPECT_EQ(small.decide(*late, small.everybody()), large.decide(*early, large.everybody()));
}

TEST_P(EveryCreatorModel, GoesOnAfterSavingAndLoadingAsIfNothingWere) {
  const auto model = make(GetParam()), loaded = make(GetParam());
  Scene scene(12);
  model->start(scene.records, seed);
  loaded->start(scene.records, seed);
  scene.play(*model, 8);
  Archive saved;
  model->persist(saved);
  Archive opened(saved.bytes());
  loaded->persist(opened);
  EXPECT_TRUE(opened.at_end());
  Scene copy = scene;
  EXPECT_EQ(scene.play(*model, 8), copy.play(*loaded, 8));
}

// Counts that others may know better: a creator's choice must not move when they do.
TEST_P(EveryCreatorModel, GoesByWhatItPerceivesOfClicksAlone) {
  const auto one = make(GetParam()), other = make(GetParam());
  Scene small(12), great(12);
  small.perceived = great.perceived = PerceivedClicks::by_weight(genres);
  great.unperceived = 1000;
  one->start(small.records, seed);
  other->start(great.records, seed);
  EXPECT_EQ(small.play(*one, 15), great.play(*other, 15));
}

TEST_P(EveryCreatorModel, HasNothingToDecideForNobody) {
  const auto model = make(GetParam());
  Scene scene(3);
  model->start(scene.records, seed);
  scene.round = 1;
  EXPECT_TRUE(scene.decide(*model, {}).empty());
}

TEST_P(EveryCreatorModel, HasDefaultsItAcceptsItself) {
  const auto model = make(GetParam());
  const auto fields = model->fields();
  for (const auto& field : fields.all()) {
    EXPECT_NO_THROW(fields.set(GetParam(), field.name, Fields::value(field)));
    EXPECT_FALSE(field.help.empty());
  }
}

TEST(BoundedCreators, GoToTheTrendWhenTheyExploreTheUnknownAndHerd) {
  // One creator who knows one genre and repeats least often: what it explores is the trend.
  const auto herd = make("bounded", {{"herding", 1.0}}), free = make("bounded");
  CreatorRecords records(genres, 3);
  records.add_creator(std::vector<GenreCount>{{0, 1}});
  const Items items;
  const std::vector<CreatorId> creators = {0};
  const std::vector<double> rank = {0};
  std::vector<int> with(genres), without(genres);
  for (std::uint32_t round = 1; round <= 2000; ++round) {
    std::vector<GenreId> made(1);
    const CreationRequest request{.round = round,
                                  .creators = creators,
                                  .records = records,
                                  .items = items,
                                  .perceived = counts,
                                  .trending = 4,
                                  .feedback_rank = rank,
                                  .draws = Draws(seed, Purpose::creation, round)};
    herd->decide(request, made);
    ++with[made[0]];
    free->decide(request, made);
    ++without[made[0]];
  }
  EXPECT_EQ(with[0] + with[4], 2000);
  EXPECT_NEAR(with[4], 2000 * (1 - 0.6138), 90);
  for (GenreId g = 1; g < genres; ++g) EXPECT_NEAR(without[g], 2000 * (1 - 0.6138) / 5, 60) << g;
}

// 2,000 creators in one place: five binomial standard errors. Coins shared between creators would make all go the same way.
TEST(BoundedCreators, DecideEachForItselfAndEachRoundAnew) {
  const auto model = make("bounded");
  CreatorRecords records(genres, 3);
  for (int c = 0; c < 2000; ++c) records.add_creator(std::vector<GenreCount>{{0, 2}, {1, 1}});
  const Items items;
  std::vector<CreatorId> creators(2000);
  std::iota(creators.begin(), creators.end(), CreatorId{0});
  const std::vector<double> rank(2000);
  std::vector<std::vector<GenreId>> by_round;
  for (std::uint32_t round = 1; round <= 2; ++round) {
    auto& made = by_round.emplace_back(2000);
    model->decide({.round = round,
                   .creators = creators,
                   .records = records,
                   .items = items,
                   .perceived = counts,
                   .trending = no_genre,
                   .feedback_rank = rank,
                   .draws = Draws(seed, Purpose::creation, round)},
                  made);
    EXPECT_NEAR(static_cast<double>(std::count(made.begin(), made.end(), 0)), 2000 * 0.6138, 110);
    EXPECT_NEAR(static_cast<double>(std::count(made.begin(), made.end(), 1)), 2000 * 0.3862 / 2, 90);
    EXPECT_NEAR(static_cast<double>(std::count(made.begin(), made.end(), 5)), 2000 * 0.3862 / 8, 48);
  }
  EXPECT_NE(by_round[0], by_round[1]);
}

TEST(BoundedCreators, PreferAmongKnownGenresWhatDrewMoreClicks) {
  const auto model = make("bounded");
  CreatorRecords records(3, 3);
  records.add_creator(std::vector<GenreCount>{{0, 1}, {1, 1}, {2, 1}});  // knows all: explores the known only
  Items items;
  for (const auto& [genre, clicks] : {std::pair{1, 9}, std::pair{2, 3}, std::pair{0, 1}}) {
    records.made_item(0, static_cast<ItemId>(items.size()), static_cast<GenreId>(genre));
    items.add(0, static_cast<GenreId>(genre), 1);
    records.got_clicks(0, static_cast<GenreId>(genre), static_cast<std::uint32_t>(clicks));
  }
  const std::vector<CreatorId> creators = {0};
  const std::vector<double> rank = {0};
  std::vector<int> made_of(3);
  for (std::uint32_t round = 2; round < 4002; ++round) {
    std::vector<GenreId> made(1);
    model->decide({.round = round,
                   .creators = creators,
                   .records = records,
                   .items = items,
                   .perceived = counts,
                   .trending = 0,
                   .feedback_rank = rank,
                   .draws = Draws(seed, Purpose::creation, round)},
                  made);
    ++made_of[made[0]];
  }
  EXPECT_NEAR(made_of[1] / double(made_of[1] + made_of[2]), 0.75, 0.055);
}

TEST(FeatureDynamics, MoveTheTasteByHandComputedSteps) {
  const auto model = make("cfd", {{"eta", 1.0}});
  CreatorRecords records(2, 3);
  records.add_creator(std::vector<GenreCount>{{0, 3}, {1, 4}});  // taste (0.6, 0.8)
  model->start(records, seed);
  const std::vector<CreatorId> creators = {0};
  const std::vector<double> rank = {0};
  Items items;
  const auto next = [&] {
    std::vector<GenreId> made(1);
    model->decide({.round = 1,
                   .creators = creators,
                   .records = records,
                   .items = items,
                   .perceived = counts,
                   .trending = no_genre,
                   .feedback_rank = rank,
                   .draws = Draws(seed, Purpose::creation, 1)},
                  made);
    return made[0];
  };
  EXPECT_EQ(next(), 1);  // nothing known of clicks yet
  records.made_item(0, 0, 0);
  items.add(0, 0, 1);
  records.got_clicks(0, 0, 1);
  EXPECT_EQ(next(), 0);  // (0.6 + 1, 0.8)
}

// Three clicks in genre 1 and one in genre 0, which counts 4 because of who clicked: taste (0.6, 0.8) + (4, 3 x 0.1).
TEST(FeatureDynamics, FollowWhoseClicksCountMore) {
  for (const bool weighted : {false, true}) {
    const auto model = make("cfd", {{"eta", 1.0}});
    CreatorRecords records(2, 3);
    records.add_creator(std::vector<GenreCount>{{0, 3}, {1, 4}});
    model->start(records, seed);
    Items items;
    PerceivedClicks perceived = weighted ? PerceivedClicks::by_weight(2) : PerceivedClicks();
    for (const GenreId genre : std::vector<GenreId>{0, 1}) {
      const ItemId item = genre;
      records.made_item(0, item, genre);
      items.add(0, genre, 1);
      for (int click = 0; click < (genre == 0 ? 1 : 3); ++click) {
        records.got_clicks(0, genre, 1);
        if (weighted) perceived.add(items, item, genre == 0 ? 4 : 0.1);
      }
    }
    std::vector<GenreId> made(1);
    model->decide({.round = 2,
                   .creators = std::vector<CreatorId>{0},
                   .records = records,
                   .items = items,
                   .perceived = perceived,
                   .trending = no_genre,
                   .feedback_rank = std::vector<double>{0},
                   .draws = Draws(seed, Purpose::creation, 2)},
                  made);
    EXPECT_EQ(made[0], weighted ? 0 : 1);
  }
}

TEST(LocalBetterResponse, StaysWhereItIsWithoutFeedback) {
  const auto model = make("lbr", {{"eta", 10.0}});
  Scene scene(8);
  model->start(scene.records, seed);
  std::vector<GenreId> first;
  for (scene.round = 1; scene.round < 10; ++scene.round) {
    const auto made = scene.decide(*model, scene.everybody());
    if (first.empty()) first = made;
    EXPECT_EQ(made, first);
  }
}

TEST(MixedCreators, AreOfTheirKindsByShareAndForGood) {
  // random and history in equal parts: who ever leaves its history is a random one, for the others it is all they make.
  const auto model = make("mixed", {{"shares", std::string("random:1,history:1")}});
  CreatorRecords records(genres, 3);
  for (int c = 0; c < 400; ++c) records.add_creator(std::vector<GenreCount>{{2, 1}});
  model->start(records, seed);
  const Items items;
  std::vector<CreatorId> creators(400);
  std::iota(creators.begin(), creators.end(), CreatorId{0});
  const std::vector<double> rank(400);
  std::vector<int> strayed(400);
  for (std::uint32_t round = 1; round <= 60; ++round) {
    std::vector<GenreId> made(400);
    model->decide({.round = round,
                   .creators = creators,
                   .records = records,
                   .items = items,
                   .perceived = counts,
                   .trending = no_genre,
                   .feedback_rank = rank,
                   .draws = Draws(seed, Purpose::creation, round)},
                  made);
    for (std::size_t c = 0; c < 400; ++c) strayed[c] += made[c] != 2 ? 1 : 0;
  }
  const auto faithful = std::count(strayed.begin(), strayed.end(), 0);
  EXPECT_NEAR(static_cast<double>(faithful), 200, 40);
  for (const int times : strayed) EXPECT_TRUE(times == 0 || times > 30) << times;
}

TEST(MixedCreators, SharesThatCannotBeReadAreRefused) {
  for (const auto* shares : {"", "bounded", "bounded:", "bounded:x", "bounded:-1", "bounded:0", "bounded:nan",
                             "mixed:1", "bounde:1", "bounded:1,"}) {
    const auto model = make("mixed", {{"shares", std::string(shares)}});
    EXPECT_THROW(model->start(Scene(2).records, seed), Error) << shares;
  }
}

TEST(SimuLine, LooksBackAsFarAsItIsTold) {
  EXPECT_EQ(make("simuline", {{"memory", std::int64_t{40}}})->memory(), 40u);
  // Its oldest item drew all the clicks: who remembers it repeats it, who does not cannot.
  for (const std::int64_t memory : {2, 3}) {
    const auto model = make("simuline", {{"memory", memory}, {"concentration", 5.0}});
    CreatorRecords records(2, 3);
    records.add_creator(std::vector<GenreCount>{{0, 1}});
    Items items;
    for (const GenreId genre : std::vector<GenreId>{1, 0, 0}) {
      records.made_item(0, static_cast<ItemId>(items.size()), genre);
      items.add(0, genre, 1);
    }
    items.clicked = {20, 0, 0};
    std::vector<GenreId> made(1);
    const std::vector<CreatorId> creators = {0};
    const std::vector<double> rank = {0};
    model->decide({.round = 2,
                   .creators = creators,
                   .records = records,
                   .items = items,
                   .perceived = counts,
                   .trending = no_genre,
                   .feedback_rank = rank,
                   .draws = Draws(seed, Purpose::creation, 2)},
                  made);
    EXPECT_EQ(made[0], memory == 3 ? 1 : 0);
  }
}

}  // namespace
}  // namespace perennial
