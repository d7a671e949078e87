#include "respond/table/read_creator_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <unordered_map>

#include "base/error.h"
#include "io/hash.h"
#include "io/table_source.h"
#include "respond/table/arm_reader.h"
#include "respond/table/category_codes.h"
#include "respond/table/creator_query.h"

namespace perennial {
namespace {

const std::vector<std::string>& texts(const Table& piece, std::size_t column) {
  return std::get<std::vector<std::string>>(piece.columns[column].values);
}
const std::vector<double>& reals(const Table& piece, std::size_t column) {
  return std::get<std::vector<double>>(piece.columns[column].values);
}

class Reader {
 public:
  Reader(const CreatorColumns& columns, CreatorQuery query, const std::filesystem::path& folder, bool known)
      : columns_(columns), query_(std::move(query)), arms_(columns.arm, columns.arm_values) {
    table_.warnings = query_.warnings;
    table_.cluster_column = columns.cluster;
    for (const auto& outcome : columns.outcomes) table_.outcomes.push_back({outcome, {}});
    for (const auto& [outcome, before] : query_.pre) table_.pre_outcomes.push_back({outcome, {}});
    const auto& features = query_.schema.features;
    for (const auto& feature : features) {
      codes_.push_back(known ? CategoryCodes(feature.name, feature.categories) : CategoryCodes(feature.name));
    }
    if (!features.empty()) table_.features.emplace(folder, features.size());
  }

  const std::string& sql() const { return query_.sql; }

  void take(const Table& piece) {
    choose_rows(piece);
    take_ids(piece);
    if (query_.cluster) take_clusters(piece);
    for (std::size_t o = 0; o < table_.outcomes.size(); ++o) {
      take_outcome(reals(piece, query_.first_outcome + o), table_.outcomes[o]);
    }
    for (std::size_t p = 0; p < query_.pre.size(); ++p) {
      take_pre_outcome(reals(piece, query_.first_pre() + p), p);
    }
    if (table_.features) take_features(piece);
    rows_seen_ += piece.rows();
  }

  CreatorTable finish() {
    if (rows_seen_ == 0) throw Error(ErrorCode::invalid_data, "there are no rows");
    if (query_.arm) arms_.finish(columns_.fewest_per_arm, table_.warnings);
    require_different_creators();
    fill_pre_outcomes();
    look_at_outcomes();
    table_.schema = std::move(query_.schema);
    finish_categories();
    return std::move(table_);
  }

 private:
  std::size_t number(std::size_t row) const { return rows_seen_ + row + 1; }

  void choose_rows(const Table& piece) {
    rows_.clear();
    for (std::size_t row = 0; row < piece.rows(); ++row) {
      if (query_.arm) {
        const auto arm = arms_.read(texts(piece, *query_.arm)[row]);
        if (!arm) continue;
        table_.arms.push_back(*arm);
      }
      rows_.push_back(row);
    }
  }

  void take_ids(const Table& piece) {
    const auto& ids = texts(piece, 0);
    for (const auto row : rows_) {
      if (ids[row].empty())
        throw Error(ErrorCode::invalid_data,
                    fmt::format("column '{}' is empty in row {}", columns_.creator, number(row)));
      table_.ids.add(ids[row]);
      numbers_.push_back(number(row));
    }
  }

  void take_clusters(const Table& piece) {
    const auto& names = texts(piece, *query_.cluster);
    for (const auto row : rows_) {
      if (names[row].empty())
        throw Error(ErrorCode::invalid_data,
                    fmt::format("column '{}' is empty in row {}", columns_.cluster, number(row)));
      const auto next = static_cast<std::uint32_t>(clusters_.size());
      const auto [place, fresh] = clusters_.try_emplace(names[row], next);
      if (fresh) table_.cluster_names.push_back(names[row]);
      table_.clusters.push_back(place->second);
    }
  }

  void take_outcome(const std::vector<double>& values, NamedValues& outcome) {
    for (const auto row : rows_) {
      if (!std::isfinite(values[row])) {
        throw Error(ErrorCode::invalid_data,
                    fmt::format("outcome '{}' is {} in row {}{}", outcome.name,
                                std::isnan(values[row]) ? "missing" : "infinite", number(row),
                                std::isnan(values[row]) ? ": write 0 for a creator who did nothing" : ""));
      }
      outcome.values.push_back(values[row]);
    }
  }

  void take_pre_outcome(const std::vector<double>& values, std::size_t p) {
    for (const auto row : rows_) {
      if (std::isinf(values[row]))
        throw Error(ErrorCode::invalid_data,
                    fmt::format("column '{}' is infinite in row {}", query_.pre[p].second, number(row)));
      table_.pre_outcomes[p].values.push_back(values[row]);
    }
  }

  void take_features(const Table& piece) {
    const auto& features = query_.schema.features;
    block_.resize(rows_.size() * features.size());
    for (std::size_t f = 0; f < features.size(); ++f) {
      if (features[f].kind == FeatureKind::categorical) {
        const auto& values = texts(piece, query_.first_feature + f);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
          block_[i * features.size() + f] = codes_[f].code(values[rows_[i]]);
        }
      } else {
        take_numbers(reals(piece, query_.first_feature + f), f);
      }
    }
    table_.features->append(block_);
  }

