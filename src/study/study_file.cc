#include "study/study_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/names.h"
#include "io/text_file.h"
#include "study/study_checks.h"
#include "study/study_table.h"

namespace perennial {
namespace {

const std::vector<std::string> rule_names = {"greater",  "similar", "at_most",
                                             "at_least", "ratio",   "untestable"};
const std::vector<std::string> chart_kinds = {"curves", "genres", "bars"};

Fields metric_fields(StudyMetric& metric) {
  Fields fields;
  fields.text("metric", metric.name, "what is compared", study_metric_names())
      .integer("first", metric.first, {0, 1e6}, "over the first so many rounds; 0 = all")
      .integer("last", metric.last, {0, 1e6}, "over the last so many rounds; 0 = all");
  return fields;
}

StudyTable table_of(StudyWorld& world) {
  StudyTable table{.name = "world", .platform_keys = &world.keys};
  table.single.text("name", world.name, "short, unique")
      .text("title", world.title, "for people")
      .text("note", world.note, "what is special about it")
      .text("setting", world.setting, "a built-in setting");
  return table;
}

StudyTable table_of(StudyArm& arm) {
  StudyTable table{.name = "arm", .platform_keys = &arm.keys};
  table.single.text("name", arm.name, "short, unique")
      .text("title", arm.title, "for people")
      .text("note", arm.note, "what it is")
      .text("policy", arm.policy, "a suggestion policy");
  return table;
}

StudyTable table_of(StudyMetric& metric) {
  return {.name = "metric", .single = metric_fields(metric)};
}

StudyTable table_of(StudyChart& chart) {
  StudyTable table{.name = "chart", .lists = {{"arms", &chart.arms}, {"worlds", &chart.worlds}}};
  table.single.text("kind", chart.kind, "what is drawn", chart_kinds)
      .text("title", chart.title, "for people")
      .text("note", chart.note, "what to look at")
      .include(metric_fields(chart.metric));
  return table;
}

/// A claim as it is read: the rule is still a name.
struct ReadClaim {
  StudyClaim claim;
  std::string rule;
};

StudyTable table_of(ReadClaim& read) {
  StudyClaim& claim = read.claim;
  StudyTable table{.name = "claim",
                   .lists = {{"arm", &claim.arms},
                             {"worlds", &claim.worlds},
                             {"than", &claim.than},
                             {"than_worlds", &claim.than_worlds}}};
  table.single.text("text", claim.text, "the paper's sentence")
      .text("where", claim.where, "where it stands")
      .text("rule", read.rule, "how it is judged", rule_names)
      .text("reason", claim.reason, "untestable: why")
      .real("value", claim.value, {}, "the bound, ratio or share")
      .include(metric_fields(claim.metric));
  return table;
}

/// The published numbers of one world and metric as they are read: values.ARM = number.
struct ReadPublished {
  PublishedValue common;
  std::vector<std::pair<std::string, double>> values;
};

/// Reads the flat list of entries into a study.
class StudyReader {
 public:
  StudyReader(std::string_view text, const std::string& file) : file_(parse_toml(text, file)) {
    study_.file = file;
    study_.text = text;
  }

  StudyFile read() {
    for (const auto& entry : file_.entries) take(entry);
    for (auto& read : claims_) {
      const auto rule = std::ranges::find(rule_names, read.rule);
      if (rule == rule_names.end())
        refuse(read.claim.place, "claim: rule is missing" + name_hint("", rule_names));
      read.claim.rule = static_cast<ClaimRule>(rule - rule_names.begin());
      study_.claims.push_back(std::move(read.claim));
    }
    for (const auto& read : published_) {
      for (const auto& [arm, value] : read.values) {
        study_.published.push_back(read.common);
        study_.published.back().arm = arm;
        study_.published.back().value = value;
      }
    }
    return std::move(study_);
  }

 private:
  [[noreturn]] static void refuse(const std::string& place, const std::string& what) {
    throw Error(ErrorCode::invalid_argument, place + ": " + what);
  }

