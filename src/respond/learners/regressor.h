#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/archive.h"
#include "respond/learners/learner_options.h"
#include "respond/table/feature_schema.h"
#include "respond/table/feature_store.h"

namespace perennial {

/// What a regressor is fitted on.
struct RegressionRows {
  const FeatureSchema& schema;
  const FeatureStore& features;
  std::span<const std::uint32_t> rows;   ///< of the store, ascending
  std::span<const float> targets;        ///< one for each of `rows`
  std::span<const float> weights;        ///< the same; empty: all 1
  std::span<const float> extra_feature;  ///< the same: one more column after those of the store; empty: none
  std::span<const std::uint32_t> units;  ///< the same: rows of one number stay together; empty: the rows' own
  bool early_stopping = true;            ///< may put a share of the rows aside to stop by
  std::span<const std::uint32_t> split_units() const { return units.empty() ? rows : units; }
  std::size_t columns() const { return features.features() + (extra_feature.empty() ? 0 : 1); }
};

/// Loss by which targets are fitted; the prediction is always on the targets' own scale.
enum class Loss : std::uint8_t { squared, logistic, poisson, tweedie };

/// A fitted function of the features.
class Regressor {
 public:
  virtual ~Regressor() = default;
  /// "trees", "net" or "constant": who reads it back.
  virtual std::string kind() const = 0;
  /// `values`: to.size() rows. In the calling thread; safe from several at once.
  virtual void predict(std::span<const float> values, std::span<double> to) const = 0;
  /// Gain of every column; all 0 where there are no trees.
  virtual std::vector<double> gains(std::size_t columns) const = 0;
  /// Adds to `to` (rows x columns) what each column adds to the prediction's margin.
  virtual void add_contributions(std::span<const float> values, std::size_t columns, double weight,
                                 std::span<double> to) const = 0;
  /// Trees, epochs: for people.
  virtual std::size_t size() const = 0;
  /// Loss on the rows put aside and that of their mean; false where none were.
  virtual bool stopping_loss(double& loss, double& baseline) const = 0;
  virtual void persist(Archive& archive) = 0;
};

/// `kind`: "trees", "net" or "constant". `number` tells the models of one learner apart: their coins differ.
std::unique_ptr<Regressor> fit_regressor(std::string_view kind, const RegressionRows& rows, Loss loss,
                                         const LearnerOptions& options, std::uint32_t number,
                                         const FitProgress& progress);

/// An empty one to read a saved one into; Error(invalid_data) for a kind that is none.
std::unique_ptr<Regressor> make_regressor(std::string_view kind);

}  // namespace perennial
