#include "nn/attention_pooling.h"

namespace perennial {
namespace {

enum : Eigen::Index { query_rows = 0, key_rows = 1, difference_rows = 2, product_rows = 3 };

/// q * h of every term of a part.
void multiply(const Matrix& vectors, const AttentionBatch& batch, const AttentionBatch::Part& part,
              Matrix& products) {
  products.resize(static_cast<Eigen::Index>(part.first_pair.size()), part.width);
  for (std::size_t t = 0; t < part.first_pair.size(); ++t) {
    const std::uint32_t pair = part.first_pair[t];
    products.row(static_cast<Eigen::Index>(t)) =
        vectors.row(batch.query(pair))
            .segment(part.begin, part.width)
            .cwiseProduct(vectors.row(batch.key(pair)).segment(part.begin, part.width));
  }
}

/// The way back through multiply().
void add_product_slope(const Matrix& vectors, const AttentionBatch& batch, const AttentionBatch::Part& part,
                       const Matrix& slope, Matrix& vector_slope) {
  const auto columns = [&](const auto& row) { return row.segment(part.begin, part.width); };
  for (std::size_t t = 0; t < part.first_pair.size(); ++t) {
    const std::uint32_t pair = part.first_pair[t];
    const auto q = batch.query(pair), h = batch.key(pair);
    const auto of_term = slope.row(static_cast<Eigen::Index>(t));
    vector_slope.row(q).segment(part.begin, part.width) += of_term.cwiseProduct(columns(vectors.row(h)));
    vector_slope.row(h).segment(part.begin, part.width) += of_term.cwiseProduct(columns(vectors.row(q)));
  }
}

/// Per pair, the slope by its weight; adds to vector_slope what pooling itself passes on.
Eigen::VectorXf weight_slopes(const Matrix& vectors, const AttentionBatch& batch,
                              const Eigen::VectorXf& weights, const Matrix& pooled_slope,
                              Matrix& vector_slope) {
  Eigen::VectorXf slopes = Eigen::VectorXf::Zero(weights.size());
  for (std::size_t row = 0; row < batch.rows(); ++row) {
    const auto slope = pooled_slope.row(static_cast<Eigen::Index>(row));
    for (const std::uint32_t pair : batch.pairs_of(row)) {
      const auto key = batch.key(pair);
      slopes[pair] += slope.dot(vectors.row(key));
      vector_slope.row(key) += weights[pair] * slope;
    }
  }
  return slopes;
}

}  // namespace

void AttentionPooling::finish_weights(Layers& layers) const {
  layers.second.noalias() = layers.hidden * net_.matrix(1);
  layers.second = (layers.second.rowwise() + net_.bias(1).row(0)).cwiseMax(0.0F);
  layers.weights.noalias() = layers.second * net_.matrix(2).col(0);
  layers.weights.array() += net_.bias(2)(0, 0);
}

void AttentionPooling::forward(const Matrix& vectors, const AttentionBatch& batch, Layers& layers,
                               Matrix& pooled) const {
  const auto parts = batch.parts();
  layers.products.resize(parts.size());
  layers.of_products.resize(parts.size());
  const Matrix by_query = rows(query_rows) + rows(difference_rows);
  const Matrix by_key = rows(key_rows) - rows(difference_rows);
  layers.of_queries.noalias() = vectors.topRows(batch.queries()) * by_query;
  layers.of_queries.rowwise() += net_.bias(0).row(0);
  layers.of_keys.noalias() = vectors * by_key;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    multiply(vectors, batch, parts[p], layers.products[p]);
    layers.of_products[p].noalias() =
        layers.products[p] * rows(product_rows).middleRows(parts[p].begin, parts[p].width);
  }
  layers.hidden.resize(static_cast<Eigen::Index>(batch.pairs()), by_query.cols());
  for (std::size_t pair = 0; pair < batch.pairs(); ++pair) {
    auto hidden = layers.hidden.row(static_cast<Eigen::Index>(pair));
    hidden = layers.of_queries.row(batch.query(pair)) + layers.of_keys.row(batch.key(pair));
    for (std::size_t p = 0; p < parts.size(); ++p) {
      const std::uint32_t term = parts[p].term[pair];
      if (term != AttentionBatch::unknown) hidden += layers.of_products[p].row(term);
    }
    hidden = hidden.cwiseMax(0.0F);
  }
  finish_weights(layers);
  pooled = Matrix::Zero(static_cast<Eigen::Index>(batch.rows()), vectors.cols());
  for (std::size_t row = 0; row < batch.rows(); ++row) {
    for (const std::uint32_t pair : batch.pairs_of(row))
      pooled.row(static_cast<Eigen::Index>(row)) += layers.weights[pair] * vectors.row(batch.key(pair));
  }
}

