#pragma once

#include <filesystem>

#include "io/run_folder.h"
#include "respond/response/fit.h"

namespace perennial {

/// The kind of a folder that a fit leaves (io/run_folder.h), and the model's file in it.
inline constexpr const char* response_folder_kind = "response-model";
inline constexpr const char* response_model_file = "response.model";

/// Writes the model's file and sets fit.hash. The folder is the caller's to finish.
void save_response(RunFolder& folder, ResponseFit& fit);

/// Throws Error(not_found) for a folder without a model, Error(invalid_data) for one that was never finished, is damaged,
/// or was written in another format or by a version whose format this program does not read: one sentence each.
ResponseFit load_response(const std::filesystem::path& folder);

}  // namespace perennial
