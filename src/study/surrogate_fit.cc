#include "study/surrogate_fit.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "respond/statistics/moments.h"
#include "respond/statistics/quotient.h"

namespace perennial {
namespace {

constexpr int most_steps = 500;
constexpr double settled = 1e-9;
constexpr double least_probability = 1e-6;

/// Weights of the branches that a decision may have come from; they add up to 1.
struct Branches {
  double repeated = 0, known = 0, herded = 0, unknown = 0;

  double moved() const { return known + herded + unknown; }
};

Branches branches_of(const CreatorDecision& d, const Surrogate& rule) {
  const double rate = rule.repeat[d.fifth];
  const double known_share = d.known_other == 0 ? 0 : d.unknown == 0 ? 1 : rule.known_share;
  const double herding = d.trending ? rule.herding : 0;
  const double away = 1 - rate, to_unknown = away * (1 - known_share);
  Branches b{.repeated = d.repeated ? rate : 0,
             .known = d.repeated ? 0 : away * known_share * d.known_weight,
             .herded = d.made_trending ? to_unknown * herding : 0,
             .unknown = d.knew ? 0 : to_unknown * (1 - herding) / std::max(1U, d.unknown)};
  const double sum = b.repeated + b.moved();
  // What the rule never does is put down to the branch that comes nearest.
  if (sum <= 0)
    return d.repeated ? Branches{.repeated = 1} : d.knew ? Branches{.known = 1} : Branches{.unknown = 1};
  return {b.repeated / sum, b.known / sum, b.herded / sum, b.unknown / sum};
}

/// Sums of one pass: how often each choice was open, and how often it went one way.
struct Tally {
  std::array<double, feedback_fifths> decisions{}, repeated{};
  double either = 0, known = 0, herdable = 0, herded = 0;

