#include "people/users/user_models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "conformance/asked_people.h"
#include "conformance/limits.h"
#include "conformance/other_names.h"

// What every user model promises (people/users/user_model.h), held against each of the built-ins.

namespace perennial {
namespace {

constexpr std::size_t people_count = 700, genres = 4, width = 3;  // more people than one block of work holds
constexpr std::uint64_t seed = 2000;

struct Scene {
  Users people;
  Items items;
  std::vector<float> quality;
  std::vector<UserId> users;
  Slates slates;
  std::vector<std::string> genre_names;

  Scene() {
    for (std::size_t g = 0; g < genres; ++g) genre_names.push_back("genre " + std::to_string(g));
    for (UserId u = 0; u < people_count; ++u) {
      people.interests.push_back(std::vector<GenreId>{static_cast<GenreId>(u % genres)});
      people.activity.push_back(1);
      users.push_back(u);
    }
    for (CreatorId c = 0; c < 12; ++c) {
      items.add(c, static_cast<GenreId>(c % genres), 1);
      quality.push_back(c % 2 == 0 ? 1.0F : 0.5F);
    }
    slates.reset(people_count, width);
    for (UserId u = 0; u < people_count; ++u) {
      for (std::uint32_t place = 0; place < width - u % 2; ++place)
        slates.row(u)[place] = (u + 5 * place) % 12;  // some are short
    }
  }
  std::vector<std::uint8_t> answers(UserModel& model, std::uint32_t round, std::size_t threads = 1,
                                    std::uint64_t coins = seed) const {
    Workers workers(threads);
    const ItemTexts texts;
    AskedPeople people_asked(users_answer);
    std::vector<std::uint8_t> clicked(users.size() * width, 9);
    model.respond({.round = round,
                   .users = users,
                   .slates = slates,
                   .items = items,
                   .quality = quality,
                   .people = people,
                   .genre_names = genre_names,
                   .texts = texts,
                   .draws = Draws(coins, Purpose::click, round),
                   .workers = workers,
                   .asking = people_asked.asking()},
                  clicked);
    return clicked;
  }
};

class EveryUserModel : public testing::TestWithParam<std::string> {
 protected:
  /// The defaults, then every setting at its limits.
  static std::vector<Setting> limits() { return settings_at_limits(*make()); }
  static std::unique_ptr<UserModel> make() {
    auto model = find_plugin(user_models(), "user model", GetParam()).make();
    name_language_model(model->fields());
    return model;
  }
  static std::unique_ptr<UserModel> started(const Scene& scene, const Setting& setting = {}) {
    auto model = make();
    setting.apply(*model);
    model->start(scene.people, genres);
    return model;
  }
};

INSTANTIATE_TEST_SUITE_P(, EveryUserModel, testing::ValuesIn(plugin_names(user_models())),
                         [](const auto& which) { return which.param; });

TEST_P(EveryUserModel, AnswersEveryPlaceAndSkipsEmptyOnes) {
  const Scene scene;
  const auto model = started(scene);
  const auto clicked = scene.answers(*model, 1);
  int clicks = 0;
  for (std::size_t i = 0; i < clicked.size(); ++i) {
    ASSERT_LE(clicked[i], 1);
    if (scene.slates.items[i] == no_item) {
      EXPECT_EQ(clicked[i], 0);
    }
    clicks += clicked[i];
  }
  EXPECT_GT(clicks, 0);
}

TEST_P(EveryUserModel, AnswersTheSameAgainAndAtAnyNumberOfThreads) {
  const Scene scene;
  std::vector<std::vector<std::uint8_t>> expected;
  for (const std::size_t threads : {1, 1, 2, 3, 7}) {
    const auto model = started(scene);
    std::vector<std::vector<std::uint8_t>> answers;
    for (std::uint32_t round = 1; round < 4; ++round)
      answers.push_back(scene.answers(*model, round, threads));
    if (expected.empty()) expected = answers;
    EXPECT_EQ(answers, expected) << threads;
  }
}

TEST_P(EveryUserModel, DoesNotCareAboutTheOrderWithinASlate) {
  const Scene scene;
  Scene turned = scene;
  for (std::size_t row = 0; row < people_count; row += 2)
    std::reverse(turned.slates.row(row).begin(), turned.slates.row(row).end());
  const auto one = started(scene), other = started(scene);
  const auto plain = scene.answers(*one, 1), reversed = turned.answers(*other, 1);
  for (std::size_t row = 0; row < people_count; row += 2) {
    for (std::size_t place = 0; place < width; ++place) {
      EXPECT_EQ(reversed[row * width + width - 1 - place], plain[row * width + place]);
    }
  }
}

TEST_P(EveryUserModel, AnswersEachUserAsIfAskedOneByOne) {
  const Scene all;
  const auto together = started(all), alone = started(all);
  for (std::uint32_t round = 1; round < 3; ++round) {
    const auto answers = all.answers(*together, round);
    for (UserId user = 0; user < people_count; user += 7) {
      Scene one = all;
      one.users = {user};
      one.slates.reset(1, width);
      std::copy(all.slates.row(user).begin(), all.slates.row(user).end(), one.slates.row(0).begin());
      const auto own = one.answers(*alone, round);
      EXPECT_TRUE(std::equal(own.begin(), own.end(), answers.begin() + user * width)) << user;
    }
  }
}

// Coins are addressed by user, creator and round, so ids of items and names of genres may change: with all of them renamed
// consistently the draws are the same and so is every answer.
TEST_P(EveryUserModel, AnswersTheSameUnderOtherNamesOfItemsAndGenres) {
  const Scene plain;
  Scene renamed = plain;
  const auto name_of_genre = [](GenreId genre) { return static_cast<GenreId>((genre + 1) % genres); };
  const auto name_of_item = [&](ItemId item) { return static_cast<ItemId>(plain.items.size() - 1 - item); };
  renamed.people.interests = {};
  for (UserId u = 0; u < people_count; ++u)
    renamed.people.interests.push_back(std::vector<GenreId>{name_of_genre(plain.people.interests[u][0])});
  for (ItemId item = 0; item < plain.items.size(); ++item) {
    renamed.items.creator[name_of_item(item)] = plain.items.creator[item];
    renamed.items.genre[name_of_item(item)] = name_of_genre(plain.items.genre[item]);
    renamed.quality[name_of_item(item)] = plain.quality[item];
  }
  for (ItemId& item : renamed.slates.items) item = item == no_item ? no_item : name_of_item(item);
  for (GenreId g = 0; g < genres; ++g) renamed.genre_names[name_of_genre(g)] = plain.genre_names[g];
  const auto one = started(plain), other = started(renamed);
  for (std::uint32_t round = 1; round < 4; ++round)
    EXPECT_EQ(renamed.answers(*other, round), plain.answers(*one, round)) << round;
}

/// Who is called what; things are told apart by numbers of their own.
struct Names {
  std::vector<UserId> user;
  std::vector<CreatorId> creator;
  std::vector<GenreId> genre;

