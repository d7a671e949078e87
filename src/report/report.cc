#include "report/report.h"

#include <fmt/format.h>

#include "base/check.h"
#include "report/answers.h"
#include "report/charts.h"
#include "report/page.h"
#include "report/palette.h"
#include "report/texts.h"
#include "report/verdict.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

void check_whole(const Comparison& comparison) {
  check(comparison.rounds > 0 && !comparison.seeds.empty() && !comparison.policies.empty(),
        "a report needs results");
  for (const ComparedPolicy& policy : comparison.policies) {
    check(policy.runs.size() == comparison.seeds.size(), "every policy was played on every seed");
    for (const RunResult& run : policy.runs)
      check(run.rounds.size() == comparison.rounds, "every run is whole");
  }
}

Json series_of(const Comparison& comparison) {
  const auto slots = colour_slots(comparison);
  Json series = Json::array();
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const ComparedPolicy& policy = comparison.policies[i];
    series.push_back({{"name", policy.shown()},
                      {"badge", policy.uses_truth ? "uses the truth" : ""},
                      {"slot", slots[i]},
                      {"dashed", policy.uses_truth}});
  }
  return series;
}

Json blocks_of(const Comparison& comparison) {
  Json blocks = Json::array();
  for (Json block : {clicks_block(comparison), policies_table(comparison), differences_block(comparison),
                     genres_block(comparison), platform_block(comparison), answers_block(comparison),
                     policies_explained(comparison), reading_notes(comparison), time_block(comparison),
                     settings_block(comparison), command_block(comparison)}) {
    if (!block.is_null()) blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace

std::string render_report(const Comparison& comparison) {
  check_whole(comparison);
  const Verdict verdict = verdict_of(comparison);
  const std::string title =
      fmt::format("{}: {} world, {} setting", comparison.command, comparison.world, comparison.setting);
  const Json data{{"title", title},
                  {"headline", verdict.headline},
                  {"warnings", answers_warnings(comparison)},
                  {"lead", verdict.details},
                  {"facts", facts_of(comparison)},
                  {"palette", {{"light", light_colours}, {"dark", dark_colours}}},
                  {"series", series_of(comparison)},
                  {"blocks", blocks_of(comparison)},
                  {"footer",
                   "A simulated platform, not a real one. Beside this page: `summary.json`, `rounds.parquet` "
                   "(every metric of every round), `creators.parquet`, `picture.svg`, `config.toml`."}};
  return fill_page("Perennial " + title, data);
}

}  // namespace perennial
