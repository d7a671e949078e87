#include "people/creators/creator_models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "conformance/asked_people.h"
#include "conformance/limits.h"
#include "conformance/other_names.h"

// What every creator model promises (people/creators/creator_model.h), held against each of the built-ins. What one or the
// other promises on top stands beside its source.

namespace perennial {
namespace {

constexpr std::size_t genres = 6;
constexpr std::uint64_t seed = 2000;

std::unique_ptr<CreatorModel> make(const std::string& name,
                                   const std::vector<std::pair<std::string, FieldValue>>& settings = {}) {
  auto model = find_plugin(creator_models(), "creator model", name).make();
  name_language_model(model->fields());
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
  std::vector<std::string> genre_names;

  explicit Scene(std::size_t creators) {
    for (std::size_t c = 0; c < creators; ++c) join(c);
    for (std::size_t g = 0; g < genres; ++g) genre_names.push_back("genre " + std::to_string(g));
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
    const std::vector<double> trust(creators.size(), 0.5);
    const ItemTexts texts;
    AskedPeople asked(creators_answer);
    std::vector<GenreId> made(creators.size(), no_genre);
    model.decide({.round = round,
                  .creators = creators,
                  .records = records,
                  .items = items,
                  .perceived = perceived,
                  .trending = round % 3 == 0 ? no_genre : static_cast<GenreId>(round % genres),
                  .feedback_rank = rank,
                  .suggested = {},
                  .trust = trust,
                  .genre_names = genre_names,
                  .texts = texts,
                  .draws = Draws(seed, Purpose::creation, round),
                  .asking = asked.asking()},
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

/// Who is called what; things are told apart by numbers of their own.
struct Names {
  std::vector<GenreId> genres;
  std::vector<CreatorId> creators;
};

/// What creators would make in each round, 1 where they would: rounds x creators x genres, by what they are. What is made
/// and clicked in the end is given, whatever the model says, and no two counts of clicks are the same: between equals the
/// lowest id is taken, which is a name.
Deed decisions_under(const Names& names, CreatorModel& model, std::uint64_t coins) {
  constexpr std::size_t rounds = 20;
  const std::size_t creators = names.creators.size();
  const auto genre_called = things_called(names.genres);
  const auto creator_called = things_called(names.creators);
  const Draws happening(seed, Purpose::history);
  AskedPeople asked(creators_answer);
  std::vector<std::string> genre_names(genres);
  for (std::size_t thing = 0; thing < genres; ++thing)
    genre_names[names.genres[thing]] = "kind " + std::to_string(thing);
  CreatorRecords records(genres, 10);
  Items items;
  for (const CreatorId thing : creator_called) {
    const auto first = static_cast<GenreId>(thing % genres),
               second = static_cast<GenreId>((thing + 2) % genres);
    std::vector<GenreCount> history = {{names.genres[first], 3}, {names.genres[second], 1 + thing % 2}};
    std::ranges::sort(history, {}, &GenreCount::genre);
    records.add_creator(history);
  }
  model.start(records, coins);
  const auto everybody = own_names<CreatorId>(creators);
  Deed deed(rounds * creators * genres);
  for (std::uint32_t round = 1; round <= rounds; ++round) {
    std::vector<double> rank;
    for (const CreatorId thing : creator_called) rank.push_back(happening.uniform(thing, round, 0));
    const std::vector<double> trust(creators, 0.5);
    std::vector<GenreId> made(creators);
    model.decide({.round = round,
                  .creators = everybody,
                  .records = records,
                  .items = items,
                  .perceived = {},
                  .trending = names.genres[happening.below(genres, 0, round, 1)],
                  .feedback_rank = rank,
                  .suggested = {},
                  .trust = trust,
                  .genre_names = genre_names,
                  .texts = {},
                  .draws = Draws(coins, Purpose::creation, round),
                  .asking = asked.asking()},
                 made);
    for (CreatorId creator = 0; creator < creators; ++creator) {
      const CreatorId thing = creator_called[creator];
      deed[((round - 1) * creators + thing) * genres + genre_called[made[creator]]] = 1;
      const GenreId genre = names.genres[(thing + happening.below(3, thing, round, 2)) % genres];
      records.made_item(creator, static_cast<ItemId>(items.size()), genre);
      items.add(creator, genre, round);
      items.clicked.back() = 1 + happening.below(1000, thing, round, 3);
      records.got_clicks(creator, genre, items.clicked.back());
    }
  }
  return deed;
}

TEST_P(EveryCreatorModel, DecidesTheSameUnderOtherNamesUpToWhatItDraws) {
  const Names plain{own_names<GenreId>(genres), own_names<CreatorId>(12)};
  const Names renamed{other_names<GenreId>(genres, 0), other_names<CreatorId>(12, 1)};
  for (const auto& setting : settings_at_limits(*make(GetParam()))) {
    SCOPED_TRACE(setting.text);
    const auto play = [&](const Names& names, std::uint64_t coins) {
      const auto model = make(GetParam());
      setting.apply(*model);
      return decisions_under(names, *model, coins);
    };
    expect_names_to_say_nothing(NamedRuns::of(30, plain, renamed, play), {12 * genres, genres});
  }
}

TEST_P(EveryCreatorModel, KeepsItsPromisesAtTheLimitsOfEverySetting) {
  for (const auto& setting : settings_at_limits(*make(GetParam()))) {
    SCOPED_TRACE(setting.text);
    const auto together = make(GetParam()), alone = make(GetParam());
    for (auto* model : {together.get(), alone.get()}) setting.apply(*model);
    Scene scene(12);
    together->start(scene.records, seed);
    alone->start(scene.records, seed);
    for (int r = 0; r < 10; ++r) {
      ++scene.round;
      const auto made = scene.decide(*together, scene.everybody());
      for (const CreatorId c : scene.everybody()) {
        EXPECT_LT(made[c], genres);
        EXPECT_EQ(scene.decide(*alone, {c})[0], made[c]) << "creator " << c << ", round " << r;
      }
      scene.happen(scene.everybody(), made);
      if (r == 5) scene.join(scene.records.size());
    }
  }
}

TEST_P(EveryCreatorModel, HasNothingToDecideForNobody) {
  const auto model = make(GetParam());
  Scene scene(3);
  model->start(scene.records, seed);
  scene.round = 1;
  EXPECT_TRUE(scene.decide(*model, {}).empty());
}

}  // namespace
}  // namespace perennial
