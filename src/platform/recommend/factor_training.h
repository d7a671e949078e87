#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "platform/recommend/example_training.h"
#include "platform/recommend/factor_model.h"

namespace perennial {

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

/// Trains the model's logits on the objective as train(Learner&, ..) does, with Adam; an example's number is its place. Same
/// bytes at any number of threads.
TrainingReport train(FactorModel& model, Objective& objective, const TrainingSettings& settings,
                     const Draws& draws, Workers& workers);

}  // namespace perennial