/// Turns of_queries, of_keys and of_products into the slopes by them.
void AttentionPooling::add_hidden_slope(const AttentionBatch& batch, const Matrix& slope,
                                        Layers& layers) const {
  const auto parts = batch.parts();
  layers.of_queries.setZero();
  layers.of_keys.setZero();
  for (Matrix& of_part : layers.of_products) of_part.setZero();
  for (std::size_t pair = 0; pair < batch.pairs(); ++pair) {
    const auto of_pair = slope.row(static_cast<Eigen::Index>(pair));
    layers.of_queries.row(batch.query(pair)) += of_pair;
    layers.of_keys.row(batch.key(pair)) += of_pair;
    for (std::size_t p = 0; p < parts.size(); ++p) {
      const std::uint32_t term = parts[p].term[pair];
      if (term != AttentionBatch::unknown) layers.of_products[p].row(term) += of_pair;
    }
  }
}

void AttentionPooling::backward(const Matrix& vectors, const AttentionBatch& batch, Layers& layers,
                                const Matrix& pooled_slope, Weights& gradient, Matrix& vector_slope) const {
  const Eigen::VectorXf by_weight = weight_slopes(vectors, batch, layers.weights, pooled_slope, vector_slope);
  if (by_weight.size() == 0) return;  // nobody in the batch had clicked yet
  net_.matrix(2, gradient).col(0).noalias() += layers.second.transpose() * by_weight;
  net_.bias(2, gradient)(0, 0) += by_weight.sum();
  Matrix by_second = by_weight * net_.matrix(2).col(0).transpose();
  by_second = (layers.second.array() > 0).select(by_second, 0.0F);
  net_.matrix(1, gradient).noalias() += layers.hidden.transpose() * by_second;
  net_.bias(1, gradient) += by_second.colwise().sum();
  Matrix by_hidden = by_second * net_.matrix(1).transpose();
  by_hidden = (layers.hidden.array() > 0).select(by_hidden, 0.0F);
  add_hidden_slope(batch, by_hidden, layers);

  auto weights = net_.matrix(0, gradient);
  const auto in_gradient = [&](Eigen::Index which) { return weights.middleRows(which * width(), width()); };
  const Matrix query_gradient = vectors.topRows(batch.queries()).transpose() * layers.of_queries;
  const Matrix key_gradient = vectors.transpose() * layers.of_keys;
  in_gradient(query_rows) += query_gradient;
  in_gradient(key_rows) += key_gradient;
  in_gradient(difference_rows) += query_gradient - key_gradient;
  net_.bias(0, gradient) += layers.of_queries.colwise().sum();
  const Matrix by_query = rows(query_rows) + rows(difference_rows);
  const Matrix by_key = rows(key_rows) - rows(difference_rows);
  vector_slope.topRows(batch.queries()).noalias() += layers.of_queries * by_query.transpose();
  vector_slope.noalias() += layers.of_keys * by_key.transpose();
  for (std::size_t p = 0; p < layers.products.size(); ++p) {
    const auto& part = batch.parts()[p];
    in_gradient(product_rows).middleRows(part.begin, part.width).noalias() +=
        layers.products[p].transpose() * layers.of_products[p];
    const Matrix by_product =
        layers.of_products[p] * rows(product_rows).middleRows(part.begin, part.width).transpose();
    add_product_slope(vectors, batch, part, by_product, vector_slope);
  }
}

void AttentionPooling::weigh(const Matrix& queries, const Eigen::Ref<const Eigen::RowVectorXf>& key,
                             Layers& layers, float* into) const {
  Matrix by_query = key.asDiagonal() * rows(product_rows);
  by_query += rows(query_rows) + rows(difference_rows);
  const Eigen::RowVectorXf by_key = key * (rows(key_rows) - rows(difference_rows)) + net_.bias(0).row(0);
  layers.hidden.noalias() = queries * by_query;
  layers.hidden = (layers.hidden.rowwise() + by_key).cwiseMax(0.0F);
  finish_weights(layers);
  std::copy(layers.weights.data(), layers.weights.data() + layers.weights.size(), into);
}

}  // namespace perennial
