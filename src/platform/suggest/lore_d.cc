#include "platform/suggest/lore_d.h"

#include <algorithm>
#include <cmath>

#include "base/thread_seconds.h"
#include "nn/categorical.h"
#include "platform/suggest/suggestion_features.h"

namespace perennial {
namespace {

/// Credits as advantages: mean 0 and deviation 1 over the batch, times how much each decision decides.
std::vector<double> advantages_of(const Decisions& decisions) {
  double sum = 0, square = 0, weights = 0;
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    const double weight = decisions.weight[i], credit = decisions.credit[i];
    weights += weight;
    sum += weight * credit;
    square += weight * credit * credit;
  }
  const double mean = sum / weights;
  const double deviation = std::sqrt(std::max(0.0, square / weights - mean * mean)) + 1e-6;
  std::vector<double> advantages(decisions.size());
  for (std::size_t i = 0; i < decisions.size(); ++i)
    advantages[i] = double{decisions.weight[i]} * (double{decisions.credit[i]} - mean) / deviation;
  return advantages;
}

}  // namespace

Fields LoreDPolicy::fields() {
  Fields fields;
  fields.real("learning_rate", ppo_.learning_rate, {1e-9, 1}, "Adam's step")
      .integer("epochs", ppo_.epochs, {1, 1000}, "passes over the batch per update (M)")
      .integer("rounds_per_update", rounds_per_update_, {1, 10000}, "rounds played between updates (N)")
      .real("clip", ppo_.clip, {0.001, 0.999}, "how far an update may move a choice's odds (PPO's epsilon)")
      .real("entropy", ppo_.entropy, {0, 10}, "reward for keeping choices open")
      .real("prior", prior_, {0, 50},
            "how strongly an untrained network leans towards the plan, as a logit; 0 = starts at random")
      .real("smoothing", smoothing_, {0.001, 1e6},
            "impressions that a genre's overall click rate counts for in a user's")
      .integer("window", window_, {1, 1000}, "rounds in which an item earns its suggestion credit")
      .integer("horizon", horizon_, {1, 1000},
               "items ahead over which a creator's quality in a genre is averaged when planning")
      .integer("hidden", hidden_, {1, 4096}, "width of the two hidden layers");
  return fields;
}

void LoreDPolicy::start(const PlatformShape& shape) {
  shape_ = shape;
  network_ = SuggestionNetwork(static_cast<std::size_t>(hidden_), prior_, shape.seed);
}

Outlook LoreDPolicy::outlook_for(const SuggestionRequest& request) const {
  return make_outlook(request, shape_, practice_,
                      {.smoothing = smoothing_, .practice_horizon = static_cast<std::size_t>(horizon_)});
}

Decisions LoreDPolicy::undecided(const SuggestionRequest& request, const Matrix& features) const {
  Decisions decisions;
  decisions.options = shape_.genres + 1;
  decisions.features.assign(features.data(), features.data() + features.size());
  decisions.chosen.resize(request.creators.size());
  decisions.log_probability.resize(request.creators.size());
  decisions.credit.resize(request.creators.size());
  for (const CreatorId creator : request.creators)
    decisions.weight.push_back(static_cast<float>(request.predicted_trust[creator]));
  return decisions;
}

void LoreDPolicy::open_round(const SuggestionRequest& request, Outlook outlook, Decisions decisions) {
  std::vector<std::uint8_t> practice;
  practice.reserve(request.creators.size() * shape_.genres);
  for (const CreatorId creator : request.creators) {
    for (std::size_t g = 0; g < shape_.genres; ++g)
      practice.push_back(PracticeModel::class_of(request.records, creator, static_cast<GenreId>(g)));
  }
  rates_ = std::move(outlook.rates);
  reward_.open(request.round, std::move(decisions), std::move(practice));
}

