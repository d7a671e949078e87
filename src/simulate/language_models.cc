#include "simulate/language_models.h"

#include <fmt/format.h>

#include "base/error.h"

namespace perennial {
namespace {

/// "llm", or a mixture that holds some: "bounded:0.5,llm:0.5".
bool is_language_model(const Slot& slot) {
  if (slot.name == "llm") return true;
  for (const auto& [key, value] : slot.settings) {
    const auto* text = std::get_if<std::string>(&value);
    if (key == "shares" && text && text->find("llm:") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

std::string language_models_of(const SimulationOptions& options) {
  if (is_language_model(options.user_model)) return "user_model " + options.user_model.name;
  if (is_language_model(options.creator_model)) return "creator_model " + options.creator_model.name;
  return "";
}

void refuse_language_models(const SimulationOptions& options, const std::string& command) {
  const auto who = language_models_of(options);
  if (who.empty()) return;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("{}: {}: asks no language models; simulate, compare, fork, study FILE and reproduce do",
                  command, who));
}

}  // namespace perennial
