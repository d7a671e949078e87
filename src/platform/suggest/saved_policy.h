#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "platform/suggest/suggestion_policy.h"

namespace perennial {

/// How a policy is named in a plan: "lore-d" learns from nothing, "lore-d@DIR" goes on from what `perennial train` left in
/// DIR, "lore-d@DIR:frozen" plays that as it is.
struct PolicyName {
  std::string policy;            ///< a built-in
  std::filesystem::path folder;  ///< empty = none
  bool frozen = false;
};

/// Throws Error(invalid_argument) for a policy that is not there (with the nearest), or a folder for one that cannot learn.
PolicyName parse_policy_name(const std::string& name);

/// A trained policy as it lies in a folder, file policy.checkpoint (io/checkpoint.h, kind "policy"): its header holds the
/// policy's name, settings and what it was trained on, its state the knowledge.
struct SavedPolicy {
  std::string policy;
  std::vector<std::pair<std::string, FieldValue>> settings;
  std::vector<std::string> genres;  ///< of the world it was trained on, in order
  std::size_t creators = 0;         ///< of that world
  std::vector<std::byte> knowledge;
};

inline constexpr const char* policy_file = "policy.checkpoint";

void save_policy(const std::filesystem::path& folder, const SavedPolicy& saved);
/// Throws Error(not_found) or Error(invalid_data) naming the file, and both sides of a mismatch.
SavedPolicy load_policy(const std::filesystem::path& folder);

/// A policy ready to play on a platform of that shape and with those genres: made, set (what was saved with it first, then
/// `settings`), started, and given its knowledge where the name says so. A policy tied to its genres and creators refuses
/// others: Error(invalid_argument) naming both.
std::unique_ptr<SuggestionPolicy> make_policy(const PolicyName& name,
                                              const std::vector<std::pair<std::string, FieldValue>>& settings,
                                              const PlatformShape& shape,
                                              const std::vector<std::string>& genres);

}  // namespace perennial
