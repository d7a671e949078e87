#pragma once

#include <gtest/gtest.h>

#include "platform/suggest/lore_d.h"
#include "platform/suggest/suggestion_platform_for_tests.h"

namespace perennial {

using Settings = std::vector<std::pair<std::string, FieldValue>>;

inline std::unique_ptr<LoreDPolicy> lore_d(const PlatformShape& shape, const Settings& settings = {}) {
  auto policy = std::make_unique<LoreDPolicy>();
  for (const auto& [key, value] : settings) policy->fields().set("lore-d", key, value);
  policy->start(shape);
  return policy;
}

inline std::vector<std::byte> state_of(LoreDPolicy& policy) {
  Archive archive;
  policy.persist(archive);
  return archive.bytes();
}

inline std::vector<std::byte> knowledge_of(LoreDPolicy& policy) {
  Archive archive;
  policy.persist_knowledge(archive);
  return archive.bytes();
}

inline void give_knowledge(LoreDPolicy& policy, const std::vector<std::byte>& knowledge) {
  Archive archive(knowledge);
  policy.persist_knowledge(archive);
  EXPECT_TRUE(archive.at_end());
}

/// Two genres, of which users click the second far more; left alone, creators make the first. Slates show everything.
inline PlatformPlan toy() {
  return {.users = 30, .creators = 4, .genres = 2, .slate = 8, .trust = 0.8, .taste = {0.1, 0.8}};
}

inline double probability_of(SuggestionPlatform& platform, LoreDPolicy& policy, GenreId genre) {
  Workers workers;
  double sum = 0;
  const auto all = policy.explain(platform.request(workers));
  for (const auto& one : all) sum += one.probabilities[genre];
  return sum / static_cast<double>(all.size());
}

}  // namespace perennial
