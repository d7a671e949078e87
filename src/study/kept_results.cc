#include "study/kept_results.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/version.h"
#include "io/checkpoint.h"

namespace perennial {
namespace {

std::filesystem::path path_of(const std::filesystem::path& folder, const StudyCell& cell) {
  return folder / (cell.file_stem() + ".result");
}

void persist(Archive& archive, RunResult& result) {
  bool learns = result.learning.has_value();
  auto learning = result.learning.value_or(LearningOutcome{});
  archive(result.rounds, result.creators, result.seconds, learns, learning.train_seconds,
          learning.converged_at, result.user_answers, result.creator_answers);
  if (archive.reading()) result.learning = learns ? std::optional(learning) : std::nullopt;
}

}  // namespace

void keep_result(const std::filesystem::path& folder, const StudyCell& cell, RunResult result) {
  const nlohmann::json header = {{"policy", cell.policy},
                                 {"seed", cell.seed},
                                 {"rounds", cell.plan.rounds},
                                 {"run", cell.fingerprint},
                                 {"version", program_version}};
  Checkpoint checkpoint{.kind = "result", .header = header.dump(), .state = {}};
  persist(checkpoint.state, result);
  std::filesystem::create_directories(folder);
  write_checkpoint(path_of(folder, cell), checkpoint);
}

std::optional<RunResult> kept_result(const std::filesystem::path& folder, const StudyCell& cell) {
  const auto path = path_of(folder, cell);
  if (!std::filesystem::exists(path)) return std::nullopt;
  auto checkpoint = read_checkpoint(path, "result");
  const auto header = nlohmann::json::parse(checkpoint.header);
  if (header.at("version") != program_version) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("{}: played by version {}, this is version {}: results of both do not mix; start "
                            "again with --out",
                            path.string(), header.at("version").get<std::string>(), program_version));
  }
  RunResult result;
  persist(checkpoint.state, result);
  return result;
}

}  // namespace perennial
