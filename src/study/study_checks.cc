#include "study/study_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/names.h"

namespace perennial {
namespace {

[[noreturn]] void refuse(const std::string& place, const std::string& what) {
  throw Error(ErrorCode::invalid_argument, place + ": " + what);
}

/// The rows' names, each once; a title left out is the name.
template <class Row>
std::vector<std::string> named(const StudyFile& study, std::vector<Row>& rows, const char* table) {
  if (rows.empty()) refuse(study.file, fmt::format("a study needs at least one [[{}]]", table));
  std::vector<std::string> names;
  for (Row& row : rows) {
    if (row.name.empty())
      refuse(row.place.empty() ? study.file : row.place, fmt::format("{}: name is missing", table));
    if (std::ranges::find(names, row.name) != names.end())
      refuse(row.place, fmt::format("{}: name = \"{}\": stands there twice", table, row.name));
    if (row.title.empty()) row.title = row.name;
    names.push_back(row.name);
  }
  return names;
}

/// The study's own names, and the test that others are among them.
struct Names {
  std::vector<std::string> worlds, arms;

  static void require(const std::string& place, const char* key, const char* kind, const std::string& name,
                      const std::vector<std::string>& known) {
    if (std::ranges::find(known, name) != known.end()) return;
    refuse(place,
           fmt::format("{}: no such {} of this study: '{}'{}", key, kind, name, name_hint(name, known)));
  }
  void require_worlds(const std::string& place, const char* key, const std::vector<std::string>& some) const {
    for (const auto& name : some) require(place, key, "world", name, worlds);
  }
  void require_arms(const std::string& place, const char* key, const std::vector<std::string>& some) const {
    for (const auto& name : some) require(place, key, "arm", name, arms);
  }
};

void check_metric(const std::string& place, const StudyMetric& metric) {
  if (metric.first > 0 && metric.last > 0) refuse(place, "first and last: give one of them");
}

void check_claim(const StudyClaim& claim, const Names& names) {
  if (claim.text.empty()) refuse(claim.place, "claim: text is missing: the paper's sentence");
  names.require_arms(claim.place, "claim: arm", claim.arms);
  names.require_arms(claim.place, "claim: than", claim.than);
  names.require_worlds(claim.place, "claim: worlds", claim.worlds);
  names.require_worlds(claim.place, "claim: than_worlds", claim.than_worlds);
  check_metric(claim.place, claim.metric);
  const auto rule = name_of(claim.rule);
  if (claim.rule == ClaimRule::untestable) {
    if (claim.reason.empty()) refuse(claim.place, "claim: rule = \"untestable\": reason is missing: say why");
    return;
  }
  if (claim.arms.empty()) refuse(claim.place, fmt::format("claim: rule = \"{}\": arm is missing", rule));
  const bool compares =
      claim.rule == ClaimRule::greater || claim.rule == ClaimRule::similar || claim.rule == ClaimRule::ratio;
  const bool has_other = !claim.than.empty() || !claim.than_worlds.empty();
  if (compares && !has_other)
    refuse(claim.place, fmt::format("claim: rule = \"{}\": compares, so it needs than or than_worlds", rule));
  if (!compares && has_other)
    refuse(claim.place, fmt::format("claim: rule = \"{}\": compares with value, so than has no use", rule));
  if (claim.rule != ClaimRule::greater && claim.value <= 0)
    refuse(claim.place, fmt::format("claim: rule = \"{}\": value must be above 0", rule));
}

}  // namespace

void check_study(StudyFile& study) {
  if (study.name.empty()) refuse(study.file, "name is missing: a short one, such as \"fig2\"");
  if (study.title.empty()) study.title = study.name;
  const Names names{named(study, study.worlds, "world"), named(study, study.arms, "arm")};
  if (study.metrics.empty()) study.metrics = {{}, {.name = "clicks", .last = 50}};
  for (const StudyMetric& metric : study.metrics) check_metric(study.file, metric);
  for (const PublishedValue& value : study.published) {
    names.require_worlds(value.place, "published: world", {value.world});
    names.require_arms(value.place, "published: values", {value.arm});
    check_metric(value.place, value.metric);
  }
  for (const StudyClaim& claim : study.claims) check_claim(claim, names);
  for (StudyChart& chart : study.charts) {
    if (chart.kind.empty()) refuse(chart.place, "chart: kind is missing: curves, genres or bars");
    names.require_arms(chart.place, "chart: arms", chart.arms);
    names.require_worlds(chart.place, "chart: worlds", chart.worlds);
    check_metric(chart.place, chart.metric);
  }
}

}  // namespace perennial
