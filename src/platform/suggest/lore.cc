#include "platform/suggest/lore.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "base/thread_seconds.h"
#include "nn/categorical.h"
#include "platform/suggest/gae.h"
#include "platform/suggest/hidden_layers.h"
#include "platform/suggest/lore_reasons.h"

namespace perennial {
namespace {

constexpr std::uint32_t actor_weights = 1, critic_weights = 2;  // addresses of their initial draws

/// 1 - Var(target - value) / Var(target): 1 = the critic foresaw everything, 0 or less = no better than a constant.
double explained_variance(std::span<const double> targets, std::span<const double> errors) {
  const auto variance = [](std::span<const double> x) {
    const auto n = static_cast<double>(x.size());
    const double mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
    return std::accumulate(x.begin(), x.end(), 0.0,
                           [&](double sum, double y) { return sum + (y - mean) * (y - mean); }) /
           n;
  };
  const double of_targets = variance(targets);
  return of_targets > 0 ? 1 - variance(errors) / of_targets : 0;
}

/// Mean 0 and standard deviation 1; all equal: 0.
void normalise(std::span<double> values) {
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (double& value : values) {
    value -= mean;
    squares += value * value;
  }
  const double deviation = std::sqrt(squares / n);
  for (double& value : values) value = deviation > 1e-9 ? value / deviation : 0;
}

/// The round's joint action: `suggested` for the creators of the request that have a place in the state.
std::vector<std::uint16_t> chosen_of(const SuggestionRequest& request, std::span<const GenreId> suggested,
                                     const LoreActor& actor) {
  std::vector<std::uint16_t> chosen(actor.creators(), LoreRound::not_asked);
  for (std::size_t i = 0; i < request.creators.size(); ++i) {
    if (request.creators[i] >= actor.creators()) continue;
    chosen[request.creators[i]] =
        suggested[i] == no_genre ? static_cast<std::uint16_t>(actor.genres()) : suggested[i];
  }
  return chosen;
}

}  // namespace

/// What the copies have collected, one trajectory after another.
struct LorePolicy::Batch {
  std::vector<LoreRound> rounds;
  std::vector<double> advantages;
  std::vector<double> targets;  // of the critic: value + advantage
  std::vector<const LoreTrajectory*> trajectories;
};

Fields LorePolicy::fields() {
  Fields fields;
  fields
      .text("preset", preset_,
            "hidden layers: paper = 2x,4x,2x of the inputs as released, for at most 200 creators; compact = "
            "256,256, for any",
            {"paper", "compact"})
      .text("hidden", hidden_,
            "hidden layers in other words: 256,256 or 2x,4x,2x (of the inputs); empty = as preset")
      .text("reward", reward_,
            "what suggestions are rewarded with: all = the round's clicks (paper), newest = those on its new "
            "items (released code)",
            {"all", "newest"})
      .real("actor_rate", actor_rate_, {1e-9, 1}, "learning rate of the actor")
      .real("critic_rate", critic_rate_, {1e-9, 1}, "learning rate of the critic")
      .real("clip", clip_, {0.001, 0.999}, "PPO: how far the ratio of joint probabilities may leave 1")
      .real("gamma", gamma_, {0, 1}, "discount of a later round's clicks")
      .real("lambda", lambda_, {0, 1},
            "generalized advantage estimation: 0 = one step, 1 = all rounds collected")
      .integer("rounds_per_update", rounds_, {1, 10'000}, "rounds collected before an update (paper: N)")
      .integer("epochs", epochs_, {1, 1000}, "steps on what was collected (paper: M)")
      .integer("warm_up", warm_up_, {0, 10'000},
               "first rounds without suggestions, unless it has learned before; creators who leave in them "
               "are lost")
      .flag("normalise", normalise_, "bring a batch's advantages to mean 0 and deviation 1");
  return fields;
}

void LorePolicy::start(const PlatformShape& shape) {
  const std::string hidden = !hidden_.empty() ? hidden_ : preset_ == "paper" ? "2x,4x,2x" : "256,256";
  const auto layers = hidden_layers(hidden, shape.creators, lore_inputs(shape.creators, shape.genres),
                                    shape.creators * (shape.genres + 1));
  const Draws draws(shape.seed, Purpose::training);
  actor_ = LoreActor(shape.creators, shape.genres, layers);
  actor_.initialise(draws, actor_weights);
  critic_ = LoreCritic(shape.creators, shape.genres, layers);
  critic_.initialise(draws, critic_weights);
}

bool LorePolicy::warming_up(std::uint32_t round) const {
  return actor_.net().steps() == 0 && round <= static_cast<std::uint32_t>(warm_up_);
}

void LorePolicy::suggest(const SuggestionRequest& request, std::span<GenreId> suggestions) {
  std::fill(suggestions.begin(), suggestions.end(), no_genre);
  suggested_in_ = 0;
  if (warming_up(request.round)) return;
  suggested_.state = lore_state(request, actor_.creators());
  const Matrix log_probabilities = actor_.log_probabilities(suggested_.state);
  for (std::size_t i = 0; i < suggestions.size(); ++i) {
    const CreatorId c = request.creators[i];
    if (c >= actor_.creators()) continue;
    const auto option = sample({log_probabilities.row(c).data(), actor_.options()}, request.draws.uniform(c));
    if (option < actor_.genres()) suggestions[i] = static_cast<GenreId>(option);
  }
  suggested_.chosen = chosen_of(request, suggestions, actor_);
  suggested_in_ = request.round;
}

double LorePolicy::reward_of(const RoundLog& log, const Items& items) const {
  std::uint64_t clicks = 0;
  const bool all = reward_ == "all";
  const std::size_t width = log.shown.width;
  for (std::size_t row = 0; row < log.shown.rows(); ++row) {
    const auto slate = log.shown.row(row);
    for (std::size_t place = 0; place < width && slate[place] != no_item; ++place) {
      if (log.clicked[row * width + place] && (all || items.born[slate[place]] == log.round)) ++clicks;
    }
  }
  return static_cast<double>(clicks);
}

void LorePolicy::learn(const RoundLog& log, const Items& items, const PlatformTables&, Workers& workers) {
  if (suggested_in_ == 0 || suggested_in_ != log.round) return;
  suggested_in_ = 0;
  auto& rounds = trajectory_.rounds;
  if (learned_until_ + 1 != log.round) rounds.clear();
  if (update_due()) rounds.erase(rounds.begin());  // nobody updates: keep the latest
  suggested_.reward = reward_of(log, items);
  trajectory_.after = lore_state(log, items, suggested_.state.trust);
  rounds.push_back(std::move(suggested_));
  learned_until_ = log.round;
  LorePolicy* const self = this;
  if (alone_ && update_due()) update_from({&self, 1}, workers);
}

bool LorePolicy::update_due() const {
  return trajectory_.rounds.size() >= static_cast<std::size_t>(rounds_);
}

LorePolicy::Batch LorePolicy::batch_of(std::span<LorePolicy* const> copies) {
  const ThreadSeconds clock;
  Batch batch;
  for (const LorePolicy* copy : copies) {
    const LoreTrajectory& trajectory = copy->trajectory_;
    if (trajectory.rounds.empty()) continue;
    std::vector<double> rewards;
    for (const LoreRound& round : trajectory.rounds) rewards.push_back(round.reward);
    const auto values = critic_.values(trajectory);
    const auto advantages = generalized_advantages(rewards, values, gamma_, lambda_);
    batch.rounds.insert(batch.rounds.end(), trajectory.rounds.begin(), trajectory.rounds.end());
    batch.advantages.insert(batch.advantages.end(), advantages.begin(), advantages.end());
    for (std::size_t t = 0; t < advantages.size(); ++t) batch.targets.push_back(values[t] + advantages[t]);
    batch.trajectories.push_back(&trajectory);
  }
  progress_.seconds += clock.elapsed();
  return batch;
}

LoreActor::Outcome LorePolicy::train(const Batch& batch, Workers& workers) {
  LoreActor::Outcome outcome;
  std::array<double, 2> seconds{};
  workers.for_blocks(2, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t part = begin; part < end; ++part) {
      const ThreadSeconds clock;
      if (part == 0) {
        outcome = actor_.improve(batch.rounds, batch.advantages, {epochs_, clip_, {.rate = actor_rate_}});
      } else {
        critic_.improve(batch.trajectories, gamma_, epochs_, {.rate = critic_rate_});
      }
      seconds[part] = clock.elapsed();
    }
  });
  progress_.seconds += seconds[0] + seconds[1];
  return outcome;
}

void LorePolicy::update_from(std::span<LorePolicy* const> copies, Workers& workers) {
  Batch batch = batch_of(copies);
  if (batch.rounds.empty()) return;
  progress_.explained_variance = explained_variance(batch.targets, batch.advantages);
  if (normalise_) normalise(batch.advantages);
  const LoreActor::Outcome outcome = train(batch, workers);
  ++progress_.updates;
  progress_.policy_loss = outcome.policy_loss;
  progress_.entropy_nats = outcome.entropy_nats;
  progress_.clip_share = outcome.clip_share;
  convergence_.updated(outcome.policy_loss, learned_until_);
  progress_.converged_at = convergence_.converged_at();
  for (LorePolicy* copy : copies) copy->trajectory_.rounds.clear();
}

void LorePolicy::update(std::span<LearnedPolicy* const> copies, Workers& workers) {
  std::vector<LorePolicy*> own;
  for (LearnedPolicy* copy : copies) {
    own.push_back(dynamic_cast<LorePolicy*>(copy));
    check(own.back() != nullptr, "copies of a policy have its type");
  }
  check(!own.empty() && own.front() == this, "a policy is the first of its copies");
  update_from(own, workers);
  for (LorePolicy* copy : std::span(own).subspan(1)) {
    copy->actor_ = actor_;
    copy->critic_ = critic_;
    copy->convergence_ = convergence_;
    copy->progress_ = progress_;
  }
}

void LorePolicy::imitate(const SuggestionRequest& request, std::span<const GenreId> suggested) {
  forget_rounds();
  examples_.push_back({lore_state(request, actor_.creators()), chosen_of(request, suggested, actor_), 0});
  if (examples_.size() < static_cast<std::size_t>(rounds_)) return;
  const ThreadSeconds clock;
  actor_.imitate(examples_, epochs_, {.rate = actor_rate_});
  examples_.clear();
  progress_.seconds += clock.elapsed();
}

std::vector<ExplainedSuggestion> LorePolicy::explain(const SuggestionRequest& request) const {
  return explain_lore(actor_, lore_state(request, actor_.creators()), request.creators);
}

void LorePolicy::forget_rounds() {
  trajectory_.rounds.clear();
  suggested_in_ = 0;
}

void LorePolicy::persist_knowledge(Archive& archive) {
  auto creators = static_cast<std::uint64_t>(actor_.creators());
  auto genres = static_cast<std::uint64_t>(actor_.genres());
  archive(creators, genres);
  if (creators != actor_.creators() || genres != actor_.genres()) {
    throw Error(
        ErrorCode::invalid_data,
        fmt::format(
            "lore: trained for {} creators and {} genres, here are {} and {}: its networks have inputs "
            "and outputs for each of them; lore-d carries over to other platforms",
            creators, genres, actor_.creators(), actor_.genres()));
  }
  actor_.persist(archive);
  critic_.persist(archive);
  if (archive.reading()) forget_rounds();
}

void LorePolicy::persist(Archive& archive) {
  archive.section("lore");
  persist_knowledge(archive);
  trajectory_.persist(archive);
  suggested_.persist(archive);
  archive(suggested_in_, learned_until_, alone_);
  perennial::persist(archive, examples_);
  convergence_.persist(archive);
  archive(progress_.updates, progress_.policy_loss, progress_.entropy_nats, progress_.clip_share,
          progress_.explained_variance, progress_.converged_at);
}

}  // namespace perennial