  void take_numbers(const std::vector<double>& values, std::size_t f) {
    const auto stride = query_.schema.size();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto value = values[rows_[i]];
      if (std::abs(value) > static_cast<double>(std::numeric_limits<float>::max())) {
        throw Error(ErrorCode::invalid_data,
                    fmt::format("feature '{}' is {} in row {}", query_.schema.features[f].name,
                                std::isinf(value) ? "infinite" : "beyond 3.4e38", number(rows_[i])));
      }
      block_[i * stride + f] = static_cast<float>(value);
    }
  }

  /// By hash first: 16 bytes a creator.
  void require_different_creators() const {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(table_.size());
    for (std::uint32_t i = 0; i < keys.size(); ++i) {
      keys[i] = {hash_bytes(std::as_bytes(std::span(table_.ids[i]))), i};
    }
    std::ranges::sort(keys);
    std::uint64_t twice = 0;
    std::pair<std::uint32_t, std::uint32_t> first{};
    for (std::size_t k = 1; k < keys.size(); ++k) {
      if (keys[k].first != keys[k - 1].first || table_.ids[keys[k].second] != table_.ids[keys[k - 1].second])
        continue;
      if (twice++ == 0) first = {keys[k - 1].second, keys[k].second};
    }
    if (twice == 0) return;
    const auto more = twice > 1 ? fmt::format(", and {} more rows repeat one", twice - 1) : "";
    throw Error(ErrorCode::invalid_data,
                fmt::format("creator '{}' stands in rows {} and {}{}: one row per creator",
                            table_.ids[first.first], numbers_[first.first], numbers_[first.second], more));
  }

  void fill_pre_outcomes() {
    for (std::size_t p = 0; p < query_.pre.size(); ++p) {
      auto& values = table_.pre_outcomes[p].values;
      double sum = 0;
      std::size_t present = 0;
      for (const double value : values) {
        if (std::isnan(value)) continue;
        sum += value;
        ++present;
      }
      if (present == values.size()) continue;
      const double mean = present == 0 ? 0 : sum / static_cast<double>(present);
      std::ranges::replace_if(
          values, [](double value) { return std::isnan(value); }, mean);
      table_.warnings.push_back(
          fmt::format("column '{}' is missing for {} of {} creators: their value is taken "
                      "to be the mean of the others",
                      query_.pre[p].second, values.size() - present, values.size()));
    }
  }

  /// Not for one creator alone, who cannot vary.
  void look_at_outcomes() {
    if (table_.size() < 2) return;
    std::vector<std::string> constant;
    for (const NamedValues& outcome : table_.outcomes) {
      const double first = outcome.values.front();
      if (std::ranges::all_of(outcome.values, [&](double value) { return value == first; })) {
        constant.push_back(fmt::format("outcome '{}' is {} for every creator", outcome.name, first));
      }
    }
    if (constant.empty()) return;
    if (constant.size() == table_.outcomes.size())
      throw Error(ErrorCode::invalid_data, constant.front() + ": there is nothing to learn");
    table_.warnings.insert(table_.warnings.end(), constant.begin(), constant.end());
  }

  void finish_categories() {
    std::vector<std::pair<std::size_t, std::vector<float>>> moved;  // feature, its codes' positions
    auto& features = table_.schema.features;
    for (std::size_t f = 0; f < features.size(); ++f) {
      if (features[f].kind != FeatureKind::categorical) continue;
      if (codes_[f].is_known()) {
        warn_of_unseen(codes_[f].unseen(), features[f].name);
        continue;
      }
      features[f].categories = codes_[f].categories();
      moved.emplace_back(f, codes_[f].positions());
    }
    if (!moved.empty()) move_codes(moved);
  }

  void warn_of_unseen(std::uint64_t unseen, const std::string& feature) {
    if (unseen == 0) return;
    table_.warnings.push_back(
        fmt::format("feature '{}' has values in {} rows that the model never saw: they "
                    "count as missing",
                    feature, unseen));
  }

  void move_codes(const std::vector<std::pair<std::size_t, std::vector<float>>>& moved) {
    constexpr std::size_t block = 8192;
    auto& store = *table_.features;
    for (std::size_t first = 0; first < store.rows(); first += block) {
      const auto rows = std::min(block, store.rows() - first);
      block_.resize(rows * store.features());
      store.read(first, block_);
      for (const auto& [f, positions] : moved) {
        for (std::size_t i = 0; i < rows; ++i) {
          float& value = block_[i * store.features() + f];
          if (!std::isnan(value)) value = positions[static_cast<std::size_t>(value)];
        }
      }
      store.replace(first, block_);
    }
  }

  const CreatorColumns& columns_;
  CreatorQuery query_;
  ArmReader arms_;
  CreatorTable table_;
  std::vector<CategoryCodes> codes_;  // one per feature, used by the categorical ones
  std::unordered_map<std::string, std::uint32_t> clusters_;
  std::vector<std::uint64_t> numbers_;  // of the kept rows in the source, from 1
  std::vector<std::size_t> rows_;       // of the piece at hand that are kept
  std::vector<float> block_;
  std::size_t rows_seen_ = 0;
};

}  // namespace

CreatorTable read_creator_table(TableSource& source, const CreatorColumns& columns,
                                const std::filesystem::path& temporary_folder, const FeatureSchema* known) {
  const auto at_source = [&](const Error& error) {
    return std::string_view(error.what()).starts_with(source.name()) ? error : error.at(source.name());
  };
  try {
    Reader reader(columns, creator_query(source, columns, known), temporary_folder, known != nullptr);
    source.stream(reader.sql(), [&](const Table& piece) { reader.take(piece); });
    return reader.finish();
  } catch (const Error& error) {
    throw at_source(error);
  }
}

}  // namespace perennial
