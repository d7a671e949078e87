#pragma once

#include <nlohmann/json.hpp>

#include "study/fork_paths.h"

namespace perennial {

// Blocks of a fork's report; shapes as in web/src/page.ts. Series are indices into forked.paths.policies, `base` is the
// path that the others are held against. Null where there is nothing to show.

/// Clicks per round: the common past, then every path.
nlohmann::ordered_json fork_clicks_block(const ForkedPaths& forked);

/// Clicks more than on the base path, added up since the fork.
nlohmann::ordered_json fork_gains_block(const ForkedPaths& forked, std::size_t base);

/// Main metrics of every path, with differences from the base path.
nlohmann::ordered_json fork_metrics_table(const ForkedPaths& forked, std::size_t base);

/// Creators whose clicks differ most from the base path, on one other path.
nlohmann::ordered_json fork_creators_table_block(const ForkedPaths& forked, std::size_t base,
                                                 std::size_t path);

/// Items and clicks by genre on every path.
nlohmann::ordered_json fork_genres_block(const ForkedPaths& forked);

}  // namespace perennial
