#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "respond/response/held_out.h"
#include "respond/response/response_evaluation.h"

namespace perennial {

/// Most important first: by gain, then by contribution, then by name.
std::vector<FeatureImportance> by_importance(std::vector<FeatureImportance> importance);

/// Is the feature the outcome before the experiment, as far as names tell? True for a column that the table declares as
/// such, and for a name that holds the outcome's ("posts" in "log_posts_before") beside other words.
bool is_own_past(const CreatorTable& table, std::string_view outcome, std::string_view feature);

/// Creators of the highest against those of the lowest fifth of the scores (`scores`: one per row). Of a categorical feature
/// its five most frequent categories, as shares. One pass over the features.
std::vector<FeatureContrast> contrast_features(const CreatorTable& table, std::span<const std::uint32_t> rows,
                                               std::span<const double> scores);

/// Splits on the most important numeric or boolean feature; nothing where there is none or it is constant.
std::optional<FeatureSplit> split_on_top_feature(const CreatorTable& table, const HeldOut& held_out,
                                                 std::span<const FeatureImportance> importance);

}  // namespace perennial
