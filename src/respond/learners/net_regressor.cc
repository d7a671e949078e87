#include "respond/learners/net_regressor.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "base/interrupt.h"
#include "respond/learners/losses.h"
#include "respond/learners/row_blocks.h"

namespace perennial {
namespace {

constexpr std::uint32_t categories_most_net = 32;
constexpr float deviations_most = 5;

/// Sums of a column's present values.
struct ColumnSums {
  double sum = 0, square = 0;
  std::size_t present = 0, missing = 0;
};

std::vector<ColumnSums> sums_of(const RegressionRows& rows, std::span<const std::uint32_t> positions) {
  std::vector<ColumnSums> sums(rows.columns());
  RowBlocks blocks(rows, positions);
  for (auto values = blocks.next(); !values.empty(); values = blocks.next()) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      ColumnSums& column = sums[i % sums.size()];
      if (std::isnan(values[i])) {
        ++column.missing;
        continue;
      }
      column.sum += values[i];
      column.square += static_cast<double>(values[i]) * values[i];
      ++column.present;
    }
  }
  return sums;
}

double deviation_of(std::span<const float> targets) {
  double sum = 0, square = 0;
  for (const float target : targets) {
    sum += target;
    square += static_cast<double>(target) * target;
  }
  const auto n = static_cast<double>(targets.size());
  const double variance = square / n - sum / n * (sum / n);
  return variance > 0 ? std::sqrt(variance) : 1;
}

/// 0 .. size-1 in an order of chance.
std::vector<Eigen::Index> shuffled(std::size_t size, const Draws& draws, std::uint32_t entity,
                                   std::uint32_t epoch) {
  std::vector<Eigen::Index> order(size);
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  for (std::size_t i = size; i > 1; --i)
    std::swap(
        order[i - 1],
        order[draws.below(static_cast<std::uint32_t>(i), entity, epoch, static_cast<std::uint32_t>(i))]);
  return order;
}

}  // namespace

NetInputs::NetInputs(const RegressionRows& rows, std::span<const std::uint32_t> positions) {
  const auto sums = sums_of(rows, positions);
  const auto kinds = column_kinds(rows);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    ColumnInputs column{.first = static_cast<std::uint32_t>(width_)};
    if (kinds[i] == FeatureKind::categorical) {
      const auto known = static_cast<std::uint32_t>(rows.schema.features[i].categories.size());
      column.categories = std::clamp(known, 1U, categories_most_net);
      width_ += column.categories;
    } else {
      const auto n = static_cast<double>(std::max<std::size_t>(1, sums[i].present));
      const double mean = sums[i].sum / n;
      const double variance = sums[i].square / n - mean * mean;
      column.mean = static_cast<float>(mean);
      column.inverse_deviation = variance > 0 ? static_cast<float>(1 / std::sqrt(variance)) : 0;
      width_ += 1;
    }
    if (sums[i].missing > 0) column.missing = static_cast<std::int32_t>(width_++);
    columns_.push_back(column);
  }
}

Matrix NetInputs::inputs_of(std::span<const float> values) const {
  const auto rows = static_cast<Eigen::Index>(values.size() / columns_.size());
  Matrix inputs = Matrix::Zero(rows, static_cast<Eigen::Index>(width_));
  for (Eigen::Index row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const ColumnInputs& column = columns_[i];
      const float value = values[static_cast<std::size_t>(row) * columns_.size() + i];
      if (std::isnan(value)) {
        if (column.missing >= 0) inputs(row, column.missing) = 1;
      } else if (column.categories == 0) {
        inputs(row, column.first) =
            std::clamp((value - column.mean) * column.inverse_deviation, -deviations_most, deviations_most);
      } else if (value < static_cast<float>(column.categories)) {
        inputs(row, column.first + static_cast<Eigen::Index>(value)) = 1;
      }
    }
  }
  return inputs;
}

void NetInputs::persist(Archive& archive) {
  archive(columns_, width_);
}

/// One fit: what changes from step to step.
struct NetRegressor::Learning {
  const RegressionRows& rows;
  const LearnerOptions& options;
  Draws draws;
  std::uint32_t number;
  std::vector<float> targets, weights;
  Mlp::Layers layers;
  Mlp::Weights gradient;
  LossSlopes slopes;

  /// One step on the rows order[begin..end) of a block, whose first row is row `first` of the part.
  void step(NetRegressor& net, const Matrix& inputs, std::span<const Eigen::Index> order, std::size_t first) {
    const auto count = static_cast<Eigen::Index>(order.size());
    Matrix batch(count, inputs.cols());
    std::vector<float> y, w;
    for (Eigen::Index i = 0; i < count; ++i) {
      const auto row = order[static_cast<std::size_t>(i)];
      batch.row(i) = inputs.row(row);
      y.push_back(targets[first + static_cast<std::size_t>(row)]);
      if (!weights.empty()) w.push_back(weights[first + static_cast<std::size_t>(row)]);
    }
    const Matrix& output = net.mlp_.forward(batch, layers);
    std::vector<float> margins;
    for (Eigen::Index i = 0; i < count; ++i)
      margins.push_back(static_cast<float>(net.base_ + net.scale_ * output(i, 0)));
    loss_slopes(net.loss_, y, w, margins, slopes);
    // In units of the scale, so that the learning rate means the same for all targets.
    const auto share = static_cast<float>(1 / (net.scale_ * static_cast<double>(count)));
    const Matrix slope = Eigen::Map<const Matrix>(slopes.slope.data(), count, 1) * share;
    gradient.setZero(static_cast<Eigen::Index>(net.mlp_.weight_count()));
    net.mlp_.backward(batch, layers, slope, gradient);
    net.mlp_.step(gradient, {.rate = options.net.learning_rate});
  }

