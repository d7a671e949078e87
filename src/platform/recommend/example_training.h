#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/fields.h"
#include "base/random.h"

namespace perennial {

/// How a ranker's model is trained on examples.
struct TrainingSettings {
  double rate = 1e-3;
  std::int64_t batch = 1024;
  std::int64_t epochs = 20;
  std::int64_t patience = 1;
  double held_out = 0.1;
  double least_gain = 1e-4;

  Fields fields();
};

/// A model and what it is to learn, example by example.
class Learner {
 public:
  /// A mean loss, and how much it counts beside those of other batches.
  struct Loss {
    double mean = 0;
    double weight = 0;
  };

  virtual ~Learner() = default;

  /// The examples' numbers, which stay theirs from one training to the next.
  virtual std::vector<std::uint32_t> examples() const = 0;
  /// The loss over these examples; with `learning`, followed by a step down its slope. Anything drawn is addressed by
  /// (draws, example, epoch).
  virtual Loss batch(std::span<const std::uint32_t> examples, const Draws& draws, std::uint32_t epoch,
                     bool learning) = 0;
};

/// What a training did; losses are means over the held-out examples, the first from before the first epoch.
struct TrainingReport {
  std::vector<double> held_out_losses;
  std::int64_t epochs = 0;
};

/// Trains on shuffled batches until `epochs` are done or the held-out loss has not fallen by `least_gain` for `patience`
/// epochs in a row (with no held-out examples: all epochs). An example is held out, or not, for good: by a draw addressed
/// by (seed, example).
TrainingReport train(Learner& learner, const TrainingSettings& settings, const Draws& draws);

}  // namespace perennial
