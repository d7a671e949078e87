#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/llm_flags.h"
#include "cli/output_flags.h"
#include "study/study_plan.h"

namespace perennial {

/// The flags of the commands that play study files.
struct StudyFlags {
  StudyOverrides overrides;
  OutputFlags output;
  LlmFlags llm;

  void add_to(CLI::App& command);
};

/// Plays one study into its folder.
void run_study(const StudyFile& file, const StudyFlags& flags, const std::string& again);

/// A study that is no file, played into a folder of its own; gives the content of its summary.json.
struct FurtherStudy {
  std::string name;
  std::function<nlohmann::ordered_json(const std::filesystem::path& folder)> play;
};

/// Plays several into one folder, with an index and a folder for each; runs that are the same are played once.
void run_studies(const std::vector<StudyFile>& files, const std::vector<FurtherStudy>& further,
                 const StudyFlags& flags, const std::string& again);

}  // namespace perennial
