#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "platform/suggest/outlook.h"
#include "respond/theory/swap.h"
#include "study/value_parts.h"

namespace perennial {
namespace {

constexpr double prior_impressions = 20;  // towards the click rate of all, for creators hardly shown
constexpr std::size_t group_count = 4;

/// What the platform's counts, and the simulator's truth about responses, say before anything is forked.
class Expectations {
 public:
  Expectations(const RunMoment& moment, const ValueSettings& settings)
      : moment_(moment), settings_(settings) {
    respond_ = moment.plan.simulation.response.on();
    persistence_ = moment.plan.simulation.response.smoothed(1, 0);
  }

  bool respond() const { return respond_; }
  double persistence() const { return persistence_; }

  /// Creators with an item that can be shown in the next round, ascending.
  std::vector<ImpressionValue> all(const Ecosystem& e, const SuggestionRequest& request) {
    const auto worth = worth_of_items(request);
    const auto& shown = e.tables.all;
    const double rate = static_cast<double>(shown.clicked) / std::max(1.0, static_cast<double>(shown.shown));
    std::vector<ImpressionValue> values;
    for (std::size_t c = 0; c < e.creators.size(); ++c) {
      const auto creator = static_cast<CreatorId>(c);
      if (!has_candidate(e, creator)) continue;
      values.push_back(expected(e, creator, rate, worth[e.records.last_genre(creator)]));
    }
    return values;
  }

 private:
  bool has_candidate(const Ecosystem& e, CreatorId creator) const {
    const auto recency = static_cast<std::uint32_t>(moment_.plan.simulation.platform.recency);
    return e.records.items_made(creator) > 0 &&
           e.items.born[e.records.recent_item(creator, 0)] + recency >= e.round;
  }

  /// Clicks that one more item of each genre adds to the platform (demand.h).
  std::vector<double> worth_of_items(const SuggestionRequest& request) const {
    const PlatformShape shape{.users = moment_.world.users.size(),
                              .creators = moment_.world.creators.size(),
                              .genres = moment_.world.genres.size(),
                              .slate = static_cast<std::size_t>(moment_.plan.simulation.platform.slate),
                              .recency = static_cast<std::uint32_t>(moment_.plan.simulation.platform.recency),
                              .seed = moment_.cell.seed};
    const Outlook outlook = make_outlook(request, shape, PracticeModel(), {});
    std::vector<double> worth;
    for (std::size_t g = 0; g < outlook.drawn.size(); ++g)
      worth.push_back(outlook.drawn[g] - outlook.displaced[g]);
    return worth;
  }

  /// A click adds 1 - rho to a creator's engagement, which fades by rho a round: as much as s = (1 - rho) / rho times the
  /// marginal activity of a unit of engagement in a formula whose first later round has already faded once.
  ImpressionValue expected(const Ecosystem& e, CreatorId creator, double rate, double worth) const {
    const auto& own = e.tables.creator[creator];
    const double click_rate = (own.clicked + prior_impressions * rate) / (own.shown + prior_impressions);
    const auto& response = moment_.plan.simulation.response;
    const double s = respond_ && persistence_ > 0 ? (1 - persistence_) / persistence_ *
                                                        response.marginal(e.creators.sensitivity[creator],
                                                                          e.creators.engagement[creator])
                                                  : 0;
    return {.creator = creator,
            .click_rate = click_rate,
            .posts_per_click = s,
            .expected_now = click_rate - rate,
            .expected_later = later_value({.gamma = settings_.discount,
                                           .persistence = persistence_,
                                           .engage_probability = click_rate,
                                           .posts_per_engagement = s,
                                           .future_value_per_post = worth}),
            .expected_posts = persistence_ < 1 ? persistence_ / (1 - persistence_) * click_rate * s : 0,
            .value_of_a_post = worth,
            .extra = {},
            .now = {},
            .later = {},
            .posts = {}};
  }

