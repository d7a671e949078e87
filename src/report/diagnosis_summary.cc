#include "report/diagnosis_summary.h"

#include <cmath>

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json estimate_json(const Estimate& estimate) {
  return {{"mean", number(estimate.mean)},
          {"ci95", Json::array({number(estimate.low), number(estimate.high)})},
          {"se", number(estimate.se)},
          {"z", number(estimate.z)},
          {"p", estimate.p}};
}

Json estimate_json(const std::optional<Estimate>& estimate) {
  return estimate ? estimate_json(*estimate) : Json(nullptr);
}

Json discounting_json(const Discounting& found) {
  return {{"returning_share", estimate_json(found.returning_share)},
          {"later_share", estimate_json(found.later_share)},
          {"discounted_later_share", estimate_json(found.discounted_later_share)},
          {"users", found.users}};
}

Json content_gap_json(const ContentGap& found) {
  return {{"gap", estimate_json(found.gap)},
          {"short_run_advantage", estimate_json(found.short_run_advantage)},
          {"long_run_advantage", estimate_json(found.long_run_advantage)},
          {"creators", found.creators}};
}

const char* evidence_key(ResponseEvidence evidence) {
  switch (evidence) {
    case ResponseEvidence::experiment:
      return "experiment";
    case ResponseEvidence::within_creators:
      return "within-creators";
    case ResponseEvidence::between_creators:
      return "between-creators";
  }
  return "";
}

Json response_json(const CreatorResponse& found) {
  Json groups = Json::array();
  for (const auto& group : found.groups) {
    groups.push_back(
        {{"group", group.group}, {"creators", group.creators}, {"effect", estimate_json(group.effect)}});
  }
  return {{"evidence", evidence_key(found.evidence)},
          {"outcome", found.outcome},
          {"engagement", found.engagement},
          {"effect", estimate_json(found.effect)},
          {"relative", found.relative.se > 0 ? estimate_json(found.relative) : Json(nullptr)},
          {"posts_per_engagement", estimate_json(found.posts_per_engagement)},
          {"engagement_per_post",
           found.engagement_per_post > 0 ? Json(found.engagement_per_post) : Json(nullptr)},
          {"groups", groups},
          {"difference", estimate_json(found.difference)},
          {"same_effect_p", found.difference_p ? Json(*found.difference_p) : Json(nullptr)},
          {"creators", found.creators}};
}

Json spillover_json(const Spillover& found) {
  return {{"others_share", estimate_json(found.others_share)},
          {"creators", found.creators},
          {"engagement", found.engagement}};
}

const char* verdict_key(DiagnosisVerdict verdict) {
  switch (verdict) {
    case DiagnosisVerdict::worth_it:
      return "worth-it";
    case DiagnosisVerdict::run_an_experiment:
      return "run-an-experiment";
    case DiagnosisVerdict::not_worth_it:
      return "not-worth-it";
    case DiagnosisVerdict::insufficient_data:
      return "insufficient-data";
  }
  return "";
}

/// A condition's numbers, or why there are none.
template <class Found, class ToJson>
Json condition_json(const std::optional<Found>& found, const ToJson& to_json, const std::string& why_not) {
  return found ? to_json(*found) : Json{{"why_not", why_not}};
}

}  // namespace

Json diagnosis_summary(const Diagnosis& d) {
  Json json{{"command", "diagnose"},
            {"sources", d.sources},
            {"gamma", d.options.gamma},
            {"smallest_gain", d.options.smallest_gain}};
  json["periods"] = d.periods > 0 ? Json(d.periods) : Json(nullptr);
  json["period_length"] = d.periods > 0 ? Json(d.period_length) : Json(nullptr);
  json["period_unit"] =
      d.periods == 0 ? Json(nullptr) : Json(d.period_in_seconds ? "seconds" : "time column");
  json["conditions"] = {{"discounting", condition_json(d.discounting, discounting_json, d.why_not[0])},
                        {"content_gap", condition_json(d.content_gap, content_gap_json, d.why_not[1])},
                        {"response", condition_json(d.response, response_json, d.why_not[2])},
                        {"spillover", condition_json(d.spillover, spillover_json, d.why_not[3])}};
  json["later_per_engagement"] = estimate_json(d.later_per_engagement);
  json["verdict"] = verdict_key(d.verdict);
  json["reason"] = d.reason;
  json["warnings"] = d.warnings;
  return json;
}

}  // namespace perennial
