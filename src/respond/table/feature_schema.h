#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace perennial {

enum class FeatureKind { numeric, boolean, categorical };

/// One thing that is known of a creator before the experiment.
struct Feature {
  std::string name;
  FeatureKind kind = FeatureKind::numeric;
  /// Categorical only: a category's code is its position; most frequent first, equals by name.
  std::vector<std::string> categories;
};

/// The columns of a feature store, in order.
struct FeatureSchema {
  std::vector<Feature> features;

  std::size_t size() const { return features.size(); }
  std::vector<std::string> names() const;
};

}  // namespace perennial
