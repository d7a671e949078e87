#include "study/study_claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace perennial {
namespace {

using Values = std::vector<double>;

/// The two sides of one comparison.
struct Sides {
  Values arm, other;
};

ClaimVerdict verdict_where(bool holds, bool in_direction, std::size_t seeds) {
  if (holds && seeds > 1) return ClaimVerdict::holds;
  return in_direction ? ClaimVerdict::direction : ClaimVerdict::fails;
}

std::optional<Interval> ratio_of(const Sides& sides) {
  Values ratios;
  for (std::size_t i = 0; i < sides.arm.size(); ++i) {
    if (sides.other[i] == 0) return std::nullopt;
    ratios.push_back(sides.arm[i] / sides.other[i]);
  }
  return interval_of(ratios);
}

ClaimVerdict judge_ratio(const ClaimComparison& c, double published, std::size_t seeds) {
  if (!c.ratio) return ClaimVerdict::untestable;
  return verdict_where(c.ratio->low > 1 && c.ratio->high >= published, c.ratio->mean > 1, seeds);
}

ClaimVerdict judge(const StudyClaim& claim, const ClaimComparison& c, const Sides& sides) {
  const Interval& d = c.difference;
  const std::size_t seeds = sides.arm.size();
  switch (claim.rule) {
    case ClaimRule::greater:
      return verdict_where(d.low > 0, d.mean > 0, seeds);
    case ClaimRule::at_least:
      return verdict_where(d.low >= 0, d.mean >= 0, seeds);
    case ClaimRule::at_most:
      return verdict_where(d.high <= 0, d.mean <= 0, seeds);
    case ClaimRule::similar: {
      const double room = claim.value * std::abs(interval_of(sides.other).mean);
      return verdict_where(d.low >= -room && d.high <= room, std::abs(d.mean) <= room, seeds);
    }
    case ClaimRule::ratio:
      return judge_ratio(c, claim.value, seeds);
    case ClaimRule::untestable:
      break;
  }
  return ClaimVerdict::untestable;
}

/// Adds one comparison; an arm that learns nothing has no values of a metric of learning, and cannot be tested on it.
void compare(JudgedClaim& judged, const Study& study, ClaimComparison comparison) {
  const StudyClaim& claim = judged.claim;
  Sides sides{study_values(study.arm(comparison.world, comparison.arm), claim.metric), {}};
  const bool against_value = comparison.versus.empty();
  sides.other = against_value
                    ? Values(sides.arm.size(), claim.value)
                    : study_values(study.arm(comparison.versus_world, comparison.versus), claim.metric);
  if (!sides.arm.empty() && sides.arm.size() == sides.other.size()) {
    comparison.value = interval_of(sides.arm);
    comparison.difference = paired_difference(sides.arm, sides.other);
    if (!against_value) comparison.ratio = ratio_of(sides);
    comparison.verdict = judge(claim, comparison, sides);
  }
  judged.comparisons.push_back(std::move(comparison));
}

std::vector<std::string> worlds_of(const Study& study, const StudyClaim& claim) {
  if (!claim.worlds.empty()) return claim.worlds;
  std::vector<std::string> names;
  for (const StudyWorld& world : study.file.worlds) names.push_back(world.name);
  return names;
}

/// Every pair of sides that the claim speaks of.
void compare_all(JudgedClaim& judged, const Study& study) {
  const StudyClaim& claim = judged.claim;
  for (const auto& world : worlds_of(study, claim)) {
    const auto other_worlds = claim.than_worlds.empty() ? std::vector<std::string>{world} : claim.than_worlds;
    for (const auto& arm : claim.arms) {
      if (claim.than.empty() && claim.than_worlds.empty())
        compare(judged, study, {.world = world, .arm = arm});
      const auto others =
          claim.than.empty() && !claim.than_worlds.empty() ? std::vector<std::string>{arm} : claim.than;
      for (const auto& other_world : other_worlds) {
        for (const auto& other : others) {
          if (other == arm && other_world == world) continue;
          compare(judged, study, {.world = world, .arm = arm, .versus_world = other_world, .versus = other});
        }
      }
    }
  }
}

std::string why_of(const JudgedClaim& judged) {
  if (judged.claim.rule == ClaimRule::untestable) return judged.claim.reason;
  const auto count = [&](ClaimVerdict verdict) {
    return std::ranges::count(judged.comparisons, verdict, &ClaimComparison::verdict);
  };
  if (count(ClaimVerdict::untestable) > 0)
    return "an arm it speaks of learns nothing, or a ratio has no denominator";
  const auto all = judged.comparisons.size();
  return fmt::format("{} of {} {} beyond chance, {} in direction only, {} not", count(ClaimVerdict::holds),
                     all, all == 1 ? "comparison holds" : "comparisons hold", count(ClaimVerdict::direction),
                     count(ClaimVerdict::fails));
}

std::string listed(const std::vector<std::string>& names) {
  std::string words;
  for (const auto& name : names) words += (words.empty() ? "" : ", ") + name;
  return words;
}

}  // namespace

std::string rule_words(const StudyClaim& claim) {
  if (claim.rule == ClaimRule::untestable) return "no rule";
  const auto metric = title_of(claim.metric);
  const auto arms = listed(claim.arms);
  auto other = claim.than.empty() ? "itself" : listed(claim.than);
  if (!claim.than_worlds.empty()) other += " in " + listed(claim.than_worlds);
  const auto where = claim.worlds.empty() ? std::string("every world") : listed(claim.worlds);
  switch (claim.rule) {
    case ClaimRule::greater:
      return fmt::format("{}: {} above {}, in {}", metric, arms, other, where);
    case ClaimRule::similar:
      return fmt::format("{}: {} within {:g}% of {}, in {}", metric, arms, 100 * claim.value, other, where);
    case ClaimRule::at_most:
      return fmt::format("{}: {} at most {:g}, in {}", metric, arms, claim.value, where);
    case ClaimRule::at_least:
      return fmt::format("{}: {} at least {:g}, in {}", metric, arms, claim.value, where);
    case ClaimRule::ratio:
      return fmt::format("{}: {} at {:g} times {}, in {}", metric, arms, claim.value, other, where);
    case ClaimRule::untestable:
      break;
  }
  return "";
}

std::vector<JudgedClaim> judge_claims(const Study& study) {
  std::vector<JudgedClaim> all;
  for (const StudyClaim& claim : study.file.claims) {
    JudgedClaim& judged = all.emplace_back();
    judged.claim = claim;
    if (claim.rule != ClaimRule::untestable) compare_all(judged, study);
    const auto has = [&](ClaimVerdict v) {
      return std::ranges::count(judged.comparisons, v, &ClaimComparison::verdict) > 0;
    };
    if (!judged.comparisons.empty() && !has(ClaimVerdict::untestable)) {
      judged.verdict = has(ClaimVerdict::fails)       ? ClaimVerdict::fails
                       : has(ClaimVerdict::direction) ? ClaimVerdict::direction
                                                      : ClaimVerdict::holds;
    }
    judged.why = why_of(judged);
  }
  return all;
}

}  // namespace perennial