void LoreDPolicy::suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) {
  auto outlook = outlook_for(request);
  const Matrix features = suggestion_features(request, outlook);
  auto decisions = undecided(request, features);
  const Matrix odds = network_.log_probabilities(features, decisions.options, request.workers);
  for (std::size_t i = 0; i < suggestions.size(); ++i) {
    const std::span row(odds.data() + i * decisions.options, decisions.options);
    const std::size_t chosen = sample(row, request.draws.uniform(request.creators[i]));
    suggestions[i] = chosen == shape_.genres ? no_genre : static_cast<GenreId>(chosen);
    decisions.chosen[i] = static_cast<std::uint32_t>(chosen);
    decisions.log_probability[i] = row[chosen];
  }
  open_round(request, std::move(outlook), std::move(decisions));
}

void LoreDPolicy::learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
                        Workers& workers) {
  round_ = log.round;
  reward_.learn(log, items, tables, rates_, practice_);
  reward_.close(log.round, static_cast<std::uint32_t>(window_), finished_);
  LearnedPolicy* const self = this;
  if (alone_ && update_due()) update({&self, 1}, workers);
}

bool LoreDPolicy::update_due() const {
  return round_ % static_cast<std::uint32_t>(rounds_per_update_) == 0;
}

void LoreDPolicy::update(std::span<LearnedPolicy* const> copies, Workers& workers) {
  const ThreadSeconds clock;
  Decisions batch;
  for (LearnedPolicy* copy : copies) {
    auto& finished = dynamic_cast<LoreDPolicy&>(*copy).finished_;
    batch.append(finished);
    finished.clear();
  }
  constexpr std::size_t fewest = 2;  // a deviation needs two
  if (batch.size() < fewest) return;
  const auto report = network_.update(batch, advantages_of(batch), ppo_, workers);
  progress_.updates += 1;
  progress_.policy_loss = report.policy_loss;
  progress_.entropy_nats = report.entropy_nats;
  progress_.clip_share = report.clip_share;
  for (LearnedPolicy* copy : copies) dynamic_cast<LoreDPolicy&>(*copy).network_ = network_;
  progress_.seconds += clock.elapsed();
}

void LoreDPolicy::imitate(const SuggestionRequest& request, std::span<const GenreId> suggested) {
  finished_.clear();
  auto outlook = outlook_for(request);
  const Matrix features = suggestion_features(request, outlook);
  auto decisions = undecided(request, features);
  const Matrix odds = network_.log_probabilities(features, decisions.options, request.workers);
  for (std::size_t i = 0; i < suggested.size(); ++i) {
    const std::size_t chosen = suggested[i] == no_genre ? shape_.genres : suggested[i];
    decisions.chosen[i] = static_cast<std::uint32_t>(chosen);
    decisions.log_probability[i] = odds(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(chosen));
  }
  if (decisions.size() > 0) network_.imitate(decisions, ppo_, request.workers);
  open_round(request, std::move(outlook), std::move(decisions));
}

void LoreDPolicy::persist_knowledge(Archive& archive) {
  archive.section("lore-d");
  network_.persist(archive);
}

void LoreDPolicy::persist(Archive& archive) {
  persist_knowledge(archive);
  practice_.persist(archive);
  reward_.persist(archive);
  finished_.persist(archive);
  archive(round_, alone_);
  archive(progress_.updates, progress_.policy_loss, progress_.entropy_nats, progress_.clip_share,
          progress_.explained_variance, progress_.converged_at);
}

std::vector<ExplainedSuggestion> LoreDPolicy::explain(const SuggestionRequest& request) const {
  const std::size_t options = shape_.genres + 1;
  const Matrix features = suggestion_features(request, outlook_for(request));
  const Matrix odds = network_.log_probabilities(features, options, request.workers);
  std::vector<ExplainedSuggestion> all;
  for (std::size_t i = 0; i < request.creators.size(); ++i) {
    const std::span row(odds.data() + i * options, options);
    const auto best = static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
    ExplainedSuggestion one{.creator = request.creators[i],
                            .suggestion = best == shape_.genres ? no_genre : static_cast<GenreId>(best),
                            .probabilities = {},
                            .reasons = network_.reasons(features, options, i, best)};
    for (const float l : row) one.probabilities.push_back(std::exp(double{l}));
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace perennial
