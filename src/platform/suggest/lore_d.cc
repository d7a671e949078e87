#include "platform/suggest/lore_d.h"

#include <algorithm>
#include <cmath>

#include "base/thread_seconds.h"
#include "nn/categorical.h"
#include "platform/suggest/click_rates.h"
#include "platform/suggest/suggestion_features.h"
#include "platform/suggest/suggestion_gains.h"

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

double clicks_per_item_shown(const RoundLog& log) {
  double shown = 0, clicked = 0;
  for (std::size_t i = 0; i < log.shown.items.size(); ++i) {
    shown += log.shown.items[i] == no_item ? 0 : 1;
    clicked += log.clicked[i];
  }
  return shown == 0 ? 0 : clicked / shown;
}

/// Before the first round there is nothing to tell.
bool tells_what_was_made(const SuggestionRequest& request) {
  return request.round == 1 || request.items.size() > 0;
}

/// Adds advantages of whole rounds, scaled to deviation 1, to those of their decisions.
void add_scaled(std::span<const double> extra, double factor, std::span<const float> weight,
                std::span<double> advantages) {
  double square = 0;
  for (const double x : extra) square += x * x;
  const double deviation = std::sqrt(square / static_cast<double>(extra.size())) + 1e-9;
  for (std::size_t i = 0; i < extra.size(); ++i) advantages[i] += factor * weight[i] * extra[i] / deviation;
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
      .integer("hidden", hidden_, {1, 4096}, "width of the two hidden layers")
      .real("critic", critic_options_.weight, {0, 10},
            "weight of a critic of whole rounds beside the difference reward, for longer credit; 0 = none")
      .real("gamma", critic_options_.gamma, {0, 0.9999}, "critic: weight of the next round")
      .real("lambda", critic_options_.lambda, {0, 1}, "critic: GAE's decay")
      .real("critic_learning_rate", critic_options_.learning_rate, {1e-9, 1}, "critic: Adam's step");
  return fields;
}

void LoreDPolicy::start(const PlatformShape& shape) {
  shape_ = shape;
  network_ = SuggestionNetwork(static_cast<std::size_t>(hidden_), prior_, shape.seed);
  critic_ = RoundCritic(shape.seed);
}

Outlook LoreDPolicy::outlook_for(const SuggestionRequest& request, const PracticeModel& practice) const {
  return make_outlook(request, shape_, practice,
                      {.smoothing = smoothing_, .practice_horizon = static_cast<std::size_t>(horizon_)});
}

Decisions LoreDPolicy::undecided(const SuggestionRequest& request, const Matrix& features) const {
  Decisions decisions;
  decisions.options = shape_.genres + 1;
  decisions.features.assign(features.data(), features.data() + features.size());
  decisions.round.assign(request.creators.size(), request.round);
  decisions.chosen.resize(request.creators.size());
  decisions.log_probability.resize(request.creators.size());
  decisions.credit.resize(request.creators.size());
  for (const CreatorId creator : request.creators)
    decisions.weight.push_back(static_cast<float>(request.predicted_trust[creator]));
  return decisions;
}

void LoreDPolicy::open_round(const SuggestionRequest& request, const Matrix& features, Outlook outlook,
                             Decisions decisions, bool own) {
  std::vector<std::uint8_t> practice;
  practice.reserve(request.creators.size() * shape_.genres);
  for (const CreatorId creator : request.creators) {
    for (std::size_t g = 0; g < shape_.genres; ++g)
      practice.push_back(PracticeModel::class_of(request.records, creator, static_cast<GenreId>(g)));
  }
  if (critic_options_.weight > 0) history_.open(request.round, RoundCritic::state_of(features));
  rates_ = std::move(outlook.rates);
  reward_.open(request.round, std::move(decisions), std::move(practice), own);
}

void LoreDPolicy::suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) {
  auto outlook = outlook_for(request, practice_);
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
  open_round(request, features, std::move(outlook), std::move(decisions), true);
}

bool LoreDPolicy::expected_gains(const SuggestionRequest& request, std::span<const GenreId> suggested,
                                 std::span<double> gains) const {
  const auto outlook = outlook_for(request, practice_to_advise_by(request));
  const std::vector<double> arrivals(shape_.users,
                                     arrival_rate(request.tables, shape_.users, shape_.slate, request.round));
  const Demand demand(outlook.rates, arrivals, shape_.genres, shape_.slate);
  suggestion_gains(demand, request, request.predicted_trust, outlook.quality, suggested, gains);
  return true;
}

void LoreDPolicy::learn(const RoundLog& log, const Items& items, const PlatformTables& tables,
                        Workers& workers) {
  if (!alone_ && update_due()) finished_.clear();  // frozen: nobody wanted them
  round_ = log.round;
  const bool asked = reward_.awaits(log);
  if (asked) reward_.learn(log, items, tables, rates_, practice_);
  reward_.close(log.round, static_cast<std::uint32_t>(window_), finished_);
  if (asked && critic_options_.weight > 0) {
    history_.rewards.push_back(clicks_per_item_shown(log));
    history_.keep(static_cast<std::size_t>(rounds_per_update_ + window_ + 1));
  }
  LearnedPolicy* const self = this;
  if (alone_ && update_due()) update({&self, 1}, workers);
}

