#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "respond/table/feature_schema.h"
#include "respond/table/feature_store.h"
#include "respond/table/packed_texts.h"

namespace perennial {

/// Which part of an experiment a creator is in. `untouched`: neither boosted nor compared, to see what spills over.
enum class Arm : std::uint8_t { control = 0, treatment = 1, untouched = 2 };

/// Numbers of one name, one per creator.
struct NamedValues {
  std::string name;
  std::vector<double> values;
};

/// What an experiment left behind: one row per creator.
struct CreatorTable {
  PackedTexts ids;                    ///< unique
  std::vector<Arm> arms;              ///< empty in a table that is only to be scored
  std::vector<NamedValues> outcomes;  ///< finite
  std::vector<NamedValues>
      pre_outcomes;  ///< the same quantity before the experiment, by the outcome's name; may lack some
  std::vector<std::uint32_t> clusters;     ///< codes from 0; empty when creators were randomised one by one
  std::vector<std::string> cluster_names;  ///< by code
  std::string cluster_column;              ///< that the names stand in; empty without clusters
  FeatureSchema schema;
  std::optional<FeatureStore> features;  ///< row i is creator i; none where a table has no features
  std::vector<std::string> warnings;     ///< sentences for the top of every report made of this table

  std::size_t size() const { return ids.size(); }
  /// Throws Error(invalid_argument) "no outcome 'x'" with the nearest name.
  const std::vector<double>& outcome(std::string_view name) const;
};

}  // namespace perennial
