#include "respond/response/calibration.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "io/atomic_file.h"
#include "io/json_file.h"

namespace perennial {
namespace {

constexpr const char* file_name = "calibration.json";

}  // namespace

void save_calibration(const std::filesystem::path& model_folder, const Calibration& calibration) {
  const nlohmann::ordered_json json = {
      {"model_hash", calibration.model_hash}, {"ate", calibration.ate},
      {"slope", calibration.slope},           {"mean_score", calibration.mean_score},
      {"creators", calibration.creators},     {"verdict", calibration.verdict}};
  write_text_file(model_folder / file_name, json_text(json));
}

std::optional<Calibration> load_calibration(const std::filesystem::path& model_folder,
                                            const std::string& model_hash) {
  const auto path = model_folder / file_name;
  if (!std::filesystem::exists(path)) return std::nullopt;
  const auto json = read_json(path);
  try {
    Calibration calibration{.model_hash = json.at("model_hash"),
                            .ate = json.at("ate"),
                            .slope = json.at("slope"),
                            .mean_score = json.at("mean_score"),
                            .creators = json.at("creators"),
                            .verdict = json.at("verdict")};
    if (calibration.model_hash != model_hash) return std::nullopt;
    return calibration;
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorCode::invalid_data,
                path.string() + ": is no calibration; perennial response evaluate writes one");
  }
}

}  // namespace perennial
