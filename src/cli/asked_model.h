#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/llm_flags.h"
#include "simulate/options.h"

namespace perennial {

/// Whom a command's people ask where they are language models. What was sent is said on stderr when the command ends, however
/// it does.
class AskedModel {
 public:
  /// Opens nothing where none of the platforms has people who ask. Throws Error(invalid_argument) where one does and the flags name
  /// nobody, and what LlmFlags::language_model does: before anything is played or written.
  AskedModel(const LlmFlags& flags, const std::vector<const SimulationOptions*>& platforms);
  ~AskedModel();
  AskedModel(const AskedModel&) = delete;
  AskedModel& operator=(const AskedModel&) = delete;

  /// Null where nobody asks.
  Chat* chat();

  /// What stands behind a command that goes on: " and the same --llm flags", or nothing where nobody asks.
  std::string same_flags() const;

  /// The error of a run that broke off, with `way_on` behind it; as it is where nobody asks.
  Error broken_off(const Error& error, const std::string& way_on) const;

 private:
  std::unique_ptr<LanguageModel> model_;
};

}  // namespace perennial
