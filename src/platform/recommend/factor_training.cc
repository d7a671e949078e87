#include "platform/recommend/factor_training.h"

#include <numeric>

namespace perennial {
namespace {

class FactorLearner final : public Learner {
 public:
  FactorLearner(FactorModel& model, Objective& objective, double rate, Workers& workers)
      : model_(model), objective_(objective), adam_{.rate = rate}, workers_(workers) {}

  std::vector<std::uint32_t> examples() const override {
    std::vector<std::uint32_t> all(objective_.size());
    std::iota(all.begin(), all.end(), 0U);
    return all;
  }

  Loss batch(std::span<const std::uint32_t> examples, const Draws& draws, std::uint32_t epoch,
             bool learning) override {
    objective_.fill(examples, draws, epoch, batch_);
    if (batch_.pairs.empty()) return {};
    model_.score(batch_, workers_);
    batch_.slopes.resize(batch_.pairs.size());
    const Loss loss = {.mean = objective_.loss(batch_), .weight = static_cast<double>(batch_.pairs.size())};
    if (learning) model_.step(batch_, adam_, workers_);
    return loss;
  }

 private:
  FactorModel& model_;
  Objective& objective_;
  const Adam adam_;
  Workers& workers_;
  FactorBatch batch_;
};

}  // namespace

TrainingReport train(FactorModel& model, Objective& objective, const TrainingSettings& settings,
                     const Draws& draws, Workers& workers) {
  FactorLearner learner(model, objective, settings.rate, workers);
  return train(learner, settings, draws);
}

}  // namespace perennial
