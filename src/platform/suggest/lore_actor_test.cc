#include "platform/suggest/lore_actor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "platform/suggest/lore_critic.h"
#include "platform/suggest/lore_reasons.h"

namespace perennial {
namespace {

constexpr std::size_t creators = 3, genres = 2;
constexpr std::uint16_t nothing = genres, not_asked = LoreRound::not_asked;

LoreActor new_actor() {
  LoreActor actor(creators, genres, {16, 16});
  actor.initialise(Draws(7, Purpose::training), 1);
  return actor;
}

LoreState some_state(GenreId first) {
  return {{first, no_genre, 1}, {0.5F, 0.25F, 0.75F}};
}

const std::vector<LoreRound> rounds = {{some_state(0), {0, 1, nothing}, 3},
                                       {some_state(1), {1, not_asked, 0}, 1},
                                       {some_state(no_genre), {nothing, 0, not_asked}, 2}};
const std::vector<double> advantages = {1, -0.5, 2};

double joint(const LoreActor& actor, const LoreRound& round) {
  return joint_log_probability(actor.log_probabilities(round.state), round.chosen);
}

TEST(LoreState, IsOneHotOfWhatWasMadeAndThenTrust) {
  const LoreState state{{1, no_genre}, {0.25F, 0.5F}};
  const Matrix row = lore_inputs_of({}, &state, 2);
  EXPECT_THAT(std::vector<float>(row.data(), row.data() + row.size()),
              testing::ElementsAre(0, 0, 1, 0.25F, 1, 0, 0, 0.5F));
}

TEST(JointProbability, IsTheProductOverCreatorsAsked) {
  Matrix log_probabilities(3, 2);
  log_probabilities << std::log(0.5F), std::log(0.5F), std::log(0.25F), std::log(0.75F), std::log(0.1F),
      std::log(0.9F);
  const std::vector<std::uint16_t> chosen = {0, 1, not_asked};
  EXPECT_NEAR(std::exp(joint_log_probability(log_probabilities, chosen)), 0.5 * 0.75, 1e-6);
}

TEST(JointProbability, RatioOfProductsIsNotOfSums) {
  Matrix before(2, 2), after(2, 2);  // one creator's choice doubles, the other's halves
  before << std::log(0.3F), std::log(0.7F), std::log(0.8F), std::log(0.2F);
  after << std::log(0.6F), std::log(0.4F), std::log(0.4F), std::log(0.6F);
  const std::vector<std::uint16_t> chosen = {0, 0};
  const double ratio = std::exp(joint_log_probability(after, chosen) - joint_log_probability(before, chosen));
  EXPECT_NEAR(ratio, 1, 1e-6);  // (0.6 + 0.4) / (0.3 + 0.8) = 0.91
}

TEST(LoreActor, GivesEveryCreatorADistribution) {
  const Matrix l = new_actor().log_probabilities(some_state(0));
  ASSERT_EQ(l.rows(), 3);
  for (Eigen::Index c = 0; c < 3; ++c) EXPECT_NEAR(l.row(c).array().exp().sum(), 1, 1e-5);
}

TEST(LoreActor, InTheFirstEpochTheRatioIsOneAndNothingIsClipped) {
  LoreActor actor = new_actor();
  const auto outcome = actor.improve(rounds, advantages, {.epochs = 1, .clip = 0.2, .adam = {.rate = 0.1}});
  EXPECT_DOUBLE_EQ(outcome.policy_loss, -(1 - 0.5 + 2) / 3);
  EXPECT_EQ(outcome.clip_share, 0);
  EXPECT_GT(outcome.entropy_nats, 0.1);
  EXPECT_LE(outcome.entropy_nats, std::log(3) + 1e-6);
}

TEST(LoreActor, ClipsOnceItHasMovedFar) {
  LoreActor actor = new_actor();
  const auto outcome = actor.improve(rounds, advantages, {.epochs = 5, .clip = 0.2, .adam = {.rate = 0.1}});
  EXPECT_GT(outcome.clip_share, 0.5);
}

TEST(LoreActor, MakesGoodRoundsMoreLikelyAndBadOnesLess) {
  LoreActor actor = new_actor();
  const LoreActor before = actor;
  actor.improve(rounds, advantages, {.epochs = 3, .clip = 0.2, .adam = {.rate = 1e-3}});
  EXPECT_GT(joint(actor, rounds[0]), joint(before, rounds[0]));
  EXPECT_LT(joint(actor, rounds[1]), joint(before, rounds[1]));
  EXPECT_GT(joint(actor, rounds[2]), joint(before, rounds[2]));
}

TEST(LoreActor, WithoutAdvantagesStaysAsItIs) {
  LoreActor actor = new_actor();
  const auto before = actor.net().weights();
  actor.improve(rounds, std::vector<double>(3, 0.0), {.epochs = 3, .clip = 0.2, .adam = {.rate = 1e-2}});
  EXPECT_EQ(actor.net().weights(), before);
}

TEST(LoreActor, ComesToSuggestWhatItImitates) {
  LoreActor actor = new_actor();
  for (int i = 0; i < 20; ++i) actor.imitate(rounds, 10, {.rate = 1e-2});
  for (const LoreRound& round : rounds) EXPECT_GT(std::exp(joint(actor, round)), 0.9);
}

TEST(LoreCritic, ComesToExpectDiscountedRewards) {
  // Two states in turn, with rewards 3 and 1: V(a) = 3 + V(b) / 2, V(b) = 1 + V(a) / 2.
  LoreTrajectory trajectory;
  for (int i = 0; i < 6; ++i)
    trajectory.rounds.push_back({some_state(i % 2 == 0 ? 0 : 1), {0, 0, 0}, i % 2 == 0 ? 3.0 : 1.0});
  trajectory.after = some_state(0);
  LoreCritic critic(creators, genres, {16, 16});
  critic.initialise(Draws(7, Purpose::training), 2);
  const LoreTrajectory* const all[] = {&trajectory, &trajectory};
  critic.improve(all, 0.5, 3000, {.rate = 3e-3});
  const auto values = critic.values(trajectory);
  ASSERT_EQ(values.size(), 7u);
  EXPECT_NEAR(values[0], 14.0 / 3, 0.05);
  EXPECT_NEAR(values[1], 10.0 / 3, 0.05);
  EXPECT_EQ(values[6], values[0]);
}

TEST(LoreReasons, SayHowMuchLowerTheLogitWouldBeWithoutAnInput) {
  const LoreActor actor = new_actor();
  const LoreState state = some_state(0);
  const std::vector<CreatorId> asked = {2};
  const auto explained = explain_lore(actor, state, asked);
  ASSERT_EQ(explained.size(), 1u);
  ASSERT_EQ(explained[0].reasons.size(), 3u);
  const std::size_t chosen = explained[0].suggestion == no_genre ? genres : explained[0].suggestion;
  const auto logit = [&](std::size_t without) {
    Matrix inputs = lore_inputs_of({}, &state, genres);
    if (without < 12) inputs(0, static_cast<Eigen::Index>(without)) = 0;
    Mlp::Layers layers;
    return double{actor.net().forward(inputs, layers)(0, static_cast<Eigen::Index>(2 * 3 + chosen))};
  };
  const std::vector<std::pair<std::string, std::size_t>> inputs = {
      {"creator 0 made genre 0 last", 1},  {"predicted trust of creator 0", 3},
      {"creator 1 made nothing last", 4},  {"predicted trust of creator 1", 7},
      {"creator 2 made genre 1 last", 10}, {"predicted trust of creator 2", 11}};
  double previous = 1e9;
  for (const auto& reason : explained[0].reasons) {
    const auto found =
        std::find_if(inputs.begin(), inputs.end(), [&](auto& i) { return i.first == reason.feature; });
    ASSERT_NE(found, inputs.end()) << reason.feature;
    EXPECT_NEAR(reason.moves_logit, logit(12) - logit(found->second), 1e-5) << reason.feature;
    EXPECT_LE(reason.moves_logit, previous);
    previous = reason.moves_logit;
  }
}

TEST(LoreReasons, ACreatorWithoutAPlaceIsToldNothing) {
  const std::vector<CreatorId> asked = {1, 3};
  const auto explained = explain_lore(new_actor(), some_state(0), asked);
  ASSERT_EQ(explained.size(), 2u);
  EXPECT_EQ(explained[1].suggestion, no_genre);
  EXPECT_THAT(explained[1].probabilities, testing::ElementsAre(0, 0, 1));
  EXPECT_TRUE(explained[1].reasons.empty());
  double sum = 0;
  for (const double p : explained[0].probabilities) sum += p;
  EXPECT_NEAR(sum, 1, 1e-5);
}

}  // namespace
}  // namespace perennial
