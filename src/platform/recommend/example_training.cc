#include "platform/recommend/example_training.h"

#include <algorithm>

namespace perennial {
namespace {

// Lanes of Purpose::training.
constexpr std::uint32_t held_out_lane = 16, shuffle_lane = 17;

class Training {
 public:
  Training(Learner& learner, const TrainingSettings& settings, const Draws& draws)
      : learner_(learner), settings_(settings), draws_(draws) {
    const Draws for_good(draws.seed(), Purpose::training);
    for (const std::uint32_t i : learner.examples()) {
      (for_good.coin(settings.held_out, i, 0, held_out_lane) ? held_out_ : examples_).push_back(i);
    }
  }

  bool has_held_out() const { return !held_out_.empty(); }

  void epoch(std::uint32_t epoch) {
    for (auto i = static_cast<std::uint32_t>(examples_.size()); i > 1; --i) {
      std::swap(examples_[i - 1], examples_[draws_.below(i, i, epoch, shuffle_lane)]);
    }
    for_batches(examples_, epoch, true);
  }

  double held_out_loss() { return for_batches(held_out_, 0, false); }

 private:
  /// Mean loss over all examples that count.
  double for_batches(std::span<const std::uint32_t> examples, std::uint32_t epoch, bool learning) {
    const auto batch_size = static_cast<std::size_t>(settings_.batch);
    double total = 0;
    double weights = 0;
    for (std::size_t begin = 0; begin < examples.size(); begin += batch_size) {
      const auto count = std::min(batch_size, examples.size() - begin);
      const auto [mean, weight] = learner_.batch(examples.subspan(begin, count), draws_, epoch, learning);
      total += mean * weight;
      weights += weight;
    }
    return weights == 0 ? 0 : total / weights;
  }

  Learner& learner_;
  const TrainingSettings& settings_;
  const Draws draws_;
  std::vector<std::uint32_t> examples_, held_out_;
};

}  // namespace

Fields TrainingSettings::fields() {
  Fields fields;
  fields.real("rate", rate, {1e-8, 1}, "learning rate of Adam")
      .integer("batch", batch, {1, 1 << 20}, "examples per step")
      .integer("epochs", epochs, {0, 10000}, "passes over the examples per retraining, at most")
      .integer("patience", patience, {1, 10000}, "epochs without a lower held-out loss before training stops")
      .real("held_out", held_out, {0, 0.9},
            "share of examples held out to see when to stop; 0 = never stop early")
      .real("least_gain", least_gain, {0, 1}, "fall of the held-out loss that counts as lower");
  return fields;
}

TrainingReport train(Learner& learner, const TrainingSettings& settings, const Draws& draws) {
  Training training(learner, settings, draws);
  TrainingReport report;
  report.held_out_losses.push_back(training.held_out_loss());
  double best = report.held_out_losses.front();
  std::int64_t waited = 0;
  while (report.epochs < settings.epochs && waited < settings.patience) {
    training.epoch(static_cast<std::uint32_t>(++report.epochs));
    if (!training.has_held_out()) continue;
    const double loss = training.held_out_loss();
    report.held_out_losses.push_back(loss);
    waited = loss < best - settings.least_gain ? 0 : waited + 1;
    best = std::min(best, loss);
  }
  return report;
}

}  // namespace perennial
