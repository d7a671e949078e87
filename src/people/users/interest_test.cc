#include "people/users/interest.h"

#include <gtest/gtest.h>

#include <cmath>

namespace perennial {
namespace {

using Row = std::vector<GenreId>;

Users two_users() {
  Users users;
  users.interests.push_back(Row{0, 2});
  users.interests.push_back(Row{1});
  users.activity = {1, 1};
  return users;
}

void set(InterestUsers& users, const std::string& name, double value) {
  users.fields().set("user_model", name, value);
}

/// Shows `item` alone to user 0 and returns the answer.
bool answer(InterestUsers& model, const Users& people, const Items& items, ItemId item, std::uint32_t round,
            std::uint64_t seed, float quality = 1) {
  const std::vector<UserId> users = {0};
  Slates slates;
  slates.reset(1, 1);
  slates.row(0)[0] = item;
  const std::vector<float> qualities(items.size(), quality);
  Workers workers(1);
  const std::vector<std::string> genre_names = {"Music", "Sports", "News"};
  const ItemTexts texts;
  std::vector<std::uint8_t> clicked(1, 9);
  model.respond({.round = round,
                 .users = users,
                 .slates = slates,
                 .items = items,
                 .quality = qualities,
                 .people = people,
                 .genre_names = genre_names,
                 .texts = texts,
                 .draws = Draws(seed, Purpose::click, round),
                 .workers = workers},
                clicked);
  EXPECT_LE(clicked[0], 1);
  return clicked[0] == 1;
}

TEST(InterestUsers, ClickByInterestTimesQuality) {
  const auto people = two_users();
  InterestUsers model;
  model.start(people, 3);
  EXPECT_DOUBLE_EQ(model.probability_of(people, 0, 0, 1), 0.68);
  EXPECT_DOUBLE_EQ(model.probability_of(people, 0, 1, 1), 0.15);
  EXPECT_DOUBLE_EQ(model.probability_of(people, 0, 2, 0.5), 0.34);
  EXPECT_DOUBLE_EQ(model.probability_of(people, 1, 1, 1), 0.68);
}

TEST(InterestUsers, AreNeverMoreCertainThanNinetyEightPercent) {
  const auto people = two_users();
  InterestUsers model;
  model.start(people, 3);
  EXPECT_DOUBLE_EQ(model.probability_of(people, 0, 0, 3), 0.98);
}

// 20,000 coins of 0.68: five standard errors are 0.0165.
TEST(InterestUsers, ClickAsOftenAsTheirProbabilitySays) {
  const auto people = two_users();
  InterestUsers model;
  model.start(people, 3);
  Items items;
  items.add(0, 0, 1);
  int clicks = 0;
  for (std::uint64_t seed = 2000; seed < 22000; ++seed)
    clicks += answer(model, people, items, 0, 1, seed) ? 1 : 0;
  EXPECT_NEAR(clicks / 20000.0, 0.68, 0.0165);
}

TEST(InterestUsers, GiveTheSameAnswerToTheSameItemWheneverTheySeeIt) {
  const auto people = two_users();
  InterestUsers model;
  model.start(people, 3);
  Items items, after_others;
  items.add(4, 0, 3);
  after_others.add(9, 1, 3);
  after_others.add(4, 0, 3);  // the same item under another id
  for (std::uint64_t seed = 2000; seed < 2100; ++seed) {
    const bool first = answer(model, people, items, 0, 3, seed);
    EXPECT_EQ(answer(model, people, items, 0, 7, seed), first);
    EXPECT_EQ(answer(model, people, after_others, 1, 3, seed), first);
  }
}

TEST(InterestUsers, LeaveEmptyPlacesAlone) {
  const auto people = two_users();
  InterestUsers model;
  model.start(people, 3);
  const Items items;
  EXPECT_FALSE(answer(model, people, items, no_item, 1, 2000));
}

TEST(InterestUsers, TireOfAGenreTheyClickedAndRecover) {
  const auto people = two_users();
  InterestUsers model;
  set(model, "in_interest", 1);
  set(model, "satiation", 0.5);
  set(model, "satiation_memory", 0.5);
  model.start(people, 3);
  Items items;
  items.add(0, 0, 1);
  std::uint64_t seed = 2000;
  while (!answer(model, people, items, 0, 1, seed)) model.start(people, 3), ++seed;
  EXPECT_NEAR(model.probability_of(people, 0, 0, 1), std::exp(-0.5), 1e-6);
  EXPECT_NEAR(model.probability_of(people, 0, 2, 1), 0.98, 1e-6);
  EXPECT_NEAR(model.probability_of(people, 1, 0, 1), 0.15, 1e-6);
  answer(model, people, items, no_item, 2, seed);  // a round without that genre
  EXPECT_NEAR(model.probability_of(people, 0, 0, 1), std::exp(-0.25), 1e-6);
}

TEST(InterestUsers, TellTheTruthAboutQualityOne) {
  const auto people = two_users();
  InterestUsers model;
  model.start(people, 3);
  std::vector<double> truth(6);
  model.click_probability(people, truth);
  EXPECT_EQ(truth, (std::vector<double>{0.68, 0.15, 0.68, 0.15, 0.68, 0.15}));
}

TEST(InterestUsers, RememberWhatTiresThemAcrossSavingAndLoading) {
  const auto people = two_users();
  InterestUsers model, loaded;
  for (auto* each : {&model, &loaded}) set(*each, "satiation", 0.5);
  model.start(people, 3);
  loaded.start(people, 3);
  Items items;
  items.add(0, 0, 1);
  for (std::uint64_t seed = 2000; seed < 2020; ++seed) answer(model, people, items, 0, 1, seed);
  Archive saved;
  model.persist(saved);
  Archive opened(saved.bytes());
  loaded.persist(opened);
  EXPECT_LT(model.probability_of(people, 0, 0, 1), 0.6);
  EXPECT_EQ(loaded.probability_of(people, 0, 0, 1), model.probability_of(people, 0, 0, 1));
}

}  // namespace
}  // namespace perennial
