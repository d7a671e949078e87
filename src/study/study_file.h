#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/options.h"
#include "study/study_metric.h"

namespace perennial {

// A study as its file says it; docs/reproduce.md is the format's reference. `place` is "fig2.toml:12", for errors.

/// A platform on which every arm is played: a panel of the paper's figure.
struct StudyWorld {
  std::string place, name, title, note, setting;
  std::vector<Given> keys;
};

/// What is compared: a suggestion policy, and keys that only it changes.
struct StudyArm {
  std::string place, name, title, note;
  std::string policy = "silent";
  std::vector<Given> keys;
};

/// The paper's number for one arm in one world.
struct PublishedValue {
  std::string place;
  std::string world, arm;
  StudyMetric metric;
  double value = 0;
};

/// How a claim is judged; study_claims.h states each rule.
enum class ClaimRule : std::uint8_t { greater, similar, at_most, at_least, ratio, untestable };

/// A sentence of the paper and the rule by which it holds.
struct StudyClaim {
  std::string place, text, where;
  ClaimRule rule = ClaimRule::untestable;
  std::vector<std::string> arms, worlds;       ///< no world = all of the study's
  std::vector<std::string> than, than_worlds;  ///< the other side; no world = the arm's own
  StudyMetric metric;
  double value =
      0;  ///< at_most, at_least: the bound; ratio: the paper's; similar: the share of the other side allowed
  std::string reason;  ///< untestable: why
};

/// What the report draws beside the curves and the table of every world.
struct StudyChart {
  std::string place;
  std::string kind;  ///< "curves", "genres", "bars"
  std::string title, note;
  std::vector<std::string> arms, worlds;  ///< none = all
  StudyMetric metric;
};

/// A whole study file. Names in it are known to be names of its own worlds, arms and metrics.
struct StudyFile {
  std::string file, text;  ///< what errors call it, and as it was written
  std::string name, title, question, source, explain;
  std::int64_t rounds = 200, seeds = 5, first_seed = 1;
  std::string setting = "lockin";
  std::vector<Given> keys;  ///< of all arms in all worlds
  std::vector<StudyWorld> worlds;
  std::vector<StudyArm> arms;
  std::vector<StudyMetric> metrics;  ///< columns of the tables
  std::vector<PublishedValue> published;
  std::vector<StudyClaim> claims;
  std::vector<StudyChart> charts;
};

/// Throws Error(invalid_data) for what is no TOML and Error(invalid_argument) "file:line: key: rule; hint" for an unknown key,
/// arm, world, metric or rule, one named twice, or one that is missing.
StudyFile parse_study(std::string_view text, const std::string& file);
/// The same of a file; Error(not_found) or Error(io) when it cannot be read.
StudyFile read_study(const std::filesystem::path& path);

/// "greater", "similar", "at_most", "at_least", "ratio", "untestable".
std::string name_of(ClaimRule rule);

}  // namespace perennial
