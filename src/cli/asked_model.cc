#include "cli/asked_model.h"

#include <fmt/format.h>

#include <cstdio>

#include "llm/asking.h"
#include "simulate/language_models.h"

namespace perennial {

AskedModel::AskedModel(const LlmFlags& flags, const std::vector<const SimulationOptions*>& platforms) {
  std::string who;
  for (const auto* platform : platforms) {
    if (who.empty()) who = language_models_of(*platform);
  }
  if (who.empty()) return;
  model_ = flags.language_model();
  if (!model_) require_asking(nullptr, who);
}

AskedModel::~AskedModel() {
  if (!model_) return;
  try {
    fmt::print(stderr, "{}\n", model_->usage_text());
  } catch (const std::exception&) {  // a closed stderr: there is nobody to tell
  }
}

Chat* AskedModel::chat() {
  return model_ ? &model_->chat() : nullptr;
}

std::string AskedModel::same_flags() const {
  return model_ ? " and the same --llm flags" : "";
}

Error AskedModel::broken_off(const Error& error, const std::string& way_on) const {
  return model_ ? Error(error.code(), fmt::format("{}; {}", error.what(), way_on)) : error;
}

}  // namespace perennial
