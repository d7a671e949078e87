#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "platform/recommend/factor_model.h"

namespace perennial {

/// How a factor model is trained.
struct TrainingSettings {
  double rate = 1e-3;
  std::int64_t batch = 1024;
  std::int64_t epochs = 20;
  std::int64_t patience = 1;
  double held_out = 0.1;
  double least_gain = 1e-4;

  Fields fields();
};

/// What is to be learned: examples, each of one or more (user, item) pairs, and a loss over the pairs'
/// logits.
class Objective {
 public:
  virtual ~Objective() = default;

  /// Number of examples.
  virtual std::size_t size() const = 0;
  /// Where an untrained model's logits should lie.
  virtual float base() const = 0;
  /// Replaces batch.pairs by those of `examples`. Anything drawn is addressed by (draws, example, epoch).
  virtual void fill(std::span<const std::uint32_t> examples, const Draws& draws, std::uint32_t epoch,
                    FactorBatch& batch) = 0;
  /// Mean loss of the batch filled last; writes its derivative by each logit to batch.slopes (already of that
  /// size).
  virtual double loss(FactorBatch& batch) = 0;
};

/// What a training did; losses are means over the held-out examples, the first from before the first epoch.
struct TrainingReport {
  std::vector<double> held_out_losses;
  std::int64_t epochs = 0;
};

/// Trains on shuffled batches with Adam until `epochs` are done or the held-out loss has not fallen by
/// `least_gain` for `patience` epochs in a row (with no held-out examples: all epochs). An example is held
/// out, or not, for good: by a draw addressed by (seed, example). Same bytes at any number of threads.
TrainingReport train(FactorModel& model, Objective& objective, const TrainingSettings& settings,
                     const Draws& draws, Workers& workers);

}  // namespace perennial