  const RunMoment& moment_;
  const ValueSettings& settings_;
  bool respond_ = false;
  double persistence_ = 0;
};

CreatorBoosts boost_of(CreatorId creator, double factor) {
  CreatorBoosts boosts;
  boosts.factors.emplace_back(creator + std::size_t{1}, 1.0F);
  boosts.factors.back()[creator] = static_cast<float>(factor);
  return boosts;
}

/// One fork in which nobody is boosted, and one per creator.
std::vector<ForkPlan> plans_of(const std::vector<ImpressionValue>& values, const ForkPlan& unchanged,
                               double factor, std::uint64_t future) {
  std::vector<ForkPlan> plans(1 + values.size(), unchanged);
  for (std::size_t i = 0; i < values.size(); ++i) {
    plans[i + 1].boosts = boost_of(values[i].creator, factor);
    plans[i + 1].boosted_rounds = 1;
  }
  for (ForkPlan& plan : plans) plan.future = future;
  return plans;
}

void take_in(const std::vector<ForkOutcome>& outcomes, double discount,
             std::vector<ImpressionValue>& values) {
  const auto later_clicks = [&](const ForkOutcome& fork) {
    return discounted_sums(fork.clicks, discount).back() - fork.clicks.front();
  };
  const ForkOutcome& none = outcomes.front();
  const double none_later = later_clicks(none);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const ForkOutcome& boosted = outcomes[i + 1];
    const CreatorId creator = values[i].creator;
    values[i].extra.push_back(boosted.first_impressions[creator] - none.first_impressions[creator]);
    values[i].now.push_back(boosted.clicks.front() - none.clicks.front());
    values[i].posts.push_back(boosted.expected_posts[creator] - none.expected_posts[creator]);
    values[i].later.push_back(later_clicks(boosted) - none_later);
  }
}

using Column = std::vector<double> ImpressionValue::*;

/// Sum over creators in each future.
std::vector<double> sums(const std::vector<const ImpressionValue*>& of, Column column) {
  std::vector<double> sums((of.front()->*column).size());
  for (const ImpressionValue* value : of) {
    for (std::size_t f = 0; f < sums.size(); ++f) sums[f] += (value->*column)[f];
  }
  return sums;
}

/// Sum of clicks over sum of impressions, with the jackknife's interval over futures; 0 where none was added.
Interval per_impression(const std::vector<double>& clicks, const std::vector<double>& extra) {
  const double all_clicks = std::accumulate(clicks.begin(), clicks.end(), 0.0);
  const double all_extra = std::accumulate(extra.begin(), extra.end(), 0.0);
  if (all_extra <= 0) return {};
  const double ratio = all_clicks / all_extra;
  const auto futures = static_cast<double>(clicks.size());
  std::vector<double> pseudo;
  for (std::size_t f = 0; f < clicks.size(); ++f) {
    const double rest = all_extra - extra[f];
    pseudo.push_back(rest > 0 ? futures * ratio - (futures - 1) * (all_clicks - clicks[f]) / rest : ratio);
  }
  const Interval spread = interval_of(pseudo);
  const double half = (spread.high - spread.low) / 2;
  return {ratio, ratio - half, ratio + half};
}

ImpressionGroup group_of(const std::string& name, const std::vector<const ImpressionValue*>& of) {
  ImpressionGroup group;
  group.name = name;
  group.creators = of.size();
  const auto extra = sums(of, &ImpressionValue::extra), now = sums(of, &ImpressionValue::now),
             later = sums(of, &ImpressionValue::later), posts = sums(of, &ImpressionValue::posts);
  std::vector<double> total(now.size());
  for (std::size_t f = 0; f < now.size(); ++f) total[f] = now[f] + later[f];
  double weights = 0;
  for (const ImpressionValue* value : of) {
    const double weight = std::accumulate(value->extra.begin(), value->extra.end(), 0.0);
    weights += weight;
    group.expected_now += weight * value->expected_now;
    group.expected_later += weight * value->expected_later;
    group.expected_posts += weight * value->expected_posts;
  }
  if (weights > 0) {
    group.expected_now /= weights;
    group.expected_later /= weights;
    group.expected_posts /= weights;
  }
  group.impressions = weights / static_cast<double>(now.size() * of.size());
  group.now = per_impression(now, extra);
  group.later = per_impression(later, extra);
  group.total = per_impression(total, extra);
  group.posts = per_impression(posts, extra);
  return group;
}

std::vector<ImpressionGroup> groups_of(const std::vector<ImpressionValue>& values, bool respond) {
  std::vector<const ImpressionValue*> order;
  order.reserve(values.size());
  for (const ImpressionValue& value : values) order.push_back(&value);
  std::vector<ImpressionGroup> groups;
  if (respond && values.size() >= 2 * group_count) {
    std::ranges::stable_sort(order, {}, &ImpressionValue::expected_later);
    for (std::size_t g = 0; g < group_count; ++g) {
      const auto begin = order.begin() + static_cast<std::ptrdiff_t>(g * order.size() / group_count);
      const auto end = order.begin() + static_cast<std::ptrdiff_t>((g + 1) * order.size() / group_count);
      groups.push_back(group_of(fmt::format("quarter {} by expected later value", g + 1), {begin, end}));
    }
  }
  groups.push_back(group_of("all", order));
  return groups;
}

/// What boosts brought against what was expected of as many impressions.
CalibrationLine line_of(const std::vector<ImpressionValue>& values, double ImpressionValue::*expected_each,
                        Column column) {
  std::vector<double> expected;
  std::vector<std::vector<double>> measured;
  for (const ImpressionValue& value : values) {
    const double extra = std::accumulate(value.extra.begin(), value.extra.end(), 0.0) /
                         static_cast<double>(value.extra.size());
    expected.push_back(extra * value.*expected_each);
    measured.push_back(value.*column);
  }
  return calibration_line(expected, measured);
}

/// At most `most`, evenly over those there are.
std::vector<ImpressionValue> some_of(const std::vector<ImpressionValue>& values, std::size_t most) {
  std::vector<ImpressionValue> some;
  for (const std::size_t i : evenly(values.size(), most)) some.push_back(values[i]);
  return some;
}

/// The run's options with a re-ranker that boosts, and otherwise leaves slates as they are.
SimulationOptions boosting(const RunMoment& moment) {
  SimulationOptions options = moment.plan.simulation;
  if (options.reranker.name != "none" && options.reranker.name != "boost") {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("fork value impressions: the run's slates are re-ranked by '{}', which a boost would "
                    "replace; only runs without a re-ranker can be asked",
                    options.reranker.name));
  }
  options.reranker.name = "boost";
  options.platform.rerank_from = 0;
  return options;
}

}  // namespace

