#include "respond/response/model_folder.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/version.h"
#include "io/checkpoint.h"
#include "io/hash.h"
#include "io/json_file.h"

namespace perennial {
namespace {

constexpr int format_version = 4;
constexpr const char* kind = "response";

void persist_options(Archive& archive, FitOptions& options) {
  auto& learner = options.learner;
  archive(options.outcome, options.transform, options.propensity, options.held_out_share, options.salt,
          options.importance_rows);
  archive(learner.learner, learner.imputation, learner.nuisance, learner.final_model, learner.loss,
          learner.folds, learner.parts, learner.trees, learner.net, learner.seed);
}

void persist_schema(Archive& archive, FeatureSchema& schema) {
  std::uint64_t count = schema.size();
  archive(count);
  if (archive.reading()) schema.features.clear();
  for (std::uint64_t i = 0; i < count; ++i) {
    if (archive.reading()) schema.features.emplace_back();
    Feature& feature = schema.features[i];
    archive(feature.name, feature.kind, feature.categories);
  }
}

void persist_importance(Archive& archive, std::vector<FeatureImportance>& all) {
  std::uint64_t count = all.size();
  archive(count);
  if (archive.reading()) all.clear();
  for (std::uint64_t i = 0; i < count; ++i) {
    if (archive.reading()) all.emplace_back();
    archive(all[i].feature, all[i].gain, all[i].contribution);
  }
}

void persist(Archive& archive, ResponseFit& fit) {
  archive.section("fit");
  persist_options(archive, fit.options);
  persist_schema(archive, fit.schema);
  fit.transform.persist(archive);
  archive(fit.propensity, fit.training_creators, fit.held_out_creators, fit.training_ate, fit.cuts,
          fit.score_mean, fit.score_deviation, fit.data_fingerprint);
  archive(fit.split_by, fit.cluster_column);
  persist_importance(archive, fit.importance);
  if (archive.reading()) fit.model = std::make_unique<LearnedResponse>();
  fit.model->persist(archive);
}

std::string header_of(const ResponseFit& fit) {
  return json_text(nlohmann::ordered_json{{"format", format_version},
                                          {"version", program_version},
                                          {"learner", fit.learner_name()},
                                          {"outcome", fit.options.outcome},
                                          {"features", fit.schema.names()},
                                          {"data_fingerprint", fit.data_fingerprint}});
}

void refuse_other_format(const std::filesystem::path& path, const std::string& header) {
  const auto json = parse_json(header, path.string());
  const int found = json.value("format", 0);
  if (found == format_version) return;
  throw Error(
      ErrorCode::invalid_data,
      fmt::format(
          "{}: a model of format {}, written by Perennial {}; this program reads format {}: fit it again",
          path.string(), found, json.value("version", "?"), format_version));
}

}  // namespace

void save_response(RunFolder& folder, ResponseFit& fit) {
  Checkpoint checkpoint{.kind = kind, .header = header_of(fit), .state = {}};
  persist(checkpoint.state, fit);
  fit.hash = hash_text(hash_bytes(checkpoint.state.bytes()));
  folder.write_with(response_model_file,
                    [&](const std::filesystem::path& temporary) { write_checkpoint(temporary, checkpoint); });
}

ResponseFit load_response(const std::filesystem::path& folder) {
  const auto path = folder / response_model_file;
  if (!std::filesystem::exists(path))
    throw Error(ErrorCode::not_found,
                fmt::format("{}: no model there; perennial response fit --out {} makes one", folder.string(),
                            folder.string()));
  if (!is_complete_folder(folder, response_folder_kind))
    throw Error(ErrorCode::invalid_data,
                fmt::format("{}: a fit that never came to its end; fit it again", folder.string()));
  Checkpoint checkpoint = read_checkpoint(path, kind);
  refuse_other_format(path, checkpoint.header);
  ResponseFit fit;
  try {
    persist(checkpoint.state, fit);
  } catch (const Error& error) {
    throw error.at(path.string());
  }
  fit.hash = hash_text(hash_bytes(checkpoint.state.bytes()));
  return fit;
}

}  // namespace perennial