  /// The row of a numbered table that the entry belongs to; a new one where its number is new.
  template <class Row>
  Row& row(std::vector<Row>& rows, const TomlEntry& entry) {
    const bool numbered = entry.path.size() > 2 &&
                          std::ranges::all_of(entry.path[1], [](char c) { return c >= '0' && c <= '9'; });
    if (!numbered) {
      refuse(file_.place(entry), fmt::format("{}: write [[{}]], with two brackets, for one of several",
                                             entry.key, entry.path[0]));
    }
    std::size_t index = 0;
    std::from_chars(entry.path[1].data(), entry.path[1].data() + entry.path[1].size(), index);
    while (rows.size() <= index) rows.emplace_back();
    return rows[index];
  }

  /// What stands behind the table's name (and its row's number), dotted.
  static std::string rest(const TomlEntry& entry, std::size_t from) {
    std::string key;
    for (std::size_t i = from; i < entry.path.size(); ++i) key += (i > from ? "." : "") + entry.path[i];
    return key;
  }

  template <class Row>
  Row& placed(std::vector<Row>& rows, const TomlEntry& entry) {
    Row& found = row(rows, entry);
    if (found.place.empty()) found.place = file_.place(entry);
    return found;
  }

  void take(const TomlEntry& entry) {
    const auto& name = entry.path.front();
    if (name == "run") return run_table().set(file_, entry, rest(entry, 1));
    if (name == "platform") return platform_table().set(file_, entry, rest(entry, 1));
    if (name == "world") return table_of(placed(study_.worlds, entry)).set(file_, entry, rest(entry, 2));
    if (name == "arm") return table_of(placed(study_.arms, entry)).set(file_, entry, rest(entry, 2));
    if (name == "metric") return table_of(row(study_.metrics, entry)).set(file_, entry, rest(entry, 2));
    if (name == "chart") return table_of(placed(study_.charts, entry)).set(file_, entry, rest(entry, 2));
    if (name == "published") return take_published(entry);
    if (name == "claim") {
      ReadClaim& read = row(claims_, entry);
      if (read.claim.place.empty()) read.claim.place = file_.place(entry);
      return table_of(read).set(file_, entry, rest(entry, 2));
    }
    top_table().set(file_, entry, rest(entry, 0));
  }

  void take_published(const TomlEntry& entry) {
    ReadPublished& read = row(published_, entry);
    if (read.common.place.empty()) read.common.place = file_.place(entry);
    if (entry.path[2] == "values" && entry.path.size() > 3) {
      double value = 0;
      Fields field;
      field.real(rest(entry, 3), value, {}, "");
      field.set(file_.place(entry) + ": published.values", rest(entry, 3), file_.single_value(entry));
      read.values.emplace_back(rest(entry, 3), value);
      return;
    }
    StudyTable table{.name = "published", .single = metric_fields(read.common.metric)};
    table.single.text("world", read.common.world, "the world these are of");
    table.set(file_, entry, rest(entry, 2));
  }

  StudyTable run_table() {
    StudyTable table{.name = "run"};
    table.single.integer("rounds", study_.rounds, {1, 1'000'000}, "rounds per run")
        .integer("seeds", study_.seeds, {1, 100'000}, "runs per arm and world")
        .integer("first_seed", study_.first_seed, {0, 4e18}, "the first of them");
    return table;
  }

  StudyTable platform_table() {
    StudyTable table{.name = "platform", .platform_keys = &study_.keys};
    table.single.text("setting", study_.setting, "a built-in setting");
    return table;
  }

  StudyTable top_table() {
    StudyTable table{.name = "study"};
    table.single.text("name", study_.name, "short")
        .text("title", study_.title, "for people")
        .text("question", study_.question, "what it asks")
        .text("source", study_.source, "where the claims stand")
        .text("explain", study_.explain, "why the result can differ");
    return table;
  }

  TomlFile file_;
  StudyFile study_;
  std::vector<ReadClaim> claims_;
  std::vector<ReadPublished> published_;
};

}  // namespace

std::string name_of(ClaimRule rule) {
  return rule_names[static_cast<std::size_t>(rule)];
}

StudyFile parse_study(std::string_view text, const std::string& file) {
  StudyFile study = StudyReader(text, file).read();
  check_study(study);
  return study;
}

StudyFile read_study(const std::filesystem::path& path) {
  return parse_study(read_text_file(path), path.string());
}

}  // namespace perennial
