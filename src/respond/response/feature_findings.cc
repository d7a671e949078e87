#include "respond/response/feature_findings.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <tuple>

#include "respond/statistics/quantile.h"

namespace perennial {
namespace {

constexpr std::size_t findings_block_rows = 4096;
constexpr std::size_t categories_most = 5;

/// A number made of one feature: itself, or whether it is one of its categories.
struct EncodedColumn {
  std::size_t feature;
  std::optional<std::size_t> category;

  double value(const float* row) const {
    const double value = row[feature];
    return !category || std::isnan(value) ? value : value == static_cast<double>(*category) ? 1 : 0;
  }
};

std::vector<EncodedColumn> columns_of(const FeatureSchema& schema) {
  std::vector<EncodedColumn> columns;
  for (std::size_t f = 0; f < schema.size(); ++f) {
    const Feature& feature = schema.features[f];
    if (feature.kind != FeatureKind::categorical) {
      columns.push_back({f, {}});
      continue;
    }
    for (std::size_t c = 0; c < std::min(categories_most, feature.categories.size()); ++c)
      columns.push_back({f, c});
  }
  return columns;
}

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& letter : result) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return result;
}

bool is_letter(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0;
}

}  // namespace

std::vector<FeatureImportance> by_importance(std::vector<FeatureImportance> importance) {
  std::sort(importance.begin(), importance.end(), [](const auto& a, const auto& b) {
    return std::tie(b.gain, b.contribution, a.feature) < std::tie(a.gain, a.contribution, b.feature);
  });
  return importance;
}

bool is_own_past(const CreatorTable& table, std::string_view outcome, std::string_view feature) {
  for (const auto& pre : table.pre_outcomes) {
    if (pre.name == feature) return true;
  }
  const std::string name = lowered(feature), word = lowered(outcome);
  for (auto at = name.find(word); !word.empty() && at != std::string::npos; at = name.find(word, at + 1)) {
    const bool begins = at == 0 || !is_letter(name[at - 1]);
    const auto end = at + word.size();
    if (begins && (end == name.size() || !is_letter(name[end]))) return true;
  }
  return false;
}

std::vector<FeatureContrast> contrast_features(const CreatorTable& table, std::span<const std::uint32_t> rows,
                                               std::span<const double> scores) {
  const auto columns = columns_of(table.schema);
  const auto cuts = quantiles(scores, std::vector<double>{0.2, 0.8});
  ContrastSums sums(columns.size());
  std::vector<double> values(columns.size());
  std::size_t next = 0;
  table.features->for_each_block(rows, findings_block_rows, [&](std::span<const float> block, auto numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const double score = scores[next++];
      if (score > cuts[0] && score <= cuts[1]) continue;
      for (std::size_t c = 0; c < columns.size(); ++c)
        values[c] = columns[c].value(block.data() + i * table.schema.size());
      if (score > cuts[1]) sums.add_high(values);
      if (score <= cuts[0]) sums.add_low(values);
    }
  });
  const auto found = sums.contrasts();
  std::vector<FeatureContrast> contrasts;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Feature& feature = table.schema.features[columns[c].feature];
    contrasts.push_back({feature.name,
                         columns[c].category ? feature.categories[*columns[c].category] : std::string(),
                         found[c]});
  }
  return contrasts;
}

std::optional<FeatureSplit> split_on_top_feature(const CreatorTable& table, const HeldOut& held_out,
                                                 std::span<const FeatureImportance> importance) {
  const auto& features = table.schema.features;
  for (const auto& important : importance) {
    const auto found = std::find_if(features.begin(), features.end(), [&](const Feature& feature) {
      return feature.name == important.feature;
    });
    if (found == features.end() || found->kind == FeatureKind::categorical) continue;
    const auto column = static_cast<std::size_t>(found - features.begin());
    std::vector<double> values, known;
    table.features->for_each_block(held_out.rows, findings_block_rows,
                                   [&](std::span<const float> block, auto numbers) {
                                     for (std::size_t i = 0; i < numbers.size(); ++i)
                                       values.push_back(block[i * features.size() + column]);
                                   });
    std::copy_if(values.begin(), values.end(), std::back_inserter(known),
                 [](double x) { return !std::isnan(x); });
    if (known.empty()) return {};
    const auto [least, most] = std::minmax_element(known.begin(), known.end());
    if (*least == *most) return {};
    // Where more than half share the greatest value (a boolean that is mostly true), nobody lies above the median.
    double cut = quantile(known, 0.5);
    if (cut == *most) cut = std::nextafter(*most, *least);
    return FeatureSplit{found->name, high_against_low(held_out.units(), values, cut)};
  }
  return {};
}

}  // namespace perennial
