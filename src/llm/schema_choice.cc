#include "llm/schema_choice.h"

#include <algorithm>

namespace perennial {

SchemaChoice::SchemaChoice(const std::string& setting) : automatic_(setting == "auto") {
  for (const auto mode : {SchemaMode::json_object, SchemaMode::none}) {
    if (setting == schema_mode_name(mode)) first_ = mode;
  }
}

SchemaMode SchemaChoice::mode() const {
  const std::lock_guard lock(mutex_);
  return proven_.value_or(first_);
}

std::optional<SchemaMode> SchemaChoice::after_refusal(SchemaMode refused) const {
  const std::lock_guard lock(mutex_);
  if (!automatic_) return std::nullopt;
  if (proven_) return *proven_ > refused ? proven_ : std::nullopt;
  if (refused == SchemaMode::none) return std::nullopt;
  return refused == SchemaMode::json_schema ? SchemaMode::json_object : SchemaMode::none;
}

void SchemaChoice::answered(SchemaMode mode) {
  const std::lock_guard lock(mutex_);
  proven_ = proven_ ? std::min(*proven_, mode) : mode;
}

std::optional<SchemaMode> SchemaChoice::proven() const {
  const std::lock_guard lock(mutex_);
  return proven_;
}

bool SchemaChoice::fell_back() const {
  const std::lock_guard lock(mutex_);
  return automatic_ && proven_ && *proven_ != SchemaMode::json_schema;
}

}  // namespace perennial
