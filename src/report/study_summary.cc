#include "report/study_summary.h"

#include "io/hash.h"
#include "report/answers.h"
#include "report/summary_json.h"
#include "report/tables.h"
#include "study/study_claims.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

Json comparison_json(const ClaimComparison& c) {
  const bool against_value = c.versus.empty();
  Json json{{"world", c.world}, {"arm", c.arm}};
  json["versus_world"] = against_value ? Json(nullptr) : Json(c.versus_world);
  json["versus"] = against_value ? Json(nullptr) : Json(c.versus);
  const bool tested = c.verdict != ClaimVerdict::untestable;
  json["value"] = tested ? interval_json(c.value) : Json(nullptr);
  json["difference"] = tested ? interval_json(c.difference) : Json(nullptr);
  json["ratio"] = c.ratio ? interval_json(*c.ratio) : Json(nullptr);
  json["verdict"] = name_of(c.verdict);
  return json;
}

Json claim_json(const JudgedClaim& judged) {
  const StudyClaim& claim = judged.claim;
  Json comparisons = Json::array();
  for (const ClaimComparison& c : judged.comparisons) comparisons.push_back(comparison_json(c));
  return {{"text", claim.text},
          {"where", claim.where},
          {"rule", name_of(claim.rule)},
          {"rule_words", rule_words(claim)},
          {"metric", key_of(claim.metric)},
          {"threshold", claim.value > 0 ? Json(claim.value) : Json(nullptr)},
          {"verdict", name_of(judged.verdict)},
          {"why", judged.why},
          {"comparisons", comparisons}};
}

Json arm_json(const Study& study, const std::string& world, const ComparedPolicy& arm) {
  Json json{{"name", arm.name}, {"title", arm.label}, {"uses_truth", arm.uses_truth}};
  for (const StudyMetric& metric : study.file.metrics) {
    const auto values = study_values(arm, metric);
    json[key_of(metric)] = values.empty() ? Json(nullptr) : interval_json(interval_of(values));
  }
  json["rounds_to_converge_median"] = convergence_json(arm);
  json["train_seconds_per_round_mean"] = train_seconds_json(arm);
  json["answers"] = answers_json(arm);
  Json published = Json::object();
  for (const PublishedValue& p : study.file.published) {
    if (p.world == world && p.arm == arm.name) published[key_of(p.metric)] = p.value;
  }
  json["published"] = published;
  return json;
}

Json world_json(const Study& study, std::size_t w) {
  const Comparison& played = study.worlds[w];
  const StudyWorld& world = study.file.worlds[w];
  Json arms = Json::array();
  for (const ComparedPolicy& arm : played.policies) arms.push_back(arm_json(study, world.name, arm));
  return {{"name", world.name},
          {"title", world.title},
          {"world", played.world},
          {"setting", played.setting},
          {"recommender", played.recommender},
          {"creator_model", played.creator_model},
          {"users", played.users},
          {"creators", played.creators},
          {"arms", arms},
          {"result_hash", played.result_hash}};
}

/// Puts the world's name in front of every row, and calls the policy what it is in a study.
void add_rows(Table& all, Table more, const std::string& world) {
  std::vector<std::string> worlds(more.rows(), world);
  more.columns.insert(more.columns.begin(), {"world", std::move(worlds)});
  more.columns[1].name = "arm";
  if (all.columns.empty()) {
    all = std::move(more);
    return;
  }
  for (std::size_t c = 0; c < all.columns.size(); ++c) {
    std::visit(
        [&](auto& values) {
          const auto& added = std::get<std::decay_t<decltype(values)>>(more.columns[c].values);
          values.insert(values.end(), added.begin(), added.end());
        },
        all.columns[c].values);
  }
}

}  // namespace

Json study_summary(const Study& study) {
  Json json{{"command", "study"},          {"name", study.file.name},
            {"title", study.file.title},   {"question", study.file.question},
            {"source", study.file.source}, {"rounds", study.file.rounds},
            {"seeds", study.seeds},        {"overrides", study.overrides}};
  json["claims"] = Json::array();
  for (const JudgedClaim& claim : judge_claims(study)) json["claims"].push_back(claim_json(claim));
  json["worlds"] = Json::array();
  for (std::size_t w = 0; w < study.worlds.size(); ++w) json["worlds"].push_back(world_json(study, w));
  json["runs"] = study.runs;
  json["runs_kept"] = study.runs_kept;
  json["cpu_seconds"] = study.cpu_seconds;
  json["result_hash"] = study.result_hash;
  return json;
}

Json studies_summary(std::span<const Study> studies) {
  Json json{{"command", "reproduce"}, {"studies", Json::array()}, {"further", Json::object()}};
  std::string hashes;
  for (const Study& study : studies) {
    json["studies"].push_back(study_summary(study));
    hashes += study.result_hash;
  }
  json["result_hash"] = hash_text(hash_bytes(std::as_bytes(std::span(hashes))));
  return json;
}

Table study_rounds_table(const Study& study) {
  Table all;
  for (std::size_t w = 0; w < study.worlds.size(); ++w)
    add_rows(all, rounds_table(study.worlds[w]), study.file.worlds[w].name);
  return all;
}

Table study_creators_table(const Study& study) {
  Table all;
  for (std::size_t w = 0; w < study.worlds.size(); ++w)
    add_rows(all, creators_table(study.worlds[w]), study.file.worlds[w].name);
  return all;
}

}  // namespace perennial
