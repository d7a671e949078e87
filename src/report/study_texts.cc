#include <fmt/format.h>

#include <algorithm>

#include "report/frame.h"
#include "report/study_blocks.h"
#include "report/texts.h"
#include "report/words.h"
#include "study/interval.h"

namespace perennial {
namespace {

using Json = nlohmann::ordered_json;

bool has_published(const Study& study, const std::string& world, const StudyMetric& metric) {
  return std::ranges::any_of(study.file.published,
                             [&](const PublishedValue& p) { return p.world == world && p.metric == metric; });
}

Json published_cell(const Study& study, const std::string& world, const std::string& arm,
                    const StudyMetric& metric) {
  for (const PublishedValue& p : study.file.published) {
    if (p.world == world && p.arm == arm && p.metric == metric) return cell_json(number_words(p.value));
  }
  return cell_json("\u2013");
}

Json value_cell(const Study& study, const ComparedPolicy& arm, const StudyMetric& metric) {
  const auto values = study_values(arm, metric);
  if (values.empty()) return cell_json("\u2013");
  const Interval interval = interval_of(values);
  std::string under = study.seeds.size() > 1 && interval.low < interval.high ? range_words(interval) : "";
  if (metric.name == "rounds_to_converge" && not_converged(arm) > 0)
    under = fmt::format("{} of {} did not", not_converged(arm), arm.runs.size());
  return cell_json(number_words(interval.mean), under);
}

Json table_of(const Study& study, std::size_t w) {
  const StudyWorld& world = study.file.worlds[w];
  Json columns = Json::array({{{"title", "Arm"}, {"help", ""}}});
  for (const StudyMetric& metric : study.file.metrics) {
    columns.push_back({{"title", title_of(metric)}, {"help", ""}});
    if (has_published(study, world.name, metric))
      columns.push_back({{"title", "Paper"}, {"help", title_of(metric)}});
  }
  Json rows = Json::array();
  for (std::size_t a = 0; a < study.file.arms.size(); ++a) {
    Json cells = Json::array();
    for (const StudyMetric& metric : study.file.metrics) {
      cells.push_back(value_cell(study, study.worlds[w].policies[a], metric));
      if (has_published(study, world.name, metric))
        cells.push_back(published_cell(study, world.name, study.file.arms[a].name, metric));
    }
    rows.push_back({{"series", a}, {"cells", cells}});
  }
  const Comparison& played = study.worlds[w];
  std::string note = fmt::format("World {}, setting {}, ranker {}, {} users, {} creators ({}), {} rounds.",
                                 played.world, played.setting, played.recommender, whole_words(played.users),
                                 whole_words(played.creators), played.creator_model, played.rounds);
  if (!world.note.empty()) note += " " + sentence_words(world.note);
  return {{"kind", "table"}, {"title", world.title}, {"note", note}, {"columns", columns}, {"rows", rows}};
}

/// "recommender.name=mf", "setting=craft": what a table of the file changes.
std::string keys_words(const std::string& setting, const std::vector<Given>& keys) {
  std::string words = setting.empty() ? "" : fmt::format("setting={}", setting);
  for (const Given& given : keys)
    words += fmt::format("{}{}={}", words.empty() ? "" : ", ", given.key, to_toml(given.value));
  return words;
}

Json keys_block(const Study& study) {
  Json rows = Json::array({Json::array({"all", keys_words(study.file.setting, study.file.keys)})});
  for (const StudyWorld& world : study.file.worlds)
    rows.push_back({fmt::format("world {}", world.name), keys_words(world.setting, world.keys)});
  for (const StudyArm& arm : study.file.arms)
    rows.push_back(
        {fmt::format("arm {}", arm.name),
         fmt::format("policy={}{}{}", arm.policy, arm.keys.empty() ? "" : ", ", keys_words("", arm.keys))});
  return {{"kind", "settings"},
          {"title", "What was played"},
          {"note",
           "Keys that differ from the defaults (`perennial settings` lists those), as in `study.toml` beside "
           "this page."},
          {"rows", rows}};
}

Json reading(const Study& study) {
  Json items = Json::array();
  for (std::size_t begin = 0; begin < study.file.explain.size();) {  // paragraphs have an empty line between
    const auto end = std::min(study.file.explain.find("\n\n", begin), study.file.explain.size());
    if (const auto text = study.file.explain.substr(begin, end - begin);
        text.find_first_not_of(" \n") != std::string::npos)
      items.push_back(text);
    begin = end + 2;
  }
  if (items.empty()) return nullptr;
  return {{"kind", "notes"},
          {"title", "How this differs from its source, and why results can"},
          {"items", items}};
}

}  // namespace

std::vector<Json> study_tables(const Study& study) {
  std::vector<Json> blocks;
  for (std::size_t w = 0; w < study.worlds.size(); ++w) blocks.push_back(table_of(study, w));
  return blocks;
}

std::vector<Json> study_notes(const Study& study) {
  Json command{
      {"kind", "command"},
      {"title", "Play it again"},
      {"note",
       fmt::format(
           "In this page's folder. Gives the same numbers to the last bit (times aside), at any number of "
           "threads: result hash `{}`.",
           study.result_hash)},
      {"text", fmt::format("perennial study study.toml --rounds {} --seeds {} --first-seed {} --out again",
                           study.file.rounds, study.seeds.size(), study.seeds.front())}};
  return {reading(study), policies_explained(study.worlds.front()), keys_block(study), command};
}

}  // namespace perennial
