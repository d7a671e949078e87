#include "report/study_claims_block.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

const char* tone_of(ClaimVerdict verdict) {
  switch (verdict) {
    case ClaimVerdict::holds:
      return "good";
    case ClaimVerdict::direction:
      return "leaning";
    case ClaimVerdict::fails:
      return "bad";
    case ClaimVerdict::untestable:
      break;
  }
  return "open";
}

std::string world_title(const Study& study, const std::string& name) {
  return std::ranges::find(study.file.worlds, name, &StudyWorld::name)->title;
}

std::string arm_title(const Study& study, const std::string& name) {
  return std::ranges::find(study.file.arms, name, &StudyArm::name)->title;
}

std::string sides_words(const Study& study, const ClaimComparison& c, const StudyClaim& claim) {
  const auto arm = arm_title(study, c.arm), world = world_title(study, c.world);
  if (c.versus.empty()) return fmt::format("{}: {} against {:g}", world, arm, claim.value);
  if (c.versus_world != c.world)
    return fmt::format("{} in {} against {} in {}", arm, world, arm_title(study, c.versus),
                       world_title(study, c.versus_world));
  return fmt::format("{}: {} against {}", world, arm, arm_title(study, c.versus));
}

Json comparison_json(const Study& study, const ClaimComparison& c, const StudyClaim& claim) {
  std::string text = "no number", under;
  if (c.verdict != ClaimVerdict::untestable) {
    const bool against_value = c.versus.empty();
    text = against_value ? number_words(c.value.mean) : signed_words(c.difference.mean);
    if (c.ratio) text += fmt::format(" (x {:.3f})", c.ratio->mean);
    if (study.seeds.size() > 1)
      under = against_value ? range_words(c.value) : signed_range_words(c.difference);
    if (c.ratio && claim.rule == ClaimRule::ratio && study.seeds.size() > 1)
      under += fmt::format("; x {:.3f} to {:.3f}", c.ratio->low, c.ratio->high);
  }
  return {{"what", sides_words(study, c, claim)},
          {"text", text},
          {"under", under},
          {"verdict", name_of(c.verdict)},
          {"tone", tone_of(c.verdict)}};
}

}  // namespace

Json claim_item(const Study& study, const JudgedClaim& judged, const std::string& link) {
  const StudyClaim& claim = judged.claim;
  Json comparisons = Json::array();
  for (const ClaimComparison& c : judged.comparisons) comparisons.push_back(comparison_json(study, c, claim));
  return {{"text", claim.text},
          {"where", claim.where},
          {"verdict", name_of(judged.verdict)},
          {"tone", tone_of(judged.verdict)},
          {"rule", claim.rule == ClaimRule::untestable ? "" : "Rule: " + rule_words(claim) + "."},
          {"why", sentence_words(judged.why)},
          {"link", link},
          {"link_name", study.file.name},
          {"comparisons", comparisons}};
}

Json further_claim_item(const Json& claim, const std::string& study) {
  const auto text = [&](const char* key) { return claim.at(key).get<std::string>(); };
  std::string why = "Here: " + text("ours");
  if (!text("truth").empty()) why += "; in truth: " + text("truth");
  return {{"text", text("claim")},
          {"where", "published: " + text("published")},
          {"verdict", text("verdict")},
          {"tone", tone_of(verdict_named(text("verdict")))},
          {"rule", text("rule").empty() ? "" : "Rule: " + text("rule")},
          {"why", sentence_words(why)},
          {"link", study.empty() ? "" : study + "/report.html"},
          {"link_name", study},
          {"comparisons", Json::array()}};
}

Json claims_block(const std::string& title, const std::string& note, const Json& items) {
  if (items.empty()) return nullptr;
  return {{"kind", "claims"}, {"title", title}, {"note", note}, {"claims", items}};
}

std::string claims_headline(const std::vector<ClaimVerdict>& verdicts) {
  const auto count = [&](ClaimVerdict v) { return std::ranges::count(verdicts, v); };
  std::vector<std::string> parts;
  const auto holds = count(ClaimVerdict::holds);
  parts.push_back(fmt::format("{} of {} {}", holds, verdicts.size(),
                              verdicts.size() == 1 ? "claim holds" : "claims hold"));
  if (const auto n = count(ClaimVerdict::direction)) parts.push_back(fmt::format("{} in direction only", n));
  if (const auto n = count(ClaimVerdict::fails))
    parts.push_back(fmt::format("{} {}", n, n == 1 ? "does not" : "do not"));
  if (const auto n = count(ClaimVerdict::untestable))
    parts.push_back(fmt::format("{} cannot be tested here", n));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string claims_headline(const std::vector<JudgedClaim>& claims) {
  std::vector<ClaimVerdict> verdicts;
  verdicts.reserve(claims.size());
  for (const JudgedClaim& claim : claims) verdicts.push_back(claim.verdict);
  return claims_headline(verdicts);
}

}  // namespace perennial
