#include "respond/learners/learned_response.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/parallel.h"
#include "respond/statistics/moments.h"

namespace perennial {
namespace {

constexpr std::size_t scoring_block_rows = 2048;
constexpr double least_agreement = 0.05;
constexpr double unlearned = 1.1;

/// Calls take(first, values) for blocks of `rows`, over threads: `first` is the place of the block's first row in `rows`.
template <class Take>
void for_blocks_of(const FeatureStore& features, std::span<const std::uint32_t> rows, std::size_t threads,
                   Take take) {
  const auto blocks = (rows.size() + scoring_block_rows - 1) / scoring_block_rows;
  Workers workers(std::max<std::size_t>(1, std::min(threads, blocks)));
  workers.for_blocks(rows.size(), scoring_block_rows, [&](std::size_t begin, std::size_t end) {
    std::size_t at = begin;
    features.for_each_block(rows.subspan(begin, end - begin), std::min(scoring_block_rows, end - begin),
                            [&](std::span<const float> values, std::span<const std::uint32_t> taken) {
                              take(at, values, taken.size());
                              at += taken.size();
                            });
  });
}

/// Adds weight x the ensemble's mean prediction.
void add_prediction(const LearnedResponse::Ensemble& ensemble, double weight, std::span<const float> values,
                    std::span<double> to) {
  std::vector<double> one(to.size());
  for (const auto& model : ensemble) {
    model->predict(values, one);
    const double share = weight / static_cast<double>(ensemble.size());
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += share * one[i];
  }
}

/// The rows with the treatment as one more column.
std::vector<float> with_arm(std::span<const float> values, std::size_t rows, float arm) {
  const std::size_t columns = values.size() / rows;
  std::vector<float> wide;
  wide.reserve(rows * (columns + 1));
  for (std::size_t row = 0; row < rows; ++row) {
    const auto from = values.subspan(row * columns, columns);
    wide.insert(wide.end(), from.begin(), from.end());
    wide.push_back(arm);
  }
  return wide;
}

}  // namespace

std::vector<double> predict_rows(const Regressor& model, const FeatureStore& features,
                                 std::span<const std::uint32_t> rows, std::size_t threads) {
  std::vector<double> predictions(rows.size());
  for_blocks_of(features, rows, threads,
                [&](std::size_t at, std::span<const float> values, std::size_t count) {
                  model.predict(values, std::span(predictions).subspan(at, count));
                });
  return predictions;
}

LearnedResponse::LearnedResponse(Recipe recipe, double propensity, Parts parts, FinalLoss loss)
    : recipe_(recipe), propensity_(propensity), parts_(std::move(parts)), loss_(loss) {}

void LearnedResponse::shrink_by_parts(const FeatureStore& features, std::span<const std::uint32_t> rows,
                                      std::size_t threads) {
  const auto count = parts_.effect.size();
  if (count < 2 || rows.empty()) return;
  std::vector<std::vector<double>> scores;
  for (const auto& model : parts_.effect) scores.push_back(predict_rows(*model, features, rows, threads));
  double sum = 0, together = 0, alone = 0;
  for (std::size_t a = 0; a < count; ++a) {
    sum += std::accumulate(scores[a].begin(), scores[a].end(), 0.0);
    alone += covariance(scores[a], scores[a]) / static_cast<double>(count);
    for (std::size_t b = 0; b < a; ++b)
      together += covariance(scores[a], scores[b]) * 2 / static_cast<double>(count * (count - 1));
  }
  centre_ = sum / static_cast<double>(count * rows.size());
  const double r = alone > 0 ? std::clamp(together / alone, least_agreement, 1.0) : 1;
  const auto parts = static_cast<double>(count);
  shrink_ = std::min(1.0, unlearned * std::sqrt(parts * r / (1 + (parts - 1) * r)));
}

std::vector<std::pair<const LearnedResponse::Ensemble*, double>> LearnedResponse::score_terms() const {
  if (recipe_.final_model == FinalModel::pooled) return {{&parts_.effect, shrink_}};
  if (recipe_.final_model == FinalModel::by_arm)
    return {{&parts_.control_effect, propensity_}, {&parts_.treated_effect, 1 - propensity_}};
  return {{&parts_.treated, 1}, {&parts_.control, -1}};
}

void LearnedResponse::score(std::span<const float> values, std::span<double> to) const {
  std::fill(to.begin(), to.end(), (1 - shrink_) * centre_);
  if (recipe_.nuisance != NuisanceModels::joint) {
    for (const auto& [ensemble, weight] : score_terms()) add_prediction(*ensemble, weight, values, to);
    return;
  }
  add_prediction(parts_.joint, 1, with_arm(values, to.size(), 1), to);
  add_prediction(parts_.joint, -1, with_arm(values, to.size(), 0), to);
}

std::vector<double> LearnedResponse::outcomes(std::span<const float> values, std::span<const double> score,
                                              int arm) const {
  std::vector<double> result(score.size());
  if (recipe_.nuisance == NuisanceModels::joint) {
    add_prediction(parts_.joint, 1, with_arm(values, score.size(), static_cast<float>(arm)), result);
  } else if (recipe_.nuisance == NuisanceModels::outcome) {
    // m = mu_0 + e tau.
    add_prediction(parts_.outcome, 1, values, result);
    for (std::size_t i = 0; i < result.size(); ++i) result[i] += (arm - propensity_) * score[i];
  } else {
    add_prediction(arm == 0 ? parts_.control : parts_.treated, 1, values, result);
  }
  return result;
}

std::vector<double> LearnedResponse::score(const FeatureStore& features, std::span<const std::uint32_t> rows,
                                           std::size_t threads) const {
  std::vector<double> scores(rows.size());
  for_blocks_of(features, rows, threads,
                [&](std::size_t at, std::span<const float> values, std::size_t count) {
                  score(values, std::span(scores).subspan(at, count));
                });
  return scores;
}

CreatorPredictions LearnedResponse::predict(const FeatureStore& features, std::span<const std::uint32_t> rows,
                                            std::size_t threads) const {
  CreatorPredictions all{.score = std::vector<double>(rows.size()),
                         .control_outcome = std::vector<double>(rows.size()),
                         .treated_outcome = std::vector<double>(rows.size())};
  for_blocks_of(features, rows, threads,
                [&](std::size_t at, std::span<const float> values, std::size_t count) {
                  const auto scores = std::span(all.score).subspan(at, count);
                  score(values, scores);
                  const auto place = static_cast<std::ptrdiff_t>(at);
                  std::ranges::copy(outcomes(values, scores, 0), all.control_outcome.begin() + place);
                  std::ranges::copy(outcomes(values, scores, 1), all.treated_outcome.begin() + place);
                });
  return all;
}

std::vector<FeatureImportance> LearnedResponse::importance(const FeatureSchema& schema,
                                                           const FeatureStore& features,
                                                           std::span<const std::uint32_t> rows) const {
  const std::size_t columns = schema.size();
  std::vector<FeatureImportance> all(columns);
  std::vector<double> gains(columns);
  const bool joint = recipe_.nuisance == NuisanceModels::joint;
  for (const auto& [ensemble, weight] : score_terms()) {
    for (const auto& model : joint ? parts_.joint : *ensemble) {
      const auto of_model = model->gains(columns + (joint ? 1 : 0));
      for (std::size_t i = 0; i < columns; ++i) gains[i] += std::abs(weight) * of_model[i];
    }
    if (joint) break;
  }
  double total = 0;
  for (const double gain : gains) total += gain;
  features.for_each_block(rows, scoring_block_rows,
                          [&](std::span<const float> values, std::span<const std::uint32_t> taken) {
                            const auto parts = contributions(values, taken.size());
                            for (std::size_t i = 0; i < parts.size(); ++i)
                              all[i % columns].contribution += std::abs(parts[i]);
                          });
  for (std::size_t i = 0; i < columns; ++i) {
    all[i].feature = schema.features[i].name;
    all[i].gain = total > 0 ? gains[i] / total : 0;
    all[i].contribution /= static_cast<double>(std::max<std::size_t>(1, rows.size()));
  }
  return all;
}

std::vector<FeatureImportance> LearnedResponse::outcome_gains(const FeatureSchema& schema) const {
  const std::size_t columns = schema.size();
  std::vector<double> gains(columns);
  for (const Ensemble* ensemble : {&parts_.control, &parts_.treated, &parts_.outcome}) {
    for (const auto& model : *ensemble) {
      const auto of_model = model->gains(columns);
      for (std::size_t i = 0; i < columns; ++i) gains[i] += of_model[i];
    }
  }
  const double total = std::accumulate(gains.begin(), gains.end(), 0.0);
  std::vector<FeatureImportance> all;
  for (std::size_t i = 0; i < columns; ++i)
    all.push_back({schema.features[i].name, total > 0 ? gains[i] / total : 0, 0});
  return all;
}

std::vector<double> LearnedResponse::contributions(std::span<const float> values, std::size_t rows) const {
  const std::size_t columns = values.size() / rows;
  std::vector<double> result(values.size());
  if (recipe_.nuisance != NuisanceModels::joint) {
    for (const auto& [ensemble, weight] : score_terms()) {
      for (const auto& model : *ensemble)
        model->add_contributions(values, columns, weight / static_cast<double>(ensemble->size()), result);
    }
    return result;
  }
  std::vector<double> wide(rows * (columns + 1));
  for (const float arm : {1.0F, 0.0F}) {
    for (const auto& model : parts_.joint)
      model->add_contributions(with_arm(values, rows, arm), columns + 1, arm > 0 ? 1 : -1, wide);
  }
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = wide[i / columns * (columns + 1) + i % columns];
  return result;
}

std::vector<std::pair<std::string, LearnedResponse::Ensemble*>> LearnedResponse::ensembles() {
  return {{"control", &parts_.control},
          {"treated", &parts_.treated},
          {"joint", &parts_.joint},
          {"outcome", &parts_.outcome},
          {"effect", &parts_.effect},
          {"control_effect", &parts_.control_effect},
          {"treated_effect", &parts_.treated_effect}};
}

std::vector<std::pair<std::string, std::size_t>> LearnedResponse::sizes() const {
  std::vector<std::pair<std::string, std::size_t>> all;
  for (const auto& [name, ensemble] : const_cast<LearnedResponse*>(this)->ensembles()) {
    for (const auto& model : *ensemble) all.emplace_back(name, model->size());
  }
  return all;
}

void LearnedResponse::persist(Archive& archive) {
  archive.section("response");
  archive(recipe_.nuisance, recipe_.cross_fitted, recipe_.rule, recipe_.final_model, propensity_, loss_.loss,
          loss_.baseline, shrink_, centre_);
  for (const auto& [name, ensemble] : ensembles()) {
    archive.section(name);
    std::uint64_t count = ensemble->size();
    archive(count);
    if (archive.reading()) ensemble->clear();
    for (std::uint64_t i = 0; i < count; ++i) {
      std::string kind = archive.reading() ? "" : (*ensemble)[i]->kind();
      archive(kind);
      if (archive.reading()) ensemble->push_back(make_regressor(kind));
      (*ensemble)[i]->persist(archive);
    }
  }
}

}  // namespace perennial
