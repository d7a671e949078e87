#include "respond/learners/learners.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "base/error.h"
#include "base/random.h"
#include "respond/learners/effect_rules.h"

namespace perennial {
namespace {

constexpr std::size_t arm_least = 50;
constexpr std::size_t part_arm_least = 500;
using Parts = LearnedResponse::Parts;

/// Coins of each model of a learner are their own; folds follow each other.
enum Number : std::uint32_t {
  control = 0,
  treated = 100,
  joint = 200,
  outcome = 300,
  effect = 400,
  fold_of = 500,
  part_of = 600
};

/// The training part's columns, one entry for each of data.rows: what models are fitted to, in as few bytes as that takes.
struct Training {
  explicit Training(const TrainingData& data) {
    arm.reserve(data.rows.size());
    outcome.reserve(data.rows.size());
    for (const auto row : data.rows) {
      arm.push_back(data.treated[row] != 0 ? 1 : 0);
      outcome.push_back(static_cast<float>(data.outcome[row]));
    }
  }
  std::vector<std::uint8_t> arm;
  std::vector<float> outcome;
};

/// The training part's outcomes as they came.
std::vector<double> outcomes_of(const TrainingData& data) {
  std::vector<double> outcome;
  outcome.reserve(data.rows.size());
  for (const auto row : data.rows) outcome.push_back(data.outcome[row]);
  return outcome;
}

void refuse_hopeless(const Training& training, std::span<const double> outcome) {
  const auto treated = static_cast<std::size_t>(std::accumulate(training.arm.begin(), training.arm.end(), 0));
  const std::size_t control = training.arm.size() - treated;
  if (std::min(treated, control) < arm_least) {
    throw Error(
        ErrorCode::invalid_data,
        fmt::format("the training part has {} treated and {} control creators; each arm needs at least {}",
                    treated, control, arm_least));
  }
  const auto [least, most] = std::minmax_element(outcome.begin(), outcome.end());
  if (*least == *most)
    throw Error(
        ErrorCode::invalid_data,
        fmt::format(
            "the outcome is {} for every creator of the training part; nothing can be learned from it",
            *least));
}

Loss loss_of(const std::string& name, std::span<const double> outcome) {
  const double least = *std::min_element(outcome.begin(), outcome.end());
  const bool binary = std::all_of(outcome.begin(), outcome.end(), [](double y) { return y == 0 || y == 1; });
  if (name == "auto") return binary ? Loss::logistic : Loss::squared;
  if (name == "squared") return Loss::squared;
  if (name == "logistic") {
    if (!binary) throw Error(ErrorCode::invalid_argument, "loss logistic: needs an outcome of 0 and 1");
    return Loss::logistic;
  }
  if (name != "poisson" && name != "tweedie")
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("no such loss: '{}'; there are: auto, squared, logistic, poisson, tweedie", name));
  if (least < 0)
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("loss {}: needs an outcome that is never negative; it is {} somewhere", name, least));
  return name == "poisson" ? Loss::poisson : Loss::tweedie;
}

/// Fits the parts of one learner, one regressor after the other.
class Fitting {
 public:
  Fitting(const TrainingData& data, const LearnerOptions& options, const FitProgress& progress)
      : data_(data),
        options_(options),
        progress_(progress),
        recipe_(recipe_of(options.learner, options.imputation)),
        training_(data) {
    const auto outcome = outcomes_of(data);
    refuse_hopeless(training_, outcome);
    loss_ = loss_of(options.loss, outcome);
    draw_folds();
    draw_parts();
  }

  std::unique_ptr<LearnedResponse> fit() {
    FinalLoss final_loss;
    for (part_ = 0; part_ < part_count_; ++part_) {
      fit_nuisance();
      if (recipe_.final_model == FinalModel::mean) fit_means();
      if (recipe_.rule == EffectRule::none) continue;
      const FinalLoss loss = fit_effect();
      final_loss.loss += loss.loss;
      final_loss.baseline += loss.baseline;
    }
    auto model = std::make_unique<LearnedResponse>(recipe_, data_.propensity, std::move(parts_), final_loss);
    if (part_count_ > 1) model->shrink_by_parts(data_.features, sample_rows(), options_.threads);
    return model;
  }

 private:
  /// Positions in data.rows.
  using Positions = std::vector<std::uint32_t>;

  template <class Wanted>
  Positions positions_where(Wanted wanted) const {
    Positions positions;
    for (std::uint32_t i = 0; i < data_.rows.size(); ++i)
      if (wanted(i) && (part_count_ == 1 || part_of_[i] == part_)) positions.push_back(i);
    return positions;
  }

