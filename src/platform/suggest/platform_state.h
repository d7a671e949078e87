#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// A real platform before its next round, as its own tables tell: all that a policy needs to suggest. The file format is
/// in docs/formats.md.
struct PlatformState {
  std::vector<std::string> genres;
  std::vector<std::string> creators;  ///< names; row = CreatorId
  PlatformShape shape;                ///< of what is listed; seed 0
  std::uint32_t round = 1;            ///< the one about to be played
  std::vector<CreatorId> active;      ///< who is to get a suggestion, ascending
  CreatorRecords records;
  Items
      items;  ///< as many rows as were made, impressions spread evenly, all of them born in the round before
  PlatformTables tables;
  std::vector<double> predicted_trust;
  std::vector<std::optional<Range>> credible_trust;  ///< its central 95%; none where told as it is

  /// Refers to this state; both must outlive it.
  SuggestionRequest request(Workers& workers) const;
};

/// Throws Error(invalid_data) naming file and path of the first value that breaks a rule: a key that is missing, unknown or
/// of another type, a genre that is not listed, a name that stands there twice, a count that is negative or not finite,
/// more clicks than were shown. A state without creators is valid; one with creators needs users.
PlatformState parse_platform_state(std::string_view text, const std::string& name);

/// The same of a file; Error(not_found) or Error(io) when it cannot be read.
PlatformState read_platform_state(const std::filesystem::path& path);

}  // namespace perennial
