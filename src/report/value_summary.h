#pragma once

#include <nlohmann/json.hpp>

#include "io/table.h"
#include "study/fork_values.h"

namespace perennial {

// summary.json and values.parquet of values measured by forks; keys are a contract (docs/formats.md). Intervals are over
// futures; "ci95" is null with one future.

nlohmann::ordered_json suggestion_value_summary(const SuggestionValues& values);
nlohmann::ordered_json impression_value_summary(const ImpressionValues& values);

/// creator, genre, last_genre (names), chosen (1 or 0), predicted_trust, expected, future (from 1), measured: one row per
/// suggestion and future.
Table suggestion_value_table(const SuggestionValues& values);

/// creator, click_rate, posts_per_click, value_of_a_post, expected_now, expected_later, expected_posts, future (from 1),
/// extra_impressions, clicks_now, clicks_later, posts_later: one row per creator and future.
Table impression_value_table(const ImpressionValues& values);

}  // namespace perennial