  void draw_folds() {
    const auto folds = static_cast<std::uint32_t>(recipe_.cross_fitted ? options_.folds : 1);
    const Draws draws(options_.seed, Purpose::response_fit, Number::fold_of);
    folds_ = folds;
    if (folds == 1) return;
    fold_.reserve(data_.rows.size());
    for (const auto row : data_.rows)
      fold_.push_back(static_cast<std::uint16_t>(draws.below(folds, data_.unit_of(row))));
  }
  bool in_fold(std::uint32_t i, std::uint32_t fold) const { return folds_ == 1 || fold_[i] == fold; }

  /// Disjoint parts of the creators (of clusters, where there are some), if every arm is large enough in each.
  void draw_parts() {
    if (!recipe_.in_parts || options_.parts < 2) return;
    const auto parts = static_cast<std::uint32_t>(options_.parts);
    const Draws draws(options_.seed, Purpose::response_fit, Number::part_of);
    std::vector<std::size_t> counts(2 * std::size_t{parts});
    part_of_.reserve(data_.rows.size());
    for (std::size_t i = 0; i < data_.rows.size(); ++i) {
      part_of_.push_back(static_cast<std::uint16_t>(draws.below(parts, data_.unit_of(data_.rows[i]))));
      ++counts[2 * std::size_t{part_of_.back()} + training_.arm[i]];
    }
    if (*std::min_element(counts.begin(), counts.end()) >= part_arm_least) part_count_ = parts;
  }

  /// Enough rows to tell how far the parts agree.
  std::vector<std::uint32_t> sample_rows() const {
    constexpr std::size_t most = 20000;
    const std::size_t step = std::max<std::size_t>(1, data_.rows.size() / most);
    std::vector<std::uint32_t> rows;
    for (std::size_t i = 0; i < data_.rows.size(); i += step) rows.push_back(data_.rows[i]);
    return rows;
  }

  std::unique_ptr<Regressor> regress(const std::string& kind, const Positions& positions,
                                     std::span<const float> all_targets, std::span<const float> all_weights,
                                     Loss loss, std::uint32_t number, bool with_arm = false) {
    std::vector<std::uint32_t> rows, units;
    std::vector<float> targets, weights, arm;
    rows.reserve(positions.size());
    targets.reserve(positions.size());
    for (const auto i : positions) {
      rows.push_back(data_.rows[i]);
      if (!data_.clusters.empty()) units.push_back(data_.clusters[rows.back()]);
      targets.push_back(all_targets[i]);
      if (!all_weights.empty()) weights.push_back(all_weights[i]);
      if (with_arm) arm.push_back(training_.arm[i]);
    }
    return fit_regressor(kind,
                         {.schema = data_.schema,
                          .features = data_.features,
                          .rows = rows,
                          .targets = targets,
                          .weights = weights,
                          .extra_feature = arm,
                          .units = units},
                         loss, options_, number, progress_);
  }

  /// Fits an outcome model for each fold, on `wanted` creators outside of it, and asks it of the fold's creators.
  template <class Wanted>
  void fit_outcome_model(LearnedResponse::Ensemble& into, std::uint32_t number, Wanted wanted,
                         std::vector<double>* predictions) {
    for (std::uint32_t fold = 0; fold < folds_; ++fold) {
      const auto learn =
          positions_where([&](std::uint32_t i) { return wanted(i) && (folds_ == 1 || !in_fold(i, fold)); });
      into.push_back(
          regress(options_.nuisance, learn, training_.outcome, {}, loss_, number + part_ + fold, false));
      if (predictions != nullptr) ask(*into.back(), fold, *predictions);
    }
  }

  void ask(const Regressor& model, std::uint32_t fold, std::vector<double>& predictions) const {
    const auto positions = positions_where([&](std::uint32_t i) { return in_fold(i, fold); });
    std::vector<std::uint32_t> rows;
    for (const auto i : positions) rows.push_back(data_.rows[i]);
    const auto values = predict_rows(model, data_.features, rows, options_.threads);
    for (std::size_t i = 0; i < positions.size(); ++i) predictions[positions[i]] = values[i];
  }

  void fit_nuisance() {
    const auto is_control = [&](std::uint32_t i) { return training_.arm[i] == 0; };
    const auto is_treated = [&](std::uint32_t i) { return training_.arm[i] != 0; };
    const auto anybody = [](std::uint32_t) { return true; };
    const bool asks = recipe_.rule != EffectRule::none;
    control_model_.assign(asks ? data_.rows.size() : 0, 0);
    treated_model_.assign(control_model_.size(), 0);
    if (recipe_.nuisance == NuisanceModels::arms) {
      fit_outcome_model(parts_.control, Number::control, is_control, asks ? &control_model_ : nullptr);
      fit_outcome_model(parts_.treated, Number::treated, is_treated, asks ? &treated_model_ : nullptr);
    } else if (recipe_.nuisance == NuisanceModels::outcome) {
      fit_outcome_model(parts_.outcome, Number::outcome, anybody, &control_model_);
    } else if (recipe_.nuisance == NuisanceModels::joint) {
      parts_.joint.push_back(regress(options_.nuisance, positions_where(anybody), training_.outcome, {},
                                     loss_, Number::joint, true));
    }
  }

