#include "platform/recommend/din.h"

#include <gtest/gtest.h>

#include <cmath>

#include "nn/losses.h"
#include "platform/recommend/din_ranking.h"
#include "platform/recommend/planted_platform.h"

namespace perennial {
namespace {

std::unique_ptr<DeepInterestNetwork> make(
    const std::vector<std::pair<std::string, FieldValue>>& settings = {}) {
  auto ranker = std::make_unique<DeepInterestNetwork>();
  for (const auto& [name, value] : settings) ranker->fields().set("din", name, value);
  return ranker;
}

/// Three rounds on a small platform, and a model that knows its items.
struct Rows {
  PlantedPlatform platform;
  InteractionRows rows;
  ClickHistories histories;
  DinModel model;

  explicit Rows(const std::string& features = "ids+creator+genre", std::size_t threads = 1)
      : platform({.users = 24, .creators = 9, .threads = threads}) {
    model.start({.dimensions = 8, .features = features}, 24, 9, 4, 1);
    histories.start(24, features == "ids");
    rows.add_past(platform.past(3));
    histories.take_in(rows);
    Slates best;
    for (std::uint32_t round = 1; round <= 6; ++round) {
      platform.make_items(round);
      rank_by_din(model, histories, 20, platform.request(round, 5), best);
      rows.add_round(platform.answer(round, best, 5), platform.items);
      histories.take_in(rows);
    }
    model.grow(platform.items);
  }
  DinExamples examples() const { return {rows, histories, 0, 20}; }
};

/// Loss of every 20th row, dropout included: a function of the model alone.
double loss_of(const DinModel& model, const Rows& r, DinBlock& block) {
  std::vector<std::uint32_t> some;
  for (std::uint32_t row = 0; row < r.rows.size(); row += 20) {
    if (r.histories.thing(row) != ClickHistories::left_out) some.push_back(row);
  }
  fill_block(r.examples(), some, model, block);
  const DinDropout dropout{0.25, Draws(1, Purpose::training), 1, block.examples};
  model.score(block, &dropout);
  block.slopes.resize(block.logits.size());
  return bce_on_logits(block.logits, block.labels, block.slopes);
}

TEST(DinModel, StepsDownTheSlopeOfItsLoss) {
  for (const char* features : {"ids", "ids+creator+genre"}) {
    Rows r(features);
    DinBlock block;
    double before = loss_of(r.model, r, block);
    for (int i = 0; i < 60; ++i) {
      r.model.differentiate(block, 0.25);
      r.model.step({&block, 1}, {.rate = 1e-3});
      const double after = loss_of(r.model, r, block);
      EXPECT_LT(after, before + 1e-3) << features << ", step " << i;
      before = after;
    }
    EXPECT_LT(before, 0.4) << features;
  }
}

TEST(DinModel, SumsTheGradientsOfItsBlocks) {
  Rows whole, parts;
  std::vector<std::uint32_t> some;
  for (std::uint32_t row = 0; row < 300; ++row) some.push_back(row);
  const auto step = [&](Rows& r, const std::vector<std::size_t>& cuts) {
    std::vector<DinBlock> blocks(cuts.size() - 1);
    for (std::size_t b = 0; b + 1 < cuts.size(); ++b) {
      fill_block(r.examples(), std::span(some).subspan(cuts[b], cuts[b + 1] - cuts[b]), r.model, blocks[b]);
      r.model.score(blocks[b], nullptr);
      blocks[b].slopes.resize(blocks[b].logits.size());
      bce_on_logits(blocks[b].logits, blocks[b].labels, blocks[b].slopes);
      for (float& s : blocks[b].slopes) s *= static_cast<float>(cuts[b + 1] - cuts[b]) / 300;
      r.model.differentiate(blocks[b], 0);
    }
    r.model.step(blocks, {.epsilon = 1e-3});
    DinBlock after;
    fill_block(r.examples(), some, r.model, after);
    r.model.score(after, nullptr);
    return after.logits;
  };
  const auto a = step(whole, {0, 300}), b = step(parts, {0, 11, 200, 300});
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-4);
}

TEST(DinRanking, GivesTheModelsOwnLogits) {
  for (const char* features : {"ids", "ids+creator+genre"}) {
    Rows r(features);
    train(r.model, r.examples(), {.epochs = 2}, 0.1, Draws(1, Purpose::training), r.platform.workers);
    // The next round, ranked; then answered, so that its rows have the histories that the ranker saw.
    r.platform.make_items(7);
    Slates best;
    rank_by_din(r.model, r.histories, 20, r.platform.request(7, 4), best);
    const std::size_t first = r.rows.size();
    r.rows.add_round(r.platform.answer(7, best, 4), r.platform.items);
    r.histories.take_in(r.rows);
    std::vector<std::uint32_t> rows;
    for (std::size_t row = first; row < r.rows.size(); ++row) rows.push_back(static_cast<std::uint32_t>(row));
    DinBlock block;
    fill_block(r.examples(), rows, r.model, block);
    r.model.score(block, nullptr);
    ASSERT_EQ(block.logits.size(), best.scores.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      EXPECT_NEAR(block.logits[i], best.scores[i], 2e-5) << features;
  }
}

TEST(DeepInterestNetwork, LearnsAPlantedWorldOfTwoGroups) {
  PlantedPlatform platform({});
  const auto ranker = make({{"epochs", std::int64_t{10}}});
  ranker->start(platform.world, platform.past(10), 1);
  platform.play(*ranker, 1, 6);
  EXPECT_GT(platform.play(*ranker, 7, 8), 0.8) << "of 0.9 at best, 0.5 by chance";
}

TEST(DeepInterestNetwork, CannotRankNewItemsById) {
  PlantedPlatform platform({.users = 100, .recency = 0});
  const auto ranker = make({{"epochs", std::int64_t{2}}, {"features", std::string("ids")}});
  ranker->start(platform.world, platform.past(10), 1);
  platform.play(*ranker, 1, 6);
  EXPECT_NEAR(platform.play(*ranker, 7, 11), 0.5, 0.05) << "100 users x 5 rounds x 5 items";
}

TEST(DeepInterestNetwork, RetrainsAfterRoundsOneAndSixOnly) {
  PlantedPlatform platform({});
  const auto ranker = make({{"epochs", std::int64_t{1}}, {"history", std::int64_t{0}}});
  ranker->start(platform.world, platform.past(10), 1);
  platform.make_items(1);
  Slates before, after;
  for (std::uint32_t round = 1; round <= 7; ++round) {
    ranker->rank(platform.request(100, 5),
                 before);  // a fixed request: its answer moves only when the model does
    RoundLog log;
    log.round = round;
    log.active_users = {0};
    log.shown.reset(1, 1);
    log.shown.items[0] = 3;
    log.clicked = {1};
    ranker->learn(log, platform.items, platform.tables, platform.workers);
    ranker->rank(platform.request(100, 5), after);
    EXPECT_EQ(before.scores != after.scores, round == 1 || round == 6) << "round " << round;
  }
}

TEST(DeepInterestNetwork, LearnsTheSameBytesAtAnyNumberOfThreads) {
  std::vector<std::vector<std::byte>> saved;
  for (const std::size_t threads : {1, 2, 3, 7}) {
    PlantedPlatform platform({.users = 130, .threads = threads});
    const auto ranker = make({{"epochs", std::int64_t{2}}});
    ranker->start(platform.world, {}, 1);
    platform.play(*ranker, 1, 6);
    Archive archive;
    ranker->persist(archive);
    saved.push_back(archive.bytes());
  }
  for (const auto& bytes : saved) EXPECT_EQ(bytes, saved.front());
}

TEST(DeepInterestNetwork, LearnsFromTheNewestRoundsOfItsWindowOnly) {
  // What was skipped before the window may be anything: the same trained model comes out.
  const auto trained = [](bool otherwise) {
    Rows r;
    InteractionRows rows = r.rows;
    if (otherwise) {
      for (std::size_t row = 0; row < rows.rounds.front(); ++row) {
        if (rows.clicked[row] == 0) rows.genre[row] = 0;
      }
    }
    ClickHistories histories;
    histories.start(24, false);
    histories.take_in(rows);
    train(r.model, {rows, histories, rows.first_of_newest(2), 20}, {.epochs = 1}, 0.1,
          Draws(1, Purpose::training), r.platform.workers);
    Archive archive;
    r.model.persist(archive);
    return archive.bytes();
  };
  EXPECT_EQ(trained(false), trained(true));
}

}  // namespace
}  // namespace perennial
