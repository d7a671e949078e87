#include "respond/table/creator_query.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/names.h"
#include "io/duckdb.h"
#include "io/table_source.h"
#include "io/typed_query.h"
#include "respond/table/after_treatment.h"
#include "respond/table/rows_query.h"

namespace perennial {
namespace {

FeatureKind feature_kind(ColumnKind kind) {
  return kind == ColumnKind::text      ? FeatureKind::categorical
         : kind == ColumnKind::boolean ? FeatureKind::boolean
                                       : FeatureKind::numeric;
}

const char* words_for(ColumnKind kind) {
  return kind == ColumnKind::text ? "text" : kind == ColumnKind::boolean ? "true/false" : "numbers";
}
const char* words_for(FeatureKind kind) {
  return kind == FeatureKind::categorical ? "text" : kind == FeatureKind::boolean ? "true/false" : "numbers";
}

/// Numbers may stand where text was learned (categories that look like numbers), nothing else.
bool fits(ColumnKind kind, FeatureKind learned) {
  return feature_kind(kind) == learned ||
         (learned == FeatureKind::categorical && kind == ColumnKind::integer);
}

class Builder {
 public:
  Builder(TableSource& source, const CreatorColumns& columns, const FeatureSchema* known)
      : source_(source), columns_(columns), known_(known) {}

  CreatorQuery build() {
    base_ = rows_query(source_, columns_.query);
    found_ = source_.columns_of(base_);
    check_conditions();
    text(columns_.creator);
    if (!columns_.arm.empty()) result_.arm = text(columns_.arm);
    if (!columns_.cluster.empty()) result_.cluster = text(columns_.cluster);
    result_.first_outcome = list_.size();
    for (const auto& outcome : columns_.outcomes) number(outcome);
    for (const auto& [outcome, before] : columns_.pre_outcomes) {
      if (std::ranges::find(columns_.outcomes, outcome) == columns_.outcomes.end()) {
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("'{}' has a column before the experiment but is no outcome{}", outcome,
                                name_hint(outcome, columns_.outcomes)));
      }
      number(before);
      result_.pre.emplace_back(outcome, before);
    }
    result_.first_feature = list_.size();
    known_ ? known_features() : chosen_features();
    result_.sql = "SELECT ";
    for (std::size_t i = 0; i < list_.size(); ++i) {
      result_.sql += fmt::format("{}{} AS c{}", i ? ", " : "", list_[i], i);
    }
    result_.sql += " FROM " + as_subquery(base_);
    if (!columns_.filter.empty()) result_.sql += fmt::format(" WHERE ({}\n)", columns_.filter);
    return std::move(result_);
  }

 private:
  /// Who is in the comparison must not depend on what the treatment did.
  void check_conditions() {
    auto after = columns_.outcomes;
    after.insert(after.end(), columns_.after_treatment.begin(), columns_.after_treatment.end());
    auto named = columns_named(columns_.filter, after);
    for (auto& name : columns_filtered_on(columns_.query, after)) named.push_back(std::move(name));
    if (named.empty()) return;
    const auto why = fmt::format(
        "creators are chosen by '{}', which is measured after the start: the treatment itself changes who is "
        "compared, and the effect is no longer that of the experiment",
        named.front());
    if (!columns_.force)
      throw Error(ErrorCode::invalid_argument, why + "; --force-filter does it all the same");
    result_.warnings.push_back(why);
  }

  const ColumnName& column(const std::string& name) const {
    std::vector<std::string> names;
    for (const auto& column : found_) {
      if (column.name == name) return column;
      names.push_back(column.name);
    }
    throw Error(ErrorCode::invalid_argument, fmt::format("no column '{}'{}", name, name_hint(name, names)));
  }

  std::size_t text(const std::string& name) {
    list_.push_back(fmt::format("CAST({} AS VARCHAR)", sql_name(column(name).name)));
    return list_.size() - 1;
  }