  void fit_means() {
    for (const int arm : {0, 1}) {
      const auto positions = positions_where([&](std::uint32_t i) { return training_.arm[i] == arm; });
      (arm == 0 ? parts_.control : parts_.treated)
          .push_back(regress("constant", positions, training_.outcome, {}, Loss::squared, Number::effect));
    }
  }

  FinalLoss fit_effect() {
    const auto effects = imputed_effects(recipe_.rule, {.outcome = outcomes_of(data_),
                                                        .treated = training_.arm,
                                                        .control_model = control_model_,
                                                        .treated_model = treated_model_,
                                                        .propensity = data_.propensity});
    // The final model takes most memory of all: what is no longer needed makes room.
    control_model_ = std::vector<double>();
    treated_model_ = std::vector<double>();
    const auto on = [&](LearnedResponse::Ensemble& into, std::uint32_t number, auto wanted, auto weights) {
      into.push_back(regress(options_.final_model, positions_where(wanted), effects.values, weights,
                             Loss::squared, number + part_));
      FinalLoss loss;
      into.back()->stopping_loss(loss.loss, loss.baseline);
      return loss;
    };
    if (recipe_.final_model == FinalModel::pooled)
      return on(
          parts_.effect, Number::effect, [](auto) { return true; }, std::span<const float>(effects.weights));
    const auto none = std::span<const float>();
    const auto first = on(
        parts_.control_effect, Number::effect, [&](auto i) { return training_.arm[i] == 0; }, none);
    const auto second = on(
        parts_.treated_effect, Number::effect + 1, [&](auto i) { return training_.arm[i] != 0; }, none);
    return {.loss = first.loss + second.loss, .baseline = first.baseline + second.baseline};
  }

  const TrainingData& data_;
  const LearnerOptions& options_;
  const FitProgress& progress_;
  Recipe recipe_;
  Training training_;
  Loss loss_ = Loss::squared;
  std::vector<std::uint16_t> fold_;  // by position in data.rows; empty: one fold
  std::uint32_t folds_ = 1;
  std::vector<std::uint16_t> part_of_;  // by position in data.rows; empty: one part
  std::uint32_t part_ = 0, part_count_ = 1;
  std::vector<double> control_model_, treated_model_;
  Parts parts_;
};

std::uint64_t steps_of(const std::string& kind, const LearnerOptions& options) {
  if (kind == "trees") return static_cast<std::uint64_t>(options.trees.rounds);
  return kind == "net" ? static_cast<std::uint64_t>(options.net.epochs) : 1;
}

}  // namespace

LearnerOptions paper_preset() {
  LearnerOptions options;
  options.trees = {.rounds = 1000,
                   .leaves = 128,
                   .columns_share = 0.75,
                   .learning_rate = 0.3,
                   .leaf_weight_least = 1,
                   .ridge = 1,
                   .patience = 0,
                   .stopping_share = 0};
  options.parts = 1;
  return options;
}

std::uint64_t fit_steps(const LearnerOptions& options) {
  const Recipe recipe = recipe_of(options.learner, options.imputation);
  const auto folds = static_cast<std::uint64_t>(recipe.cross_fitted ? options.folds : 1);
  const auto parts = static_cast<std::uint64_t>(recipe.in_parts ? options.parts : 1);
  std::uint64_t nuisance = 0, final_models = 0;
  if (recipe.nuisance == NuisanceModels::arms) nuisance = 2 * folds;
  if (recipe.nuisance == NuisanceModels::joint) nuisance = 1;
  if (recipe.nuisance == NuisanceModels::outcome) nuisance = folds;
  if (recipe.final_model == FinalModel::pooled) final_models = 1;
  if (recipe.final_model == FinalModel::by_arm) final_models = 2;
  const std::uint64_t means = recipe.final_model == FinalModel::mean ? 2 : 0;
  return means + parts * (nuisance * steps_of(options.nuisance, options) +
                          final_models * steps_of(options.final_model, options));
}

std::unique_ptr<LearnedResponse> fit_response_model(const TrainingData& data, const LearnerOptions& options,
                                                    const FitProgress& progress) {
  check(data.propensity > 0 && data.propensity < 1, "a share treated lies between 0 and 1");
  return Fitting(data, options, progress).fit();
}

}  // namespace perennial
