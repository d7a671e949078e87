#include "platform/recommend/factor_model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "nn/losses.h"
#include "platform/recommend/planted_platform.h"

namespace perennial {
namespace {

/// With this epsilon a first step of Adam is `rate` times the gradient, to six digits.
Adam plain_descent(double rate) {
  return {.rate = rate * 1e6, .mean_decay = 0, .epsilon = 1e6};
}

struct Model {
  PlantedPlatform platform{{.users = 6, .creators = 5, .genres = 3}};
  FactorModel model;

  explicit Model(const std::string& features = "ids+creator+genre", std::int64_t dimensions = 11) {
    platform.make_items(1);
    FactorSettings settings{.dimensions = dimensions, .features = features, .initial_scale = 0.5};
    model.start(settings, 6, 5, 3, 4);
    model.grow(platform.items);
  }
  UserItem pair(UserId user, ItemId item) const {
    return {user, item, platform.items.creator[item], platform.items.genre[item]};
  }
  std::vector<float> user_vector(UserId user) const {
    return {model.user_vector(user), model.user_vector(user) + model.dimensions() + 1};
  }
  std::vector<float> item_vector(const UserItem& of) const {
    std::vector<float> vector(model.stride());
    model.item_vector(of, vector.data());
    vector.resize(model.dimensions() + 1);
    return vector;
  }
  double loss(FactorBatch& batch, const std::vector<float>& labels) {
    model.score(batch, platform.workers);
    batch.slopes.resize(batch.pairs.size());
    return bce_on_logits(batch.logits, labels, batch.slopes);
  }
};

TEST(FactorModel, ScoresByTheFormula) {
  Model m;
  m.model.set_base(0.25F);
  FactorBatch batch;
  batch.pairs = {m.pair(2, 1)};
  for (int i = 0; i < 50; ++i) {  // so that biases are not zero
    m.loss(batch, {1});
    m.model.step(batch, {.rate = 0.01}, m.platform.workers);
  }
  m.model.score(batch, m.platform.workers);
  const auto p = m.user_vector(2), q = m.item_vector(batch.pairs[0]);
  double expected = 0.25 + p.back() + q.back();
  for (std::size_t d = 0; d + 1 < p.size(); ++d) expected += p[d] * q[d];
  EXPECT_GT(p.back(), 0.1);
  EXPECT_NEAR(batch.logits[0], expected, 1e-5);
}

TEST(FactorModel, StepsDownTheGradientOfEachTable) {
  Model m;
  FactorBatch batch;
  batch.pairs = {m.pair(2, 1)};
  m.loss(batch, {1});
  const double slope = batch.slopes[0];
  const auto p = m.user_vector(2), q = m.item_vector(batch.pairs[0]);
  m.model.step(batch, plain_descent(1), m.platform.workers);
  const auto p_after = m.user_vector(2), q_after = m.item_vector(batch.pairs[0]);
  for (std::size_t d = 0; d < p.size(); ++d) {
    const bool bias = d + 1 == p.size();
    EXPECT_NEAR(p_after[d] - p[d], -slope * (bias ? 1.0 : q[d]), 1e-5);
    EXPECT_NEAR(q_after[d] - q[d], -3 * slope * (bias ? 1.0 : p[d]), 1e-5)
        << "item, creator and genre move alike";
  }
}

TEST(FactorModel, ASmallStepLowersTheLossByTheSquaredGradient) {
  Model m;
  FactorBatch batch;
  batch.pairs = {m.pair(0, 1), m.pair(0, 2), m.pair(3, 1), m.pair(5, 4)};
  const std::vector<float> labels = {1, 0, 0, 1};
  const auto snapshot = [&] {
    // Rows one by one: pairs without the other parts.
    std::vector<float> all;
    const auto append = [&](const std::vector<float>& row) { all.insert(all.end(), row.begin(), row.end()); };
    for (UserId u = 0; u < 6; ++u) append(m.user_vector(u));
    for (ItemId i = 0; i < 5; ++i) append(m.item_vector({0, i, no_creator, no_genre}));
    for (CreatorId c = 0; c < 5; ++c) append(m.item_vector({0, no_item, c, no_genre}));
    for (GenreId g = 0; g < 3; ++g) append(m.item_vector({0, no_item, no_creator, g}));
    return all;
  };
  constexpr double rate = 0.02;
  const double before = m.loss(batch, labels);
  const auto rows_before = snapshot();
  m.model.step(batch, plain_descent(rate), m.platform.workers);
  const auto rows_after = snapshot();
  const double after = m.loss(batch, labels);
  double moved = 0;
  for (std::size_t i = 0; i < rows_before.size(); ++i)
    moved += std::pow(double{rows_after[i]} - rows_before[i], 2);
  EXPECT_NEAR((before - after) / (moved / rate), 1, 0.03) << "fall of the loss over rate x squared gradient";
}

TEST(FactorModel, UnknownPartsAddNothing) {
  Model m;
  const auto all_unknown = m.item_vector({0, no_item, no_creator, no_genre});
  EXPECT_EQ(all_unknown, std::vector<float>(12, 0.0F));
  EXPECT_NE(m.item_vector({0, no_item, 1, no_genre}), all_unknown);
}

TEST(FactorModel, GrowsWithItemsAndCreatorsWithoutDisturbingOldOnes) {
  Model m;
  const auto before = m.item_vector(m.pair(0, 3));
  m.platform.items.add(9, 2, 2);  // creator 9 joined
  m.model.grow(m.platform.items);
  EXPECT_EQ(m.item_vector(m.pair(0, 3)), before);
  EXPECT_NE(m.item_vector({0, no_item, 9, no_genre}), std::vector<float>(12, 0.0F));
}

TEST(FactorModel, AnItemStartsTheSameWhateverItsId) {
  Model a, b;
  a.platform.items.add(2, 1, 7);
  b.platform.items.add(4, 1, 6);
  b.platform.items.add(2, 1, 7);
  a.model.grow(a.platform.items);
  b.model.grow(b.platform.items);
  EXPECT_EQ(a.item_vector({0, 5, no_creator, no_genre}), b.item_vector({0, 6, no_creator, no_genre}));
}

TEST(FactorModel, LearnsTheSameBytesAtAnyNumberOfThreads) {
  std::vector<std::vector<std::byte>> saved;
  for (const std::size_t threads : {1, 2, 3, 7}) {
    Model m;
    Workers workers(threads);
    FactorBatch batch;
    for (std::uint32_t j = 0; j < 2000; ++j) batch.pairs.push_back(m.pair(j % 6, (j * 7 / 3) % 5));
    for (int t = 0; t < 5; ++t) {
      m.model.score(batch, workers);
      batch.slopes.resize(batch.pairs.size());
      for (std::size_t j = 0; j < batch.pairs.size(); ++j)
        batch.slopes[j] = batch.logits[j] - static_cast<float>(j % 2);
      m.model.step(batch, Adam{}, workers);
    }
    Archive archive;
    m.model.persist(archive);
    saved.push_back(archive.bytes());
  }
  for (const auto& bytes : saved) EXPECT_EQ(bytes, saved.front());
}

}  // namespace
}  // namespace perennial
