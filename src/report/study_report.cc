#include "report/study_report.h"

#include <fmt/format.h>

#include "report/answers.h"
#include "report/frame.h"
#include "report/page.h"
#include "report/palette.h"
#include "report/study_blocks.h"
#include "report/study_claims_block.h"
#include "report/words.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json series_of(const Study& study) {
  const Comparison& first = study.worlds.front();
  const auto slots = colour_slots(first);
  Json series = Json::array();
  for (std::size_t a = 0; a < slots.size(); ++a) {
    const ComparedPolicy& arm = first.policies[a];
    series.push_back({{"name", arm.shown()},
                      {"badge", arm.uses_truth ? "uses the truth" : ""},
                      {"slot", slots[a]},
                      {"dashed", arm.uses_truth}});
  }
  return series;
}

/// What makes these runs other than the study's.
Json warnings_of(const Study& study) {
  Json warnings = Json::array();
  if (!study.overrides.empty()) {
    std::string words;
    for (const auto& change : study.overrides) words += (words.empty() ? "" : ", ") + change;
    warnings.push_back(fmt::format("Played otherwise than the study says: {}.", words));
  }
  if (study.seeds.size() < 2)
    warnings.push_back(
        "One seed was played, so nothing has an interval and no claim can do more than hold in direction.");
  for (std::size_t w = 0; w < study.worlds.size(); ++w) {
    const auto where = fmt::format(" in the world '{}'", study.file.worlds[w].title);
    for (const auto& warning : answers_warnings(study.worlds[w], where)) warnings.push_back(warning);
  }
  return warnings;
}

Json lead_of(const Study& study) {
  Json lead = Json::array();
  if (!study.file.question.empty()) lead.push_back(study.file.question);
  return lead;
}

Json facts_of(const Study& study) {
  Json facts = Json::array();
  const auto add = [&](const char* name, const std::string& value) { facts.push_back({name, value}); };
  if (!study.file.source.empty()) add("Source", study.file.source);
  add("Rounds", whole_words(static_cast<std::uint64_t>(study.file.rounds)));
  add("Seeds", seed_words(study.seeds));
  add("Runs", study.runs_kept > 0 ? fmt::format("{} ({} played before)", whole_words(study.runs),
                                                whole_words(study.runs_kept))
                                  : whole_words(study.runs));
  add("CPU seconds", number_words(study.cpu_seconds));
  add("Result hash", study.result_hash);
  return facts;
}

void append(Json& blocks, const std::vector<Json>& more) {
  for (const Json& block : more) {
    if (!block.is_null()) blocks.push_back(block);
  }
}

Json blocks_of(const Study& study, const std::vector<JudgedClaim>& claims) {
  Json items = Json::array(), blocks = Json::array();
  for (const JudgedClaim& claim : claims) items.push_back(claim_item(study, claim));
  append(blocks, {claims_block("The claims", verdicts_note, items)});
  append(blocks, study_charts(study));
  append(blocks, study_tables(study));
  for (std::size_t w = 0; w < study.worlds.size(); ++w)
    append(blocks, {answers_block(study.worlds[w], fmt::format(": {}", study.file.worlds[w].title))});
  append(blocks, study_notes(study));
  return blocks;
}

Json page_of(const std::string& title, const std::string& headline) {
  return {{"title", title},
          {"headline", headline},
          {"palette", {{"light", light_colours}, {"dark", dark_colours}}}};
}

Json studies_table(std::span<const Study> studies) {
  Json rows = Json::array();
  for (const Study& study : studies) {
    rows.push_back({{"name", study.file.name},
                    {"cells",
                     {cell_json(study.file.title), cell_json(claims_headline(judge_claims(study))),
                      cell_json(whole_words(study.runs)), cell_json(number_words(study.cpu_seconds))}}});
  }
  return {{"kind", "table"},
          {"title", "The studies"},
          {"note",
           "Each has a page of its own at NAME/report.html. Runs that are the same in several studies were "
           "played once and count in each."},
          {"columns",
           {{{"title", "Study"}, {"help", ""}},
            {{"title", "What"}, {"help", ""}},
            {{"title", "Claims"}, {"help", ""}},
            {{"title", "Runs"}, {"help", ""}},
            {{"title", "CPU seconds"}, {"help", ""}}}},
          {"rows", rows}};
}

}  // namespace

std::string render_study_report(const Study& study) {
  const auto claims = judge_claims(study);
  const auto title = fmt::format("study {}", study.file.name);
  const bool asks = study.file.title.ends_with('?');
  Json page = page_of(title, claims.empty() ? study.file.title
                                            : fmt::format("{}{} {}", study.file.title, asks ? "" : ":",
                                                          claims_headline(claims)));
  page["warnings"] = warnings_of(study);
  page["lead"] = lead_of(study);
  page["facts"] = facts_of(study);
  page["series"] = series_of(study);
  page["blocks"] = blocks_of(study, claims);
  page["footer"] =
      "A simulated platform, not a real one. Beside this page: `summary.json`, `rounds.parquet` (every "
      "metric of every "
      "round), `creators.parquet`, `study.toml`.";
  return fill_page("Perennial " + title, page);
}

std::string render_studies_index(std::span<const Study> studies, const Json& further) {
  std::vector<ClaimVerdict> all;
  Json items = Json::array(), blocks = Json::array();
  for (const Study& study : studies) {
    for (const JudgedClaim& claim : judge_claims(study)) {
      items.push_back(claim_item(study, claim, study.file.name + "/report.html"));
      all.push_back(claim.verdict);
    }
  }
  for (const auto& [name, summary] : further.items()) {
    for (const Json& claim : summary.at("claims")) {
      items.push_back(further_claim_item(claim, name));
      all.push_back(verdict_named(claim.at("verdict").get<std::string>()));
    }
  }
  append(blocks, {claims_block("Every claim", verdicts_note, items), studies_table(studies)});
  Json page = page_of("reproduce", claims_headline(all));
  page["warnings"] = warnings_of(studies.front());
  page["lead"] = Json::array();
  page["facts"] = Json::array({Json::array({"Studies", whole_words(studies.size() + further.size())}),
                               Json::array({"Seeds", seed_words(studies.front().seeds)})});
  page["series"] = Json::array({{{"name", "all"}, {"badge", ""}, {"slot", 1}, {"dashed", false}}});
  page["blocks"] = blocks;
  page["footer"] =
      "Simulated platforms, not real ones. Beside this page: `summary.json`, a folder per study, and "
      "`cells`, the runs' results.";
  return fill_page("Perennial reproduce", page);
}

}  // namespace perennial
