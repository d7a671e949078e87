#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "io/archive.h"
#include "respond/learners/recipes.h"
#include "respond/learners/regressor.h"
#include "respond/learners/response_model.h"

namespace perennial {

/// Loss of the effect model on its own targets (creators it did not learn from, where there are some), beside that of
/// their mean. Shown, never trusted: it says as much where no effect exists.
struct FinalLoss {
  double loss = 0;
  double baseline = 0;
  double ratio() const { return baseline > 0 ? loss / baseline : 1; }
};

/// What one feature adds to the score.
struct FeatureImportance {
  std::string feature;
  double gain = 0;  ///< share of the effect models' gain; all features: 1, or 0 for models without trees
  double contribution = 0;  ///< mean absolute SHAP value over the sampled rows, in units of the score
};

/// A regressor's predictions for rows (ascending) of a store, by blocks over `threads`.
std::vector<double> predict_rows(const Regressor& model, const FeatureStore& features,
                                 std::span<const std::uint32_t> rows, std::size_t threads);

/// A learner after its fit: regressors, and how they combine into a score.
class LearnedResponse : public ResponseModel {
 public:
  /// One regressor, or the folds of one, which are averaged.
  using Ensemble = std::vector<std::unique_ptr<Regressor>>;

  /// The parts that a recipe needs; the others are empty.
  struct Parts {
    Ensemble control, treated;                ///< mu_0, mu_1
    Ensemble joint;                           ///< mu(x, w)
    Ensemble outcome;                         ///< m(x)
    Ensemble effect;                          ///< tau, fitted on all
    Ensemble control_effect, treated_effect;  ///< tau_0, tau_1 (x)
  };

  LearnedResponse() = default;
  LearnedResponse(Recipe recipe, double propensity, Parts parts, FinalLoss loss);

  /// For effect models that were fitted on disjoint parts of the creators: shrinks scores towards their mean by
  /// min(1, 1.1 sqrt(k)), k = 2 r / (1 + r) their reliability (Spearman and Brown), r the parts' mean correlation over `rows`
  /// (a sample). sqrt(k) is the average's correlation with what it would be without noise; the tenth makes up for what trees
  /// that stop early have not learned. r counts as .05 at least: the order of creators is always kept.
  void shrink_by_parts(const FeatureStore& features, std::span<const std::uint32_t> rows,
                       std::size_t threads);

  CreatorPredictions predict(const FeatureStore& features, std::span<const std::uint32_t> rows,
                             std::size_t threads) const override;

  /// Only the score: a learner with an effect model asks nothing else.
  std::vector<double> score(const FeatureStore& features, std::span<const std::uint32_t> rows,
                            std::size_t threads) const;
  /// The score of creators at hand, by rows (`values` holds to.size() rows), in the calling thread. Thread-safe.
  void score(std::span<const float> values, std::span<double> to) const;

  /// By feature of the schema; contributions over `rows` (a sample: they cost a thousand times a score).
  std::vector<FeatureImportance> importance(const FeatureSchema& schema, const FeatureStore& features,
                                            std::span<const std::uint32_t> rows) const;

  /// Gain of every feature in the models of the outcome alone, as shares; contributions are not asked for.
  std::vector<FeatureImportance> outcome_gains(const FeatureSchema& schema) const;

  const FinalLoss& final_loss() const { return loss_; }
  /// Trees (or epochs) of all models, for people.
  std::vector<std::pair<std::string, std::size_t>> sizes() const;

  /// Reading throws Error(invalid_data) for what is no saved learner.
  void persist(Archive& archive);

 private:
  std::vector<std::pair<std::string, Ensemble*>> ensembles();
  /// Ensembles, and what each counts in the score.
  std::vector<std::pair<const Ensemble*, double>> score_terms() const;
  /// What each column adds to the score of each row (SHAP values), rows x columns.
  std::vector<double> contributions(std::span<const float> values, std::size_t rows) const;
  /// Outcome without (0) or with (1) treatment, given the score where it is needed; in the calling thread.
  std::vector<double> outcomes(std::span<const float> values, std::span<const double> score, int arm) const;

  Recipe recipe_;
  double propensity_ = 0.5;
  Parts parts_;
  FinalLoss loss_;
  double shrink_ = 1, centre_ = 0;  // score = centre + shrink (mean prediction - centre)
};

}  // namespace perennial
