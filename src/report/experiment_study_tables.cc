#include <cstdint>

#include "report/experiment_study_summary.h"

namespace perennial {
namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;
using Texts = std::vector<std::string>;

/// A column of one number of every replication.
template <class Of>
Reals replications(const ExperimentStudy& study, Of of) {
  Reals values;
  for (const auto& cell : study.cells) {
    for (const auto& replication : cell.replications) values.push_back(of(replication));
  }
  return values;
}

Reals factors_of(const ExperimentStudy& study, std::string_view name) {
  for (const auto& boost : study.boosts) {
    if (boost.name == name) return boost.factors;
  }
  return {};
}

Integers whole(const std::vector<std::uint8_t>& values) {
  return {values.begin(), values.end()};
}

}  // namespace

Table replications_table(const ExperimentStudy& study) {
  Texts designs;
  Reals shares;
  Integers numbers;
  for (const auto& cell : study.cells) {
    for (std::size_t r = 0; r < cell.replications.size(); ++r) {
      designs.push_back(name_of(cell.design));
      shares.push_back(cell.share);
      numbers.push_back(static_cast<std::int64_t>(r) + 1);
    }
  }
  Table table;
  table.add("design", std::move(designs))
      .add("share", std::move(shares))
      .add("replication", std::move(numbers));
  table.add("treated_share", replications(study, [](const auto& r) { return r.treated_share; }))
      .add("effect", replications(study, [](const auto& r) { return r.effect.mean; }))
      .add("effect_se", replications(study, [](const auto& r) { return r.effect.se; }))
      .add("effect_low", replications(study, [](const auto& r) { return r.effect.low; }))
      .add("effect_high", replications(study, [](const auto& r) { return r.effect.high; }))
      .add("lift", replications(study, [](const auto& r) { return r.lift; }))
      .add("treated_exposure", replications(study, [](const auto& r) { return r.treated_exposure; }))
      .add("control_exposure", replications(study, [](const auto& r) { return r.control_exposure; }))
      .add("control_posts", replications(study, [](const auto& r) { return r.control_posts; }));
  return table;
}

Table effects_table(const ExperimentStudy& study) {
  Integers creators;
  for (std::size_t c = 0; c < study.truth.effect.size(); ++c)
    creators.push_back(static_cast<std::int64_t>(c));
  Table table;
  table.add("creator_id", std::move(creators))
      .add("treated", whole(study.score.treated))
      .add("evaluated", whole(study.score.evaluated))
      .add("true_effect", study.truth.effect)
      .add("sensitivity", study.truth.sensitivity)
      .add("untouched_posts", study.truth.posts)
      .add("score", study.score.score)
      .add("score_factor", factors_of(study, "score"))
      .add("true_marginal", study.truth.marginal)
      .add("oracle_factor", factors_of(study, "oracle"))
      .add("marginal_factor", factors_of(study, "marginal"));
  return table;
}

Table deployment_table(const ExperimentStudy& study) {
  Texts boosts;
  Integers futures;
  Reals clicks, posts;
  for (const auto& boost : study.boosts) {
    for (std::size_t f = 0; f < boost.clicks.size(); ++f) {
      boosts.push_back(boost.name);
      futures.push_back(static_cast<std::int64_t>(f) + 1);
      clicks.push_back(boost.clicks[f]);
      posts.push_back(boost.posts[f]);
    }
  }
  Table table;
  table.add("boost", std::move(boosts))
      .add("future", std::move(futures))
      .add("clicks_per_round", std::move(clicks))
      .add("posts_per_round", std::move(posts));
  return table;
}

}  // namespace perennial
