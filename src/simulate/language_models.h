#pragma once

#include <string>

#include "simulate/options.h"

namespace perennial {

/// Which of the people are language models: "user_model llm", "creator_model llm", or empty for none.
std::string language_models_of(const SimulationOptions& options);

/// For commands that ask no language models: throws Error(invalid_argument) where people are some; `command` starts the sentence.
void refuse_language_models(const SimulationOptions& options, const std::string& command);

}  // namespace perennial
