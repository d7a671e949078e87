#include "study/saved_runs.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/version.h"
#include "io/checkpoint.h"
#include "io/hash.h"
#include "io/text_file.h"
#include "io/toml_file.h"
#include "platform/suggest/saved_policy.h"

namespace perennial {
namespace {

/// What must agree for a saved run to be of use: everything but how long it runs and beside whom.
std::string fingerprint(const Plan& plan) {
  std::string text;
  for (const auto& [key, value, help] : effective(plan.simulation))
    text += fmt::format("{}={}\n", key, to_toml(value));
  if (!plan.from_logs.empty()) text += fmt::format("train.from_logs={}\n", plan.from_logs);
  return hash_text(hash_bytes(std::as_bytes(std::span(text))));
}

/// Tells one trained policy from another that took its place in the same folder; empty for one that began untrained.
std::string trained_hash(const std::string& policy) {
  const auto name = parse_policy_name(policy);
  if (name.folder.empty()) return "";
  const auto file = read_text_file(name.folder / policy_file);
  return hash_text(hash_bytes(std::as_bytes(std::span(file))));
}

/// Tells one generator's file from another that took its place; empty for a world that is no file.
std::string world_hash(const Plan& plan) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(plan.simulation.world, ignored)) return "";
  const auto file = read_text_file(plan.simulation.world);
  return hash_text(hash_bytes(std::as_bytes(std::span(file))));
}

/// A policy's name as part of a file's: a trained one's holds its folder's path, of which a hash tells it apart.
std::string file_stem(const std::string& policy) {
  const auto name = parse_policy_name(policy);
  if (name.folder.empty()) return policy;
  const auto hash = hash_text(hash_bytes(std::as_bytes(std::span(policy))));
  return fmt::format("{}-{}{}", name.policy, hash, name.frozen ? "-frozen" : "");
}

}  // namespace

std::string run_fingerprint(const Plan& plan, const std::string& policy) {
  const auto name = parse_policy_name(policy).policy;
  Plan own = plan;
  std::erase_if(own.simulation.policies, [&](const Slot& slot) { return slot.name != name; });
  const auto text =
      fmt::format("{} {} {} {}", fingerprint(own), policy, trained_hash(policy), world_hash(plan));
  return hash_text(hash_bytes(std::as_bytes(std::span(text))));
}

std::filesystem::path saved_run_path(const std::filesystem::path& folder, const Cell& cell) {
  return folder / fmt::format("{}-{}.run", file_stem(cell.policy), cell.seed);
}

void save_run(const std::filesystem::path& path, const Plan& plan, const Cell& cell, std::uint32_t round,
              Archive state) {
  const nlohmann::json header = {{"policy", cell.policy},
                                 {"seed", cell.seed},
                                 {"round", round},
                                 {"version", program_version},
                                 {"settings", fingerprint(plan)},
                                 {"trained", trained_hash(cell.policy)}};
  std::filesystem::create_directories(path.parent_path());
  write_checkpoint(path, {.kind = "run", .header = header.dump(), .state = std::move(state)});
}

std::optional<SavedRun> load_run(const std::filesystem::path& path, const Plan& plan, const Cell& cell) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  auto checkpoint = read_checkpoint(path, "run");
  const auto header = nlohmann::json::parse(checkpoint.header);
  if (header.at("version") != program_version) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("{}: saved by version {}, this is version {}; start again without it",
                            path.string(), header.at("version").get<std::string>(), program_version));
  }
  if (header.at("settings") != fingerprint(plan) || header.at("policy") != cell.policy ||
      header.at("seed") != cell.seed) {
    throw Error(
        ErrorCode::invalid_data,
        fmt::format(
            "{}: saved under other settings than these; resume with those in its folder's config.toml",
            path.string()));
  }
  if (header.value("trained", "") != trained_hash(cell.policy)) {
    throw Error(ErrorCode::invalid_data,
                fmt::format("{}: '{}' was trained anew since this run began; start again without it",
                            path.string(), cell.policy));
  }
  return SavedRun{header.at("round").get<std::uint32_t>(), Archive(checkpoint.state.bytes())};
}

}  // namespace perennial