std::uint64_t rounds_of_impression_values(const ValueSettings& settings) {
  return (1 + std::uint64_t{settings.creators}) * settings.futures * settings.rounds;
}

ImpressionValues impression_values(const RunMoment& moment, const ValueSettings& settings,
                                   const ValueControl& control) {
  Workers workers(control.threads);
  PlatformForks forks(boosting(moment), moment.world, moment.cell.seed, moment.platform, workers,
                      control.played);
  const ForkPlan unchanged = unchanged_fork(moment, settings);
  Expectations expectations(moment, settings);
  ImpressionValues result{.header = value_header(moment, settings),
                          .creators_respond = expectations.respond(),
                          .persistence = expectations.persistence(),
                          .values = {},
                          .groups = {},
                          .later = {},
                          .posts = {}};
  forks.look(unchanged,
             [&](Simulation& simulation, const SuggestionRequest& request, std::span<const GenreId>) {
               result.values = some_of(expectations.all(simulation.ecosystem(), request), settings.creators);
             });
  if (result.values.empty()) {
    throw Error(
        ErrorCode::invalid_argument,
        "fork value impressions: no creator has an item that can be shown; fork at another round (--at)");
  }
  std::uint64_t hash = 0;
  result.header.settings.futures = play_futures(settings.futures, [&](std::size_t f) {
    const auto plans = plans_of(result.values, unchanged, settings.factor, future_seed(moment.cell.seed, f));
    take_in(forks.play(plans), settings.discount, result.values);
  });
  for (const ImpressionValue& value : result.values) {
    for (const Column column :
         {&ImpressionValue::extra, &ImpressionValue::now, &ImpressionValue::later, &ImpressionValue::posts})
      hash = hash_values(value.*column, hash);
  }
  result.groups = groups_of(result.values, result.creators_respond);
  result.later = line_of(result.values, &ImpressionValue::expected_later, &ImpressionValue::later);
  result.posts = line_of(result.values, &ImpressionValue::expected_posts, &ImpressionValue::posts);
  result.header.result_hash = hash_text(hash);
  return result;
}

}  // namespace perennial