  void number(const std::string& name) {
    const auto& found = column(name);
    if (found.kind == ColumnKind::text) {
      throw Error(ErrorCode::invalid_data, fmt::format("column '{}' holds text, not numbers", name));
    }
    const auto quoted = sql_name(name);
    list_.push_back(
        found.kind == ColumnKind::boolean
            ? fmt::format("CAST(CASE WHEN {0} THEN 1 WHEN NOT {0} THEN 0 END AS DOUBLE PRECISION)", quoted)
            : fmt::format("CAST({} AS DOUBLE PRECISION)", quoted));
  }

  void feature(const ColumnName& column, FeatureKind kind, std::vector<std::string> categories) {
    result_.schema.features.push_back({column.name, kind, std::move(categories)});
    if (kind == FeatureKind::categorical) {
      text(column.name);
    } else if (column.kind == ColumnKind::text) {  // nothing in it: require_fit has seen to that
      list_.push_back("CAST(NULL AS DOUBLE PRECISION)");
    } else {
      number(column.name);
    }
  }

  std::set<std::string> no_features() const {
    std::set<std::string> names(columns_.ignored.begin(), columns_.ignored.end());
    names.insert(columns_.outcomes.begin(), columns_.outcomes.end());
    names.insert(columns_.after_treatment.begin(), columns_.after_treatment.end());
    for (const auto& name : {columns_.creator, columns_.arm, columns_.cluster}) names.insert(name);
    return names;
  }

  void chosen_features() {
    for (const auto& name : columns_.ignored) column(name);
    const auto never = no_features();
    if (columns_.features.empty()) {
      for (const auto& found : found_) {
        if (!never.contains(found.name)) feature(found, feature_kind(found.kind), {});
      }
      return;
    }
    for (const auto& name : columns_.features) {
      const auto& found = column(name);
      if (never.contains(name)) check_given_feature(name);
      feature(found, feature_kind(found.kind), {});
    }
  }

  void check_given_feature(const std::string& name) {
    const auto& after = columns_.after_treatment;
    if (std::ranges::find(after, name) == after.end()) {
      throw Error(
          ErrorCode::invalid_argument,
          fmt::format("'{}' cannot be a feature: it is the creator, the arm, the cluster, an outcome or "
                      "ignored",
                      name));
    }
    const auto why =
        fmt::format("the feature '{}' is measured after the start: the treatment may have changed it", name);
    if (!columns_.force)
      throw Error(ErrorCode::invalid_argument, why + "; --force-filter takes it all the same");
    result_.warnings.push_back(why);
  }

  void known_features() {
    require_fit();
    for (const auto& learned : known_->features) {
      feature(column(learned.name), learned.kind, learned.categories);
    }
  }

  /// A column that is empty throughout counts as text in a CSV file: it fits everything.
  bool is_empty(const std::string& name) {
    bool empty = true;
    source_.stream(
        fmt::format("SELECT CAST(count({}) AS BIGINT) AS n FROM {}", sql_name(name), as_subquery(base_)),
        [&](const Table& table) { empty = table.integers("n")[0] == 0; });
    return empty;
  }

  void require_fit() {
    std::vector<std::string> wrong;
    for (const auto& learned : known_->features) {
      const auto found = std::ranges::find(found_, learned.name, &ColumnName::name);
      if (found == found_.end()) {
        wrong.push_back(fmt::format("'{}' is not there", learned.name));
      } else if (!fits(found->kind, learned.kind) &&
                 !(found->kind == ColumnKind::text && is_empty(learned.name))) {
        wrong.push_back(fmt::format("'{}' holds {}, not {}", learned.name, words_for(found->kind),
                                    words_for(learned.kind)));
      }
    }
    if (wrong.empty()) return;
    throw Error(ErrorCode::invalid_data,
                fmt::format("does not fit what the model was fitted on: {}", fmt::join(wrong, "; ")));
  }

  TableSource& source_;
  const CreatorColumns& columns_;
  const FeatureSchema* known_;
  std::string base_;
  std::vector<ColumnName> found_;
  std::vector<std::string> list_;
  CreatorQuery result_;
};

}  // namespace

CreatorQuery creator_query(TableSource& source, const CreatorColumns& columns, const FeatureSchema* known) {
  return Builder(source, columns, known).build();
}

}  // namespace perennial