  void add(const CreatorDecision& d, const Branches& b) {
    decisions[d.fifth] += 1;
    repeated[d.fifth] += b.repeated;
    if (d.known_other > 0 && d.unknown > 0) {
      either += b.moved();
      known += b.known;
    }
    if (d.trending) {
      herdable += b.herded + b.unknown;
      herded += b.herded;
    }
  }
};

double share_or(double part, double whole, double otherwise) {
  return whole > 0 ? std::clamp(part / whole, 0.0, 1.0) : otherwise;
}

Surrogate improved(const std::vector<CreatorDecision>& decisions, const Surrogate& rule) {
  Tally tally;
  for (const auto& decision : decisions) tally.add(decision, branches_of(decision, rule));
  Surrogate better = rule;
  for (std::size_t fifth = 0; fifth < feedback_fifths; ++fifth)
    better.repeat[fifth] = share_or(tally.repeated[fifth], tally.decisions[fifth], rule.repeat[fifth]);
  better.known_share = share_or(tally.known, tally.either, rule.known_share);
  better.herding = share_or(tally.herded, tally.herdable, rule.herding);
  return better;
}

double distance(const Surrogate& a, const Surrogate& b) {
  double most = std::max(std::abs(a.known_share - b.known_share), std::abs(a.herding - b.herding));
  for (std::size_t fifth = 0; fifth < feedback_fifths; ++fifth)
    most = std::max(most, std::abs(a.repeat[fifth] - b.repeat[fifth]));
  return most;
}

/// Inside of (0, 1), from where every branch can be reached.
Surrogate first_guess(Surrogate rule) {
  const auto inside = [](double& p) { p = std::clamp(p, 0.1, 0.9); };
  for (double& rate : rule.repeat) inside(rate);
  inside(rule.known_share);
  inside(rule.herding);
  return rule;
}

/// Clicked items per unit of quality: a rule's probability is its rate times quality.
double per_quality(const std::vector<UserDecisions>& users, UserDecisions::Shown UserDecisions::*of,
                   double otherwise) {
  double clicked = 0, quality = 0;
  for (const auto& user : users) {
    clicked += static_cast<double>((user.*of).clicked);
    quality += (user.*of).quality;
  }
  return share_or(clicked, quality, otherwise);
}

/// Sum of the parts over that of the wholes, one pair for each person; wholes are positive.
Estimate share_of(const std::vector<double>& parts, const std::vector<double>& wholes) {
  if (parts.empty()) return {};
  if (parts.size() == 1) return normal_estimate(parts[0] / wholes[0], 0);
  const auto count = static_cast<double>(parts.size());
  const Moments part = moments(parts), whole = moments(wholes);
  return delta_method({.numerator = part.mean,
                       .denominator = whole.mean,
                       .numerator_variance = part.variance / count,
                       .denominator_variance = whole.variance / count,
                       .covariance = covariance(parts, wholes) / count,
                       .degrees = count - 1});
}

Estimate watched(const std::vector<UserDecisions>& users, UserDecisions::Shown UserDecisions::*of) {
  std::vector<double> clicked, items;
  for (const auto& user : users) {
    if ((user.*of).items == 0) continue;
    clicked.push_back(static_cast<double>((user.*of).clicked));
    items.push_back(static_cast<double>((user.*of).items));
  }
  return share_of(clicked, items);
}

}  // namespace

Surrogate fit_surrogate(const PeopleDecisions& decisions, const Surrogate& before) {
  Surrogate rule = before;
  if (!decisions.creators.empty()) {
    rule = first_guess(before);
    for (int step = 0; step < most_steps; ++step) {
      const Surrogate better = improved(decisions.creators, rule);
      const double moved = distance(rule, better);
      rule = better;
      if (moved < settled) break;
    }
  }
  rule.in_interest = per_quality(decisions.users, &UserDecisions::in_interest, before.in_interest);
  rule.out_of_interest =
      per_quality(decisions.users, &UserDecisions::out_of_interest, before.out_of_interest);
  return rule;
}

std::array<RepeatRate, feedback_fifths> repeat_rates_of(const std::vector<CreatorDecision>& decisions) {
  std::array<std::map<std::uint32_t, std::pair<double, double>>, feedback_fifths> by_creator;
  for (const auto& d : decisions) {
    auto& [repeated, all] = by_creator[d.fifth][d.person];
    repeated += d.repeated ? 1 : 0;
    all += 1;
  }
  std::array<RepeatRate, feedback_fifths> rates;
  for (std::size_t fifth = 0; fifth < feedback_fifths; ++fifth) {
    std::vector<double> repeated, all;
    for (const auto& [person, counts] : by_creator[fifth]) {
      repeated.push_back(counts.first);
      all.push_back(counts.second);
      rates[fifth].decisions += static_cast<std::size_t>(counts.second);
    }
    rates[fifth].rate = share_of(repeated, all);
  }
  return rates;
}

double repeat_log_loss(const std::vector<CreatorDecision>& decisions,
                       const std::array<double, feedback_fifths>& rates) {
  double bits = 0;
  for (const auto& d : decisions) {
    const double p = std::clamp(rates[d.fifth], least_probability, 1 - least_probability);
    bits -= std::log2(d.repeated ? p : 1 - p);
  }
  return decisions.empty() ? 0 : bits / static_cast<double>(decisions.size());
}

Alignment alignment_of(double in_interest, double out_of_interest, double others_per_interest) {
  const double m = others_per_interest, watched = in_interest + m * out_of_interest;
  Alignment a{.accuracy = (in_interest + m * (1 - out_of_interest)) / (1 + m),
              .precision = watched > 0 ? in_interest / watched : 0,
              .recall = in_interest,
              .f1 = 0};
  if (a.precision + a.recall > 0) a.f1 = 2 * a.precision * a.recall / (a.precision + a.recall);
  return a;
}

WatchRates watch_rates_of(const std::vector<UserDecisions>& users) {
  WatchRates rates{.in_interest = watched(users, &UserDecisions::in_interest),
                   .out_of_interest = watched(users, &UserDecisions::out_of_interest),
                   .items = 0};
  for (const auto& user : users) rates.items += user.in_interest.items + user.out_of_interest.items;
  return rates;
}

}  // namespace perennial
