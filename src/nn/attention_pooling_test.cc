#include "nn/attention_pooling.h"

#include <gtest/gtest.h>

#include <cmath>

#include "nn/initial_weights.h"

namespace perennial {
namespace {

constexpr std::uint32_t unknown = AttentionBatch::unknown;

Matrix drawn(Eigen::Index rows, Eigen::Index columns, std::uint32_t entity) {
  Matrix m(rows, columns);
  draw_weights({m.data(), static_cast<std::size_t>(m.size())}, 1, Draws(77, Purpose::training), entity, 9);
  return m;
}

/// Six things of two parts, three numbers each; things that share an id share its columns, as embeddings do. Rows ask some
/// of the first three; pairs and products occur more than once.
struct Scene {
  std::vector<std::vector<std::uint32_t>> ids = {{0, 1, 2, 3, unknown, 1}, {0, 0, 1, 1, 0, unknown}};
  std::vector<std::uint32_t> queries = {0, 1, 2, 0, 2};
  std::vector<std::vector<std::uint32_t>> keys = {{1, 3, 4}, {3, 5}, {}, {4, 4, 1}, {0, 5, 2}};
  Matrix items = drawn(4, 3, 1), genres = drawn(2, 3, 2);
  AttentionPooling attention{6, {8, 4}};
  AttentionBatch batch;

  Scene() {
    attention.net().initialise(Draws(3, Purpose::training), 0);
    auto weights = attention.net().weights();  // biases too shall not be 0
    weights += 0.1F * drawn(1, weights.size(), 50).row(0).transpose();
    attention.net().set_weights(weights);
    const std::vector<Eigen::Index> widths = {3, 3};
    batch = AttentionBatch(widths);
    batch.reset(ids, 3, 32);
    for (std::size_t r = 0; r < queries.size(); ++r) batch.add(queries[r], keys[r]);
  }
  Matrix vectors() const {
    Matrix all = Matrix::Zero(6, 6);
    for (Eigen::Index i = 0; i < 6; ++i) {
      const auto item = ids[0][static_cast<std::size_t>(i)], genre = ids[1][static_cast<std::size_t>(i)];
      if (item != unknown) all.row(i).head(3) = items.row(item);
      if (genre != unknown) all.row(i).tail(3) = genres.row(genre);
    }
    return all;
  }
  Matrix pooled() const {
    AttentionPooling::Layers layers;
    Matrix out;
    attention.forward(vectors(), batch, layers, out);
    return out;
  }
  double loss(const Matrix& slope) const {
    return pooled().cast<double>().cwiseProduct(slope.cast<double>()).sum();
  }
};

/// The published formula, every input side by side.
Matrix pooled_the_plain_way(const Scene& scene) {
  const Matrix vectors = scene.vectors();
  Matrix pooled = Matrix::Zero(static_cast<Eigen::Index>(scene.queries.size()), 6);
  Mlp::Layers layers;
  for (std::size_t r = 0; r < scene.queries.size(); ++r) {
    for (const auto key : scene.keys[r]) {
      const auto q = vectors.row(scene.queries[r]), h = vectors.row(key);
      Matrix input(1, 24);
      input << q, h, q - h, q.cwiseProduct(h);
      pooled.row(static_cast<Eigen::Index>(r)) += scene.attention.net().forward(input, layers)(0, 0) * h;
    }
  }
  return pooled;
}

TEST(AttentionPooling, IsTheWeightedSumThatThePlainNetworkGives) {
  const Scene scene;
  EXPECT_LT((scene.pooled() - pooled_the_plain_way(scene)).cwiseAbs().maxCoeff(), 1e-5);
  EXPECT_TRUE(scene.pooled().row(2).isZero(0)) << "a row without keys";
}

TEST(AttentionPooling, ComputesWhatOccursTwiceOnce) {
  const Scene scene;
  EXPECT_EQ(scene.batch.pairs(), 8U) << "of 11 places: one row repeats (0, 1), and (0, 4) twice";
  EXPECT_LT(scene.batch.parts()[1].first_pair.size(), 5U) << "two genres meet in few ways";
}

TEST(AttentionPooling, GradientsOfItsWeightsAreFiniteDifferences) {
  Scene scene;
  const Matrix slope = drawn(5, 6, 5), vectors = scene.vectors();
  AttentionPooling::Layers layers;
  Matrix out, vector_slope = Matrix::Zero(6, 6);
  scene.attention.forward(vectors, scene.batch, layers, out);
  Mlp::Weights gradient = Mlp::Weights::Zero(scene.attention.net().weights().size());
  scene.attention.backward(vectors, scene.batch, layers, slope, gradient, vector_slope);
  const auto middle = scene.attention.net().weights();
  constexpr float step = 1.0F / 512;
  int near = 0;
  for (Eigen::Index i = 0; i < middle.size(); ++i) {
    auto moved = middle;
    moved[i] = middle[i] + step;
    scene.attention.net().set_weights(moved);
    const double above = scene.loss(slope);
    moved[i] = middle[i] - step;
    scene.attention.net().set_weights(moved);
    const double below = scene.loss(slope);
    near += std::abs((above - below) / (2 * step) - gradient[i]) < 4e-3 ? 1 : 0;
  }
  EXPECT_GE(near, 0.97 * static_cast<double>(middle.size())) << "the others crossed a kink";
  EXPECT_GT(gradient.cwiseAbs().maxCoeff(), 0.1);
}

TEST(AttentionPooling, GradientsOfEmbeddingsAreFiniteDifferences) {
  Scene scene;
  const Matrix slope = drawn(5, 6, 5), vectors = scene.vectors();
  AttentionPooling::Layers layers;
  Matrix out, vector_slope = Matrix::Zero(6, 6);
  scene.attention.forward(vectors, scene.batch, layers, out);
  Mlp::Weights gradient = Mlp::Weights::Zero(scene.attention.net().weights().size());
  scene.attention.backward(vectors, scene.batch, layers, slope, gradient, vector_slope);
  constexpr float step = 1.0F / 512;
  for (Matrix* table : {&scene.items, &scene.genres}) {
    const std::size_t part = table == &scene.items ? 0 : 1;
    Matrix expected = Matrix::Zero(table->rows(), 3);
    for (std::size_t i = 0; i < 6; ++i) {
      if (scene.ids[part][i] != unknown)
        expected.row(scene.ids[part][i]) +=
            vector_slope.row(static_cast<Eigen::Index>(i)).segment(part == 0 ? 0 : 3, 3);
    }
    for (Eigen::Index i = 0; i < table->size(); ++i) {
      const float middle = table->data()[i];
      table->data()[i] = middle + step;
      const double above = scene.loss(slope);
      table->data()[i] = middle - step;
      const double below = scene.loss(slope);
      table->data()[i] = middle;
      EXPECT_NEAR((above - below) / (2 * step), expected.data()[i], 1e-2)
          << "part " << part << ", number " << i;
    }
  }
}

TEST(AttentionPooling, WeighsOneKeyForManyQueriesAsInABatch) {
  const Scene scene;
  const Matrix vectors = scene.vectors();
  AttentionPooling::Layers layers, scratch;
  Matrix out;
  scene.attention.forward(vectors, scene.batch, layers, out);
  std::vector<float> weights(3);
  for (std::size_t pair = 0; pair < scene.batch.pairs(); ++pair) {
    scene.attention.weigh(vectors.topRows(3), vectors.row(scene.batch.key(pair)), scratch, weights.data());
    EXPECT_NEAR(weights[scene.batch.query(pair)], layers.weights[static_cast<Eigen::Index>(pair)], 1e-5);
  }
}

}  // namespace
}  // namespace perennial
