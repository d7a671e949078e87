#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "respond/statistics/estimate.h"

namespace perennial {

// What a platform's own tables say of the four conditions under which modelling the long run pays (section 2.3 of the
// paper). docs/diagnose.md defines every estimate, with its assumptions.

/// How much of what users engage with lies ahead. Intervals by user.
struct Discounting {
  Estimate returning_share;         ///< of users active in a period: active in the next
  Estimate later_share;             ///< of a user's engagement: beyond its first period
  Estimate discounted_later_share;  ///< the same with gamma^k on the k-th period after
  std::size_t users = 0;
};

/// Is what is best now also best later? Intervals by creator.
struct ContentGap {
  Estimate gap;  ///< 1 - later engagement per present engagement of the best fifth / of the rest; below 1
  Estimate short_run_advantage;  ///< engagement per impression now, best fifth / rest - 1
  Estimate long_run_advantage;   ///< the same with what follows, discounted
  std::size_t creators = 0;
};

/// What an answer about response rests on.
enum class ResponseEvidence {
  experiment,        ///< arms were randomised
  within_creators,   ///< a creator's periods against each other; observational
  between_creators,  ///< creators against each other; observational
};

/// The response in one group of creators.
struct GroupResponse {
  std::string group;  ///< "fifth 1 of posts_before"
  std::size_t creators = 0;
  Estimate effect;
};

/// How strongly and how differently creators respond. Intervals by creator.
struct CreatorResponse {
  ResponseEvidence evidence = ResponseEvidence::within_creators;
  std::string outcome = "posts";
  std::string engagement = "engagement";
  Estimate
      effect;  ///< experiment: treatment - control of the outcome; else extra posts per unit of engagement
  Estimate relative;  ///< experiment: effect / control mean; else elasticity, at the means
  std::vector<GroupResponse> groups;
  std::optional<Estimate> difference;            ///< effect in the last group - in the first
  std::optional<double> difference_p;            ///< of "the effect is the same in all groups" (Cochran's Q)
  std::optional<Estimate> posts_per_engagement;  ///< experiment: ratio of both effects; else the effect
  double engagement_per_post = 0;                ///< 0: not known
  std::size_t creators = 0;
};

/// Does what some users engage with change what others get? Interval by creator.
struct Spillover {
  Estimate
      others_share;  ///< of engagement with later posts: by users who had not engaged with that creator before
  std::size_t creators = 0;
  double engagement = 0;  ///< how much engagement the share is of
};

/// Is the long run worth modelling on this platform?
enum class DiagnosisVerdict { worth_it, run_an_experiment, not_worth_it, insufficient_data };

/// What the numbers are judged by.
struct DiagnosisOptions {
  double gamma = .9;  ///< what next period counts for, in [0, 1)
  double smallest_gain =
      .01;  ///< later engagement per engagement below which the long run is not worth the trouble
};

/// The four conditions: those that the tables can answer, and why they cannot answer the others.
struct Diagnosis {
  std::vector<std::string> sources;
  DiagnosisOptions options;
  std::size_t periods = 0;   ///< 0 without event logs
  double period_length = 0;  ///< in seconds, or in the unit of a time column of numbers
  bool period_in_seconds = true;

  std::optional<Discounting> discounting;
  std::optional<ContentGap> content_gap;
  std::optional<CreatorResponse> response;
  std::optional<Spillover> spillover;
  /// By condition, in this order: a sentence where there is no estimate, else empty.
  std::array<std::string, 4> why_not;

  /// gamma x extra posts per engagement x engagement per post: what follows one engagement in the next period alone.
  std::optional<Estimate> later_per_engagement;
  DiagnosisVerdict verdict = DiagnosisVerdict::insufficient_data;
  std::string reason;
  std::vector<std::string> warnings;

  bool any() const { return discounting || content_gap || response || spillover; }
};

/// Fills later_per_engagement, verdict and reason from the rest.
void judge(Diagnosis& diagnosis);

}  // namespace perennial