  static Names plain() {
    return {own_names<UserId>(60), own_names<CreatorId>(12), own_names<GenreId>(genres)};
  }
  static Names renamed() {
    return {other_names<UserId>(60, 0), other_names<CreatorId>(12, 1), other_names<GenreId>(genres, 2)};
  }
};

/// What users are like and are shown, under these names.
struct NamedScene {
  Names names;
  std::vector<UserId> user_called;
  Scene scene;

  explicit NamedScene(const Names& called) : names(called), user_called(things_called(called.user)) {
    scene.people = {};
    scene.items = {};
    scene.quality.clear();
    scene.users = own_names<UserId>(user_called.size());
    for (GenreId thing = 0; thing < genres; ++thing)
      scene.genre_names[names.genre[thing]] = "kind " + std::to_string(thing);
    for (const UserId user : user_called) {
      std::vector<GenreId> interests = {names.genre[user % genres]};
      if (user % 3 == 0) interests.push_back(names.genre[(user + 1) % genres]);
      std::ranges::sort(interests);
      scene.people.interests.push_back(interests);
      scene.people.activity.push_back(1);
    }
    for (const CreatorId creator : things_called(names.creator)) {
      scene.items.add(static_cast<CreatorId>(scene.items.size()), names.genre[creator % genres], 1);
      scene.quality.push_back(creator % 2 == 0 ? 1.0F : 0.5F);
    }
    scene.slates.reset(user_called.size(), width);
  }
  /// Users see other items in every round.
  void show(std::uint32_t round) {
    for (UserId name = 0; name < user_called.size(); ++name) {
      for (std::uint32_t place = 0; place < width; ++place)
        scene.slates.row(name)[place] = names.creator[(user_called[name] + 5 * place + round) % 12];
    }
    scene.items.born.assign(scene.items.size(), round);
  }
};

TEST_P(EveryUserModel, AnswersTheSameUnderOtherNamesUpToWhatItDraws) {
  for (const auto& setting : limits()) {
    SCOPED_TRACE(setting.text);
    const auto play = [&](const Names& names, std::uint64_t coins) {
      NamedScene named(names);
      const auto model = started(named.scene, setting);
      Deed deed(5 * names.user.size() * names.creator.size());
      const auto creator_called = things_called(names.creator);
      for (std::uint32_t round = 0; round < 5; ++round) {
        named.show(round);
        const auto clicked = named.scene.answers(*model, round, 1, coins);
        for (std::size_t i = 0; i < clicked.size(); ++i) {
          const std::size_t user = named.user_called[i / width];
          const CreatorId creator = creator_called[named.scene.slates.items[i]];
          deed[(round * names.user.size() + user) * names.creator.size() + creator] = clicked[i];
        }
      }
      return deed;
    };
    const auto runs = NamedRuns::of(40, Names::plain(), Names::renamed(), play);
    expect_names_to_say_nothing(runs, {60 * 12, 12});
  }
}

TEST_P(EveryUserModel, TellsTheSameTruthUnderOtherNames) {
  const auto truth_under = [&](const Names& names) {
    const NamedScene named(names);
    std::vector<double> told(named.user_called.size() * genres), truth;
    started(named.scene)->click_probability(named.scene.people, told);
    for (const UserId user : names.user) {
      for (const GenreId genre : names.genre) truth.push_back(told[user * genres + genre]);
    }
    return truth;
  };
  EXPECT_EQ(truth_under(Names::renamed()), truth_under(Names::plain()));
}

// Users do not join, but some come late: what others did before is nothing to them, and nothing is remembered of visits
// that they did not pay.
TEST_P(EveryUserModel, MeetsUsersWhoComeLateAsIfTheyWereTheFirst) {
  for (const auto& setting : limits()) {
    SCOPED_TRACE(setting.text);
    const Scene late;
    Scene early = late;
    early.users.resize(people_count / 2);
    early.slates.items.resize(people_count / 2 * width);
    const auto busy = started(late, setting), fresh = started(late, setting);
    for (std::uint32_t round = 1; round < 4; ++round) early.answers(*busy, round);
    std::vector<double> met(people_count * genres), expected(people_count * genres);
    busy->click_probability(late.people, met);
    fresh->click_probability(late.people, expected);
    constexpr auto first = static_cast<std::ptrdiff_t>(people_count / 2);
    EXPECT_TRUE(std::equal(met.begin() + first * genres, met.end(), expected.begin() + first * genres));
    const auto found = late.answers(*busy, 4), alone = late.answers(*fresh, 4);
    EXPECT_TRUE(std::equal(found.begin() + first * width, found.end(), alone.begin() + first * width));
  }
}

TEST_P(EveryUserModel, SkipsSlatesInWhichThereIsNothing) {
  Scene scene;
  const auto model = started(scene);
  std::fill(scene.slates.items.begin(), scene.slates.items.end(), no_item);
  EXPECT_THAT(scene.answers(*model, 1), testing::Each(0));
}

TEST_P(EveryUserModel, TellsTheTruthItActsOn) {
  if (GetParam() == "llm") GTEST_SKIP() << "nobody knows what a language model will do; it tells its rule's";
  const Scene scene;
  const auto model = started(scene);
  std::vector<double> truth(people_count * genres);
  model->click_probability(scene.people, truth);
  double expected = 0, shown = 0, clicks = 0;
  for (const double p : truth) EXPECT_TRUE(p >= 0 && p <= 1);
  const auto clicked = scene.answers(*model, 1);
  for (std::size_t i = 0; i < clicked.size(); ++i) {
    const ItemId item = scene.slates.items[i];
    if (item == no_item || scene.quality[item] < 1) continue;
    expected += truth[i / width * genres + scene.items.genre[item]];
    clicks += clicked[i];
    ++shown;
  }
  EXPECT_NEAR(clicks / shown, expected / shown, 4 * 0.5 / std::sqrt(shown));
}

TEST_P(EveryUserModel, GoesOnAfterSavingAndLoadingAsIfNothingWere) {
  const Scene scene;
  const auto model = started(scene), loaded = started(scene);
  for (std::uint32_t round = 1; round < 4; ++round) scene.answers(*model, round);
  Archive saved;
  model->persist(saved);
  Archive opened(saved.bytes());
  loaded->persist(opened);
  EXPECT_TRUE(opened.at_end());
  EXPECT_EQ(scene.answers(*loaded, 4), scene.answers(*model, 4));
}

TEST_P(EveryUserModel, HasNothingToAnswerWhenNobodyCame) {
  Scene scene;
  const auto model = started(scene);
  scene.users.clear();
  scene.slates.reset(0, width);
  EXPECT_TRUE(scene.answers(*model, 1).empty());
}

}  // namespace
}  // namespace perennial
