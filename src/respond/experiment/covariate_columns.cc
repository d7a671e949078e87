#include "respond/experiment/covariate_columns.h"

#include <cmath>
#include <limits>
#include <span>

namespace perennial {
namespace {

constexpr std::size_t block_rows = 4096;
constexpr std::size_t most_categories = 20;

}  // namespace

CovariateColumns::CovariateColumns(const CreatorTable& table, const std::vector<std::uint32_t>& rows)
    : table_(table),
      rows_(rows),
      features_(table.features ? table.schema.size() : 0),
      sources_(features_ + table.pre_outcomes.size()) {
  list_columns();
  measure_means();
  std::erase_if(columns_,
                [](const Column& column) { return column.kind == Kind::missing && column.mean == 0; });
}

void CovariateColumns::list_columns() {
  const auto add = [&](std::string name, Kind kind, std::size_t source, std::size_t category = 0) {
    columns_.push_back({std::move(name), kind, source, static_cast<double>(category), 0, 0});
  };
  for (std::size_t i = 0; i < table_.pre_outcomes.size(); ++i) {
    const std::string name = table_.pre_outcomes[i].name + " before";
    add(name, Kind::value, features_ + i);
    add(name + " missing", Kind::missing, features_ + i);
  }
  for (std::size_t i = 0; i < features_; ++i) {
    const Feature& feature = table_.schema.features[i];
    if (feature.kind == FeatureKind::categorical) {
      for (std::size_t c = 0; c < std::min(most_categories, feature.categories.size()); ++c)
        add(feature.name + " = " + feature.categories[c], Kind::category, i, c);
    } else {
      add(feature.name, Kind::value, i);
    }
    add(feature.name + " missing", Kind::missing, i);
  }
}

void CovariateColumns::for_each_raw_block(const TakeRaw& take) const {
  std::vector<float> values(block_rows * features_);
  const auto width = static_cast<Eigen::Index>(sources_);
  for (std::size_t first = 0; first < rows_.size(); first += block_rows) {
    const auto rows = std::span(rows_).subspan(first, std::min(block_rows, rows_.size() - first));
    Eigen::MatrixXd raw(static_cast<Eigen::Index>(rows.size()), width);
    if (features_ > 0) {
      Eigen::Index at = 0;
      table_.features->for_each_block(rows, block_rows, [&](std::span<const float> block, auto taken) {
        using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        const auto count = static_cast<Eigen::Index>(taken.size());
        const auto features = static_cast<Eigen::Index>(features_);
        raw.block(at, 0, count, features) =
            Eigen::Map<const Rows>(block.data(), count, features).template cast<double>();
        at += count;
      });
    }
    for (std::size_t i = 0; i < table_.pre_outcomes.size(); ++i) {
      for (std::size_t r = 0; r < rows.size(); ++r)
        raw(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(features_ + i)) =
            table_.pre_outcomes[i].values[rows[r]];
    }
    take(raw, first);
  }
}

void CovariateColumns::measure_means() {
  for_each_raw_block([&](const Eigen::MatrixXd& raw, std::size_t) {
    for (Column& column : columns_) {
      const auto source = raw.col(static_cast<Eigen::Index>(column.source));
      for (const double value : source) {
        const bool missing = std::isnan(value);
        if (column.kind == Kind::missing || !missing) column.present += 1;
        if (column.kind == Kind::missing) column.mean += missing ? 1 : 0;
        if (column.kind == Kind::value && !missing) column.mean += value;
        if (column.kind == Kind::category) column.mean += value == column.category ? 1 : 0;
      }
    }
  });
  for (Column& column : columns_) column.mean = column.present > 0 ? column.mean / column.present : 0;
}

void CovariateColumns::for_each_block(const TakeBlock& take) const {
  for_each_raw_block([&](const Eigen::MatrixXd& raw, std::size_t first) {
    Eigen::MatrixXd values(raw.rows(), static_cast<Eigen::Index>(columns_.size()));
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const Column& column = columns_[c];
      const auto source = raw.col(static_cast<Eigen::Index>(column.source));
      for (Eigen::Index r = 0; r < raw.rows(); ++r) {
        const double value = source[r];
        const bool missing = std::isnan(value);
        double number = missing ? column.mean : value;
        if (column.kind == Kind::missing) number = missing ? 1 : 0;
        if (column.kind == Kind::category)
          number = missing ? column.mean : (value == column.category ? 1 : 0);
        values(r, static_cast<Eigen::Index>(c)) = number - column.mean;
      }
    }
    take(values, first);
  });
}

}  // namespace perennial
