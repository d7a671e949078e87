#include "report/levers_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "report/frame.h"
#include "report/levers_summary.h"

namespace perennial {
namespace {

/// "in lockin +4.6% (+2.1% to +7.1%), open ..".
void add(std::string& to, const LeverEnvironment& environment, const Interval& relative) {
  to += fmt::format("{}{} {}", to.empty() ? "" : ", ", environment.name, relative_words(relative));
}

/// "Suggest alone: clicks rise in ..; fall in ..; no difference shown in ..".
std::string verdict(const LeversStudy& study, const char* subject, std::string_view contrast,
                    LeverMeasure measure) {
  std::string up, down, open;
  for (const auto& environment : study.environments) {
    const auto& relative = relative_in(environment, contrast, measure);
    add(relative.low > 0 ? up : relative.high < 0 ? down : open, environment, relative);
  }
  std::string words;
  for (const auto& [text, what] :
       {std::pair{up, "more in"}, std::pair{down, "less in"}, std::pair{open, "no difference shown in"}}) {
    if (!text.empty()) words += fmt::format("{} {} {}", words.empty() ? "" : ";", what, text);
  }
  return fmt::format("{}:{}.", subject, words);
}

std::string counted(const LeversStudy& study, std::string_view contrast) {
  std::size_t up = 0, down = 0;
  for (const auto& environment : study.environments) {
    const auto& relative = relative_in(environment, contrast, LeverMeasure::clicks);
    up += relative.low > 0 ? 1 : 0;
    down += relative.high < 0 ? 1 : 0;
  }
  return down == 0 ? fmt::format("in {}", up) : fmt::format("in {} (fewer in {})", up, down);
}

}  // namespace

const ContrastResult& contrast_in(const LeverEnvironment& environment, std::string_view contrast) {
  const auto found = std::ranges::find(lever_contrasts(), contrast, &LeverContrast::name);
  check(found != lever_contrasts().end(), "a contrast has a name");
  return environment.contrasts[static_cast<std::size_t>(found - lever_contrasts().begin())];
}

const Interval& relative_in(const LeverEnvironment& environment, std::string_view contrast,
                            LeverMeasure measure) {
  return contrast_in(environment, contrast).relative[static_cast<std::size_t>(measure)];
}

std::string relative_words(const Interval& relative) {
  return fmt::format("{} ({} to {})", signed_percent_words(relative.mean), signed_percent_words(relative.low),
                     signed_percent_words(relative.high));
}

std::string levers_headline(const LeversStudy& study) {
  if (study.seeds.size() < 2) return "One seed was played: no difference can be told from chance";
  return fmt::format(
      "Of {} environments, suggest brings more clicks {}, promote {}, promote on top of suggest {}",
      study.environments.size(), counted(study, "suggest"), counted(study, "promote"),
      counted(study, "promote-on-suggest"));
}

std::vector<std::string> lever_verdicts(const LeversStudy& study) {
  if (study.seeds.size() < 2)
    return {"One seed was played: there are no intervals, and no difference can be told from chance."};
  const auto clicks = LeverMeasure::clicks;
  return {
      verdict(study, "Suggest alone, clicks", "suggest", clicks),
      verdict(study, "Promote alone, clicks", "promote", clicks),
      verdict(study, "Promote against the same boosts dealt at random, clicks", "promote-over-placebo",
              clicks),
      verdict(study, "Promote on top of suggest, clicks", "promote-on-suggest", clicks),
      verdict(study, "Both beyond the sum of each, clicks", "interaction", clicks),
      verdict(study, "Promote alone, posts", "promote", LeverMeasure::posts),
      verdict(study, "Promote by the truth on top of suggest, clicks", "promote-truth-on-suggest", clicks)};
}

}  // namespace perennial
