#include "platform/recommend/mf.h"

#include <cmath>

#include "nn/losses.h"

namespace perennial {
namespace {

/// One example per row: its pair and whether it was clicked.
class ClickObjective final : public Objective {
 public:
  ClickObjective(const InteractionRows& rows, bool ids_only) : rows_(rows) {
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
      if (!ids_only || rows.item[row] != no_item) used_.push_back(row);
    }
  }

  std::size_t size() const override { return used_.size(); }

  float base() const override {
    double clicks = 0;
    for (const std::uint32_t row : used_) clicks += rows_.clicked[row];
    return static_cast<float>(std::log((clicks + 1) / (static_cast<double>(used_.size()) - clicks + 1)));
  }

  void fill(std::span<const std::uint32_t> examples, const Draws&, std::uint32_t,
            FactorBatch& batch) override {
    batch.pairs.clear();
    labels_.clear();
    for (const std::uint32_t example : examples) {
      batch.pairs.push_back(rows_.pair(used_[example]));
      labels_.push_back(rows_.clicked[used_[example]]);
    }
  }

  double loss(FactorBatch& batch) override { return bce_on_logits(batch.logits, labels_, batch.slopes); }

 private:
  const InteractionRows& rows_;
  std::vector<std::uint32_t> used_;
  std::vector<float> labels_;
};

}  // namespace

std::unique_ptr<Objective> MatrixFactorization::objective(const InteractionRows& rows, const Items&,
                                                          bool ids_only) {
  return std::make_unique<ClickObjective>(rows, ids_only);
}

}  // namespace perennial