bool LoreDPolicy::update_due() const {
  return round_ % static_cast<std::uint32_t>(rounds_per_update_) == 0;
}

/// One value per decision that waits for an update, copy by copy.
std::vector<double> LoreDPolicy::critic_advantages(std::span<LearnedPolicy* const> copies) {
  std::vector<const RoundHistory*> histories;
  for (LearnedPolicy* copy : copies) histories.push_back(&dynamic_cast<LoreDPolicy&>(*copy).history_);
  critic_.train(histories, critic_options_, ppo_.epochs);
  progress_.explained_variance = critic_.explained_variance(histories, critic_options_);
  std::vector<double> all;
  for (LearnedPolicy* copy : copies) {
    const auto& own = dynamic_cast<LoreDPolicy&>(*copy);
    const auto by_round = critic_.advantages(own.history_, critic_options_);
    const auto& rounds = own.history_.rounds;
    for (const std::uint32_t round : own.finished_.round) {
      const auto at =
          static_cast<std::size_t>(std::lower_bound(rounds.begin(), rounds.end(), round) - rounds.begin());
      all.push_back(at < by_round.size() && rounds[at] == round ? by_round[at] : 0);
    }
  }
  return all;
}

void LoreDPolicy::update(std::span<LearnedPolicy* const> copies, Workers& workers) {
  const ThreadSeconds clock;
  Decisions batch;
  for (LearnedPolicy* copy : copies) batch.append(dynamic_cast<LoreDPolicy&>(*copy).finished_);
  constexpr std::size_t fewest = 2;  // a deviation needs two
  if (batch.size() < fewest) return;
  auto advantages = advantages_of(batch);
  if (critic_options_.weight > 0)
    add_scaled(critic_advantages(copies), critic_options_.weight, batch.weight, advantages);
  const auto report = network_.update(batch, advantages, ppo_, workers);
  progress_.updates += 1;
  progress_.policy_loss = report.policy_loss;
  progress_.entropy_nats = report.entropy_nats;
  progress_.clip_share = report.clip_share;
  convergence_.updated(report.policy_loss, round_);
  progress_.converged_at = convergence_.converged_at();
  trained_practice_ = {};
  for (LearnedPolicy* copy : copies) trained_practice_.add(dynamic_cast<LoreDPolicy&>(*copy).practice_);
  for (LearnedPolicy* copy : copies) {
    auto& other = dynamic_cast<LoreDPolicy&>(*copy);
    other.finished_.clear();
    if (&other == this) continue;
    other.network_ = network_;
    other.critic_ = critic_;
    other.trained_practice_ = trained_practice_;
  }
  progress_.seconds += clock.elapsed();
}

void LoreDPolicy::imitate(const SuggestionRequest& request, std::span<const GenreId> suggested) {
  finished_.clear();
  trained_practice_ = practice_;
  auto outlook = outlook_for(request, practice_);
  const Matrix features = suggestion_features(request, outlook);
  auto decisions = undecided(request, features);
  const Matrix odds = network_.log_probabilities(features, decisions.options, request.workers);
  for (std::size_t i = 0; i < suggested.size(); ++i) {
    const std::size_t chosen = suggested[i] == no_genre ? shape_.genres : suggested[i];
    decisions.chosen[i] = static_cast<std::uint32_t>(chosen);
    decisions.log_probability[i] = odds(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(chosen));
  }
  if (decisions.size() > 0) network_.imitate(decisions, ppo_, request.workers);
  open_round(request, features, std::move(outlook), std::move(decisions), false);
}

void LoreDPolicy::persist_knowledge(Archive& archive) {
  archive.section("lore-d");
  network_.persist(archive);
  critic_.persist(archive);
  trained_practice_.persist(archive);
}

void LoreDPolicy::persist(Archive& archive) {
  persist_knowledge(archive);
  practice_.persist(archive);
  reward_.persist(archive);
  finished_.persist(archive);
  history_.persist(archive);
  convergence_.persist(archive);
  archive(round_, alone_);
  archive(progress_.updates, progress_.policy_loss, progress_.entropy_nats, progress_.clip_share,
          progress_.explained_variance, progress_.converged_at);
}

PracticeModel LoreDPolicy::practice_to_advise_by(const SuggestionRequest& request) const {
  if (round_ > 0) return practice_;
  return tells_what_was_made(request) ? trained_practice_ : PracticeModel();
}

std::vector<std::string> LoreDPolicy::assumptions(const SuggestionRequest& request) const {
  if (round_ > 0 || request.creators.empty()) return {};
  if (!tells_what_was_made(request))
    return {
        "nothing is said of what creators have made since round 1, so practice is left out: quality is taken "
        "as 1 everywhere"};
  if (!trained_practice_.measured())
    return {
        "the policy was trained too briefly to measure what practice is worth: quality is taken as 1 "
        "everywhere"};
  return {};
}

std::vector<ExplainedSuggestion> LoreDPolicy::explain(const SuggestionRequest& request) const {
  const std::size_t options = shape_.genres + 1;
  const Matrix features = suggestion_features(request, outlook_for(request, practice_to_advise_by(request)));
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
