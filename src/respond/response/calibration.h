#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace perennial {

/// What an evaluation on held-out creators says of the size of a model's scores. Everything is on the scale of the
/// transformed outcome. Lies as calibration.json in the model's folder.
struct Calibration {
  std::string
      model_hash;    ///< of the model that was evaluated (ResponseFit::hash); one fitted later has another
  double ate = 0;    ///< average effect of the held-out creators
  double slope = 0;  ///< of effect on score (best linear predictor); 1: scores mean what they say
  double mean_score = 0;  ///< of the held-out creators
  std::uint64_t creators = 0;
  std::string verdict;  ///< "launch", "do-not-launch" or "insufficient-data"

  /// S* = ATE + slope (S - mean S).
  double calibrated(double score) const { return ate + slope * (score - mean_score); }
};

/// Throws Error(io).
void save_calibration(const std::filesystem::path& model_folder, const Calibration& calibration);

/// Nothing where the folder has none, or one of another model. Throws Error(invalid_data) for a file that is damaged.
std::optional<Calibration> load_calibration(const std::filesystem::path& model_folder,
                                            const std::string& model_hash);

}  // namespace perennial
