#include "respond/table/feature_schema.h"

namespace perennial {

std::vector<std::string> FeatureSchema::names() const {
  std::vector<std::string> names;
  for (const Feature& feature : features) names.push_back(feature.name);
  return names;
}

}  // namespace perennial
