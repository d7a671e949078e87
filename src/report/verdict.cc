#include "report/verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "report/words.h"
#include "study/interval.h"
#include "study/seed_values.h"

namespace perennial {
namespace {

struct Standing {
  const ComparedPolicy* policy;
  std::vector<double> clicks;  ///< per seed, clicks per round
  double mean;
};

std::vector<Standing> standings(const Comparison& comparison) {
  std::vector<Standing> all;
  for (const ComparedPolicy& policy : comparison.policies) {
    auto clicks = seed_values(policy, Metric::clicks);
    const double mean = interval_of(clicks).mean;
    all.push_back({&policy, std::move(clicks), mean});
  }
  std::ranges::stable_sort(all, std::ranges::greater(), &Standing::mean);
  return all;
}

const Standing* find(const std::vector<Standing>& all, std::string_view name) {
  const auto found = std::ranges::find_if(all, [&](const Standing& s) { return s.policy->name == name; });
  return found == all.end() ? nullptr : &*found;
}

/// Whether the difference could be chance: its interval holds zero, or there is no interval.
bool may_be_chance(const Interval& difference, const Comparison& comparison) {
  return comparison.seeds.size() < 2 || (difference.low <= 0 && difference.high >= 0);
}

std::string percent_words(double share) {
  const double percent = std::abs(share) * 100;
  return fmt::format("{:.{}f}%", percent, percent < 10 ? 1 : 0);
}

/// "34% more than silent", "no measurable difference from random".
std::string against_words(const Standing& policy, const Standing& base, const Comparison& comparison) {
  const Interval difference = paired_difference(policy.clicks, base.clicks);
  if (comparison.seeds.size() > 1 && may_be_chance(difference, comparison)) {
    return fmt::format("not measurably different from {}", base.policy->shown());
  }
  const char* word = difference.mean < 0 ? "fewer" : "more";
  if (base.mean <= 0)
    return fmt::format("{} {} than {}", number_words(std::abs(difference.mean)), word, base.policy->shown());
  return fmt::format("{} {} than {}", percent_words(difference.mean / base.mean), word, base.policy->shown());
}

/// "+39.6 clicks per round (95% interval +35.1 to +44.1)", with a word of doubt where it is due.
std::string difference_words(const Standing& policy, const Standing& base, const Comparison& comparison) {
  const Interval difference = paired_difference(policy.clicks, base.clicks);
  const std::string mean = fmt::format("{} clicks per round", signed_words(difference.mean));
  if (comparison.seeds.size() < 2) return mean;
  return fmt::format("{} (95% interval {}{})", mean, signed_range_words(difference),
                     may_be_chance(difference, comparison) ? "; it may be chance" : "");
}

/// "`water-filling` against `silent`: +39.6 clicks per round (..). Against `random`: ..". Empty without baselines.
std::string details_words(const std::vector<Standing>& all, const Standing& best,
                          const Comparison& comparison) {
  std::string words;
  for (const char* name : {"silent", "random"}) {
    const Standing* base = find(all, name);
    if (base == nullptr || base == &best) continue;
    words += words.empty() ? fmt::format("`{}` against `{}`: ", best.policy->shown(), name)
                           : fmt::format(" Against `{}`: ", name);
    words += difference_words(best, *base, comparison) + ".";
  }
  return words;
}

/// The usable policies whose distance from the best may be chance, best first.
std::vector<const Standing*> rivals(const std::vector<Standing>& all, const Standing& best,
                                    const Comparison& comparison) {
  std::vector<const Standing*> close;
  for (const Standing& other : all) {
    if (&other == &best || other.policy->uses_truth || comparison.seeds.size() < 2) continue;
    if (may_be_chance(paired_difference(best.clicks, other.clicks), comparison)) close.push_back(&other);
  }
  return close;
}

std::vector<std::string> names_of(const std::vector<const Standing*>& some) {
  std::vector<std::string> names;
  names.reserve(some.size());
  for (const Standing* one : some) names.push_back(one->policy->shown());
  return names;
}

/// The headline's second half: how the best stands to silent and random.
std::string baselines_words(const std::vector<Standing>& all, const Standing& best,
                            const Comparison& comparison) {
  std::vector<std::string> parts;
  for (const char* name : {"silent", "random"}) {
    const Standing* base = find(all, name);
    if (base != nullptr && base != &best) parts.push_back(against_words(best, *base, comparison));
  }
  return parts.empty() ? "" : ", " + fmt::format("{}", fmt::join(parts, " and "));
}

std::string headline(const std::vector<Standing>& all, const Standing& best, const Comparison& comparison) {
  const std::string result = fmt::format("{} with {} clicks per round{}", best.policy->shown(),
                                         number_words(best.mean), baselines_words(all, best, comparison));
  if (all.size() == 1)
    return fmt::format("{} draws {} clicks per round.", best.policy->shown(), number_words(best.mean));
  if (best.policy->uses_truth)
    return fmt::format("Only policies that use the truth were played. Most clicks: {}.", result);
  const auto close = rivals(all, best, comparison);
  if (!close.empty()) {
    return fmt::format("No clear winner. Ahead, but within chance of {}: {}.",
                       fmt::join(names_of(close), ", "), result);
  }
  return fmt::format("Most clicks: {}.", result);
}

std::string truth_words(const Standing& truth, const Standing& best, const Comparison& comparison) {
  return fmt::format(
      "`{}` reads what only a simulator knows, so no real platform can use it. As a yardstick it draws {}, "
      "against `{}` {}.",
      truth.policy->shown(), number_words(truth.mean), best.policy->shown(),
      difference_words(truth, best, comparison));
}

}  // namespace

Verdict verdict_of(const Comparison& comparison) {
  check(!comparison.policies.empty() && !comparison.seeds.empty(), "a verdict needs a policy and a seed");
  const auto all = standings(comparison);
  const auto usable = std::ranges::find_if(all, [](const Standing& s) { return !s.policy->uses_truth; });
  const Standing& best = usable == all.end() ? all.front() : *usable;
  Verdict verdict{headline(all, best, comparison), {}};
  if (auto words = details_words(all, best, comparison); !words.empty())
    verdict.details.push_back(std::move(words));
  for (const Standing& other : all) {
    if (other.policy->uses_truth && &other != &best)
      verdict.details.push_back(truth_words(other, best, comparison));
  }
  if (comparison.seeds.size() < 2) {
    verdict.details.push_back(
        "One seed was played, so nothing here has an interval and any difference may be chance; "
        "play more seeds to tell.");
  }
  return verdict;
}

}  // namespace perennial
