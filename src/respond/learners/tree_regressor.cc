#include "respond/learners/tree_regressor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "base/interrupt.h"
#include "respond/learners/losses.h"

namespace perennial {
namespace {

/// A thread costs more than it saves on fewer rows than this, and far more when the cores are busy: XGBoost's threads
/// wait for each other by spinning.
constexpr std::size_t rows_per_thread = 32768;

std::size_t threads_for(std::size_t rows, const LearnerOptions& options) {
  return std::clamp<std::size_t>((rows + rows_per_thread - 1) / rows_per_thread, 1, options.threads);
}

Booster::Settings settings_of(const LearnerOptions& options, Loss loss, std::uint32_t number,
                              std::size_t threads) {
  const TreeOptions& trees = options.trees;
  const auto real = [](double value) { return fmt::format("{:.9g}", value); };
  Booster::Settings settings = {{"tree_method", "hist"},
                                {"grow_policy", "lossguide"},
                                {"max_depth", "0"},
                                {"max_bin", "256"},
                                {"max_leaves", std::to_string(trees.leaves)},
                                {"colsample_bytree", real(trees.columns_share)},
                                {"eta", real(trees.learning_rate)},
                                {"min_child_weight", real(trees.leaf_weight_least)},
                                {"lambda", real(trees.ridge)},
                                {"seed", std::to_string((options.seed * 131 + number) % 2147483647)},
                                {"nthread", std::to_string(threads)}};
  if (loss == Loss::poisson || loss == Loss::tweedie) settings.emplace_back("max_delta_step", "0.7");
  return settings;
}

/// Targets and weights of one part of the rows, beside their binned features.
struct Part {
  Part(const RegressionRows& rows, std::span<const std::uint32_t> positions, std::size_t threads,
       const BinnedMatrix* bins_of)
      : targets(values_at(rows.targets, positions)),
        weights(values_at(rows.weights, positions)),
        matrix(binned(rows, positions, threads, bins_of)) {}

  static BinnedMatrix binned(const RegressionRows& rows, std::span<const std::uint32_t> positions,
                             std::size_t threads, const BinnedMatrix* bins_of) {
    RowBlocks blocks(rows, positions);
    return BinnedMatrix(
        blocks.kinds(), [&] { return blocks.next(); }, threads, bins_of);
  }

  std::vector<float> targets, weights;
  BinnedMatrix matrix;
};

/// The round with the least loss so far.
struct Best {
  double loss = 0;
  std::size_t trees = 0;
};

}  // namespace

TreeRegressor::TreeRegressor(const RegressionRows& rows, Loss loss, const LearnerOptions& options,
                             std::uint32_t number, const FitProgress& progress)
    : loss_(loss), columns_(rows) {
  const bool stops = rows.early_stopping && options.trees.patience > 0;
  const auto split =
      split_for_stopping(rows.split_units(), stops ? options.trees.stopping_share : 0, options.seed, number);
  const auto threads = threads_for(split.fit.size(), options);
  const Part train(rows, split.fit, threads, nullptr);
  std::optional<Part> stopping;
  if (!split.stop.empty()) stopping.emplace(rows, split.stop, threads, &train.matrix);
  base_ = static_cast<float>(margin_of(loss, mean_target(train.targets, train.weights)));
  Booster booster(settings_of(options, loss, number, threads), base_, train.matrix,
                  stopping ? &stopping->matrix : nullptr);
  const auto loss_now = [&](const Part& part) {
    return mean_loss(loss, part.targets, part.weights, booster.margins(part.matrix));
  };
  const Part& judge = stopping ? *stopping : train;
  const std::vector<float> constant(judge.targets.size(), static_cast<float>(base_));
  Best best{.loss = mean_loss(loss, judge.targets, judge.weights, constant), .trees = 0};
  stopping_baseline_ = best.loss;
  LossSlopes slopes;
  const auto rounds = static_cast<std::size_t>(options.trees.rounds);
  for (std::size_t round = 1; round <= rounds; ++round) {
    if (interrupt_requested())
      throw Error(ErrorCode::interrupted, "response fit: stopped; nothing was written");
    loss_slopes(loss, train.targets, train.weights, booster.margins(train.matrix), slopes);
    booster.grow(train.matrix, slopes);
    if (progress) progress(1);
    if (!stopping) continue;
    const double now = loss_now(*stopping);
    if (now < best.loss) best = {.loss = now, .trees = round};
    if (round - best.trees < static_cast<std::size_t>(options.trees.patience)) continue;
    if (progress && round < rounds) progress(rounds - round);
    break;
  }
  stopped_ = stopping.has_value();
  if (!stopping) best = {.loss = loss_now(train), .trees = rounds};
  stopping_loss_ = best.loss;
  trees_ = best.trees;
  if (trees_ > 0) keep(booster.first(trees_));
}

void TreeRegressor::keep(Booster booster) {
  booster_ = std::move(booster);
  forest_ = Forest(booster_.bytes());
}

void TreeRegressor::predict(std::span<const float> values, std::span<double> to) const {
  if (trees_ == 0) {
    std::fill(to.begin(), to.end(), prediction_of(loss_, base_));
    return;
  }
  std::vector<float> margins(to.size());
  forest_.margins(as_trained_on(values), margins);
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = prediction_of(loss_, margins[i]);
}

std::vector<double> TreeRegressor::gains(std::size_t columns) const {
  return trees_ == 0 ? std::vector<double>(columns) : booster_.gains(columns);
}

void TreeRegressor::add_contributions(std::span<const float> values, std::size_t columns, double weight,
                                      std::span<double> to) const {
  if (trees_ > 0) booster_.add_contributions(as_trained_on(values), columns, weight, to);
}

std::vector<float> TreeRegressor::as_trained_on(std::span<const float> values) const {
  std::vector<float> closed(values.begin(), values.end());
  columns_.close_gaps(closed);
  return closed;
}

bool TreeRegressor::stopping_loss(double& loss, double& baseline) const {
  loss = stopping_loss_;
  baseline = stopping_baseline_;
  return stopped_;
}

void TreeRegressor::persist(Archive& archive) {
  std::uint64_t trees = trees_;
  archive.section("trees");
  archive(loss_, base_, trees);
  columns_.persist(archive);
  archive(stopped_, stopping_loss_, stopping_baseline_);
  std::vector<std::byte> bytes;
  if (!archive.reading() && trees_ > 0) bytes = booster_.bytes();
  archive(bytes);
  if (!archive.reading()) return;
  trees_ = trees;
  if (trees_ > 0) keep(Booster::of_bytes(bytes));
}

}  // namespace perennial