  void epoch(NetRegressor& net, std::span<const std::uint32_t> positions, std::uint32_t epoch) {
    RowBlocks blocks(rows, positions);
    std::size_t first = 0;
    const auto batch = static_cast<std::size_t>(options.net.batch);
    for (auto values = blocks.next(); !values.empty(); values = blocks.next()) {
      const Matrix inputs = net.inputs_.inputs_of(values);
      const auto order =
          shuffled(static_cast<std::size_t>(inputs.rows()), draws, static_cast<std::uint32_t>(first), epoch);
      for (std::size_t begin = 0; begin < order.size(); begin += batch)
        step(net, inputs, std::span(order).subspan(begin, std::min(batch, order.size() - begin)), first);
      first += order.size();
    }
  }

  double loss(const NetRegressor& net, std::span<const std::uint32_t> positions) const {
    RowBlocks blocks(rows, positions);
    std::vector<float> all;
    for (auto values = blocks.next(); !values.empty(); values = blocks.next()) {
      const auto margins = net.margins(values);
      all.insert(all.end(), margins.begin(), margins.end());
    }
    return mean_loss(net.loss_, values_at(rows.targets, positions), values_at(rows.weights, positions), all);
  }
};

NetRegressor::NetRegressor(const RegressionRows& rows, Loss loss, const LearnerOptions& options,
                           std::uint32_t number, const FitProgress& progress)
    : loss_(loss), width_(static_cast<std::uint64_t>(options.net.width)) {
  const auto split = split_for_stopping(
      rows.split_units(), options.net.patience > 0 ? options.net.stopping_share : 0, options.seed, number);
  const auto& judge = split.stop.empty() ? split.fit : split.stop;
  Learning learning{.rows = rows,
                    .options = options,
                    .draws = Draws(options.seed, Purpose::response_fit, number + 1000),
                    .number = number,
                    .targets = values_at(rows.targets, split.fit),
                    .weights = values_at(rows.weights, split.fit),
                    .layers = {},
                    .gradient = {},
                    .slopes = {}};
  base_ = margin_of(loss, mean_target(learning.targets, learning.weights));
  scale_ = loss == Loss::squared ? deviation_of(learning.targets) : 1;
  inputs_ = NetInputs(rows, split.fit);
  mlp_ = Mlp({inputs_.width(), width_, width_, 1});
  mlp_.initialise(learning.draws, 0, 0.1);
  const std::vector<float> constant(judge.size(), static_cast<float>(base_));
  stopping_baseline_ =
      mean_loss(loss, values_at(rows.targets, judge), values_at(rows.weights, judge), constant);
  stopping_loss_ = learning.loss(*this, judge);
  stopped_ = !split.stop.empty();
  Mlp best = mlp_;
  const auto epochs = static_cast<std::uint64_t>(options.net.epochs);
  for (std::uint64_t epoch = 1; epoch <= epochs; ++epoch) {
    if (interrupt_requested())
      throw Error(ErrorCode::interrupted, "response fit: stopped; nothing was written");
    learning.epoch(*this, split.fit, static_cast<std::uint32_t>(epoch));
    if (progress) progress(1);
    const double now = learning.loss(*this, judge);
    if (now < stopping_loss_ || !stopped_) {
      stopping_loss_ = now;
      epochs_ = epoch;
      best = mlp_;
    } else if (epoch - epochs_ >= static_cast<std::uint64_t>(options.net.patience)) {
      if (progress && epoch < epochs) progress(epochs - epoch);
      break;
    }
  }
  mlp_ = best;
}

std::vector<float> NetRegressor::margins(std::span<const float> values) const {
  Mlp::Layers layers;
  const Matrix& output = mlp_.forward(inputs_.inputs_of(values), layers);
  std::vector<float> margins;
  for (Eigen::Index i = 0; i < output.rows(); ++i)
    margins.push_back(static_cast<float>(base_ + scale_ * output(i, 0)));
  return margins;
}

void NetRegressor::predict(std::span<const float> values, std::span<double> to) const {
  const auto all = margins(values);
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = prediction_of(loss_, all[i]);
}

bool NetRegressor::stopping_loss(double& loss, double& baseline) const {
  loss = stopping_loss_;
  baseline = stopping_baseline_;
  return stopped_;
}

void NetRegressor::persist(Archive& archive) {
  archive.section("net");
  archive(loss_, base_, scale_, width_, epochs_, stopped_, stopping_loss_, stopping_baseline_);
  inputs_.persist(archive);
  if (archive.reading()) mlp_ = Mlp({inputs_.width(), width_, width_, 1});
  mlp_.persist(archive);
}

}  // namespace perennial
