#include "platform/recommend/bpr.h"

#include "nn/losses.h"
#include "platform/recommend/negative_sampler.h"

namespace perennial {
namespace {

/// One example per click: its pair, then one that its user did not click.
class PreferenceObjective final : public Objective {
 public:
  PreferenceObjective(const InteractionRows& rows, const Items& items, bool ids_only, double shown_share)
      : rows_(rows), negatives_(rows, items, ids_only), shown_share_(shown_share) {
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
      if (rows.clicked[row] != 0 && (!ids_only || rows.item[row] != no_item)) clicks_.push_back(row);
    }
  }

  std::size_t size() const override { return clicks_.size(); }
  float base() const override { return 0; }

  void fill(std::span<const std::uint32_t> examples, const Draws& draws, std::uint32_t epoch,
            FactorBatch& batch) override {
    batch.pairs.clear();
    for (const std::uint32_t example : examples) {
      const UserItem liked = rows_.pair(clicks_[example]);
      const auto other = negatives_.draw(liked.user, shown_share_, draws, example, epoch);
      if (other) batch.pairs.insert(batch.pairs.end(), {liked, *other});
    }
  }

  double loss(FactorBatch& batch) override { return bpr(batch.logits, batch.slopes); }

 private:
  const InteractionRows& rows_;
  NegativeSampler negatives_;
  double shown_share_;
  std::vector<std::uint32_t> clicks_;  // rows
};

}  // namespace

Fields BayesianPersonalizedRanking::fields() {
  Fields fields = shared_fields();
  fields.real("shown_share", shown_share_, {0, 1},
              "share of negatives that the user was shown and skipped; the others were never shown");
  return fields;
}

std::unique_ptr<Objective> BayesianPersonalizedRanking::objective(const InteractionRows& rows,
                                                                  const Items& items, bool ids_only) {
  return std::make_unique<PreferenceObjective>(rows, items, ids_only, shown_share_);
}

}  // namespace perennial
