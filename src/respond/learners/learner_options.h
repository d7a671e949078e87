#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// Gradient-boosted trees (XGBoost's `hist`, grown leaf by leaf).
struct TreeOptions {
  std::int64_t rounds = 1000;  ///< at most
  std::int64_t leaves = 128;
  double columns_share = 0.75;  ///< of the features, drawn anew for each tree
  double learning_rate = 0.05;  ///< XGBoost's eta
  double leaf_weight_least =
      100;           ///< XGBoost's min_child_weight: creators in a leaf, by the loss's curvature
  double ridge = 1;  ///< XGBoost's lambda
  std::int64_t patience =
      20;  ///< rounds without a better loss on the stopping share; 0: all rounds are played
  double stopping_share = 0.15;  ///< of the training part, used only to stop early
};

/// A small network (nn/mlp.h) on standardised features.
struct NetOptions {
  std::int64_t width = 64;   ///< of both hidden layers
  std::int64_t epochs = 30;  ///< at most
  std::int64_t patience = 4;
  std::int64_t batch = 512;
  double learning_rate = 1e-3;
  double stopping_share = 0.15;
};

/// How a learner is put together. The names are those of the command line.
struct LearnerOptions {
  std::string learner = "three-model";  ///< see learner_names()
  std::string imputation = "x";         ///< three-model only: "x" or "model"
  std::string nuisance = "trees";       ///< outcome models: "trees", "net", "constant"
  std::string final_model = "trees";    ///< effect models: the same
  std::string loss =
      "auto";  ///< of the outcome models: "squared", "logistic", "poisson", "tweedie"; auto: logistic
               ///< where the outcome is 0 or 1, else squared
  std::int64_t folds = 2;  ///< of learners that are cross-fitted (r, dr)
  /// three-model only: disjoint parts of the creators, each with three models of its own. Scores are averaged over them, and
  /// shrunk by how far the parts agree. 1: none; so it is where a part would have fewer than 500 creators in an arm.
  std::int64_t parts = 2;
  TreeOptions trees;
  NetOptions net;
  std::uint64_t seed = 1;
  std::size_t threads = 2;  ///< never changes the result
};

/// "three-model", "t", "s", "x", "r", "dr", "constant".
const std::vector<std::string>& learner_names();

/// The paper's setting: 1,000 rounds, 128 leaves, 75% of the features for each tree, no early stopping.
LearnerOptions paper_preset();

/// Told while a learner is fitted, from one thread: steps of equal weight done since the last call, of
/// fit_steps() in all. Training that stops early tells the steps it left out too.
using FitProgress = std::function<void(std::uint64_t steps)>;
std::uint64_t fit_steps(const LearnerOptions& options);

}  // namespace perennial
