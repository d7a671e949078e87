#pragma once

#include <memory>
#include <span>
#include <string>

#include "platform/recommend/recommender.h"

namespace perennial {

/// A built-in ranker.
struct RecommenderEntry {
  std::string name;
  std::string summary;  ///< one sentence
  std::unique_ptr<Recommender> (*make)();
};

/// All built-in rankers, in the order of --help.
std::span<const RecommenderEntry> recommenders();

/// A new ranker with default settings; throws Error(invalid_argument) with the nearest name if there is none such.
std::unique_ptr<Recommender> make_recommender(std::string_view name);

}  // namespace perennial
