#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "respond/statistics/power.h"
#include "study/experiment_study.h"
#include "study/interval.h"
#include "study/levers_settings.h"
#include "study/plan.h"
#include "world/catalogue.h"

namespace perennial {

/// Which score the boost of a path goes by.
enum class BoostBy : std::uint8_t {
  nobody,
  dose,     ///< learned: extra posts per extra click
  effect,   ///< learned: extra posts
  placebo,  ///< the boosts of `dose`, dealt to creators at random
  truth,    ///< what one more click truly adds to a creator's posts
};

/// Which of the two policies suggests on a path.
enum class SuggestBy : std::uint8_t { nobody, learned, unlearned };

/// One way for the platform to go on after the experiment.
struct LeverPath {
  std::string_view name;     ///< a key: "neither", "suggest", "promote", ..
  std::string_view summary;  ///< one sentence
  SuggestBy suggest = SuggestBy::nobody;
  BoostBy boost = BoostBy::nobody;
  bool uses_truth() const { return boost == BoostBy::truth; }
};

/// The paths, "neither" first.
inline constexpr std::array<LeverPath, 10> lever_paths = {{
    {"neither", "nobody suggests, nobody is boosted"},
    {"suggest", "the learned policy suggests", SuggestBy::learned},
    {"suggest-unlearned", "a policy that learns nothing suggests", SuggestBy::unlearned},
    {"promote", "boosts by posts per click, learned from the experiment", SuggestBy::nobody, BoostBy::dose},
    {"placebo", "the same boosts, each given to another creator at random", SuggestBy::nobody,
     BoostBy::placebo},
    {"both", "suggest and promote", SuggestBy::learned, BoostBy::dose},
    {"suggest-placebo", "suggest and placebo", SuggestBy::learned, BoostBy::placebo},
    {"promote-effect", "boosts by the effect on posts, learned from the experiment", SuggestBy::nobody,
     BoostBy::effect},
    {"promote-truth", "boosts by what one more click truly adds to a creator's posts", SuggestBy::nobody,
     BoostBy::truth},
    {"both-truth", "suggest and promote-truth", SuggestBy::learned, BoostBy::truth},
}};

/// What is measured of a path.
enum class LeverMeasure : std::uint8_t {
  clicks,         ///< a round
  late_clicks,    ///< the same, in the last 50 rounds
  posts,          ///< a round
  creators,       ///< who have not left at the end
  worst_decile,   ///< clicks per item shown, of the tenth of users who click least
  exposure_gini,  ///< of a path's impressions over the creators who were there when it began
};
inline constexpr std::size_t lever_measure_count = 6;
using LeverMeasures = std::array<double, lever_measure_count>;

/// "clicks_per_round", "last50_clicks_per_round", ..: keys of summary.json and columns.
std::string_view name_of(LeverMeasure measure);

/// A difference of paths: the sum of weight x path.
struct LeverContrast {
  std::string_view name;                                     ///< "suggest", "promote", ..
  std::string_view title;                                    ///< "Suggest, against neither"
  std::vector<std::pair<std::string_view, double>> weights;  ///< path's name, weight
};
const std::vector<LeverContrast>& lever_contrasts();

/// One path under one seed.
struct PlayedPath {
  LeverMeasures measures{};
  std::vector<double> clicks, posts;  ///< per round
};

/// The experiment of one seed, as the platform's logs show it; the effects are per creator and experiment.
struct PlayedExperiment {
  Estimate posts, clicks;      ///< effect, treated less control
  double control_posts = 0;    ///< mean of the controls
  PowerDesign design;          ///< of posts
  double spearman = 0;         ///< truth: rank correlation of the score with what one more click truly adds
  double effect_spearman = 0;  ///< of the learned effect with it
};

/// What came of one seed: rounds before the paths part, and the paths, in the order of lever_paths.
struct LeverSeed {
  std::uint64_t seed = 0;
  std::vector<double> clicks_before;  ///< per round of warm-up and experiment
  PlayedExperiment experiment;
  std::vector<PlayedPath> paths;
};

/// Differences in one environment, paired by seed.
struct ContrastResult {
  std::array<Interval, lever_measure_count> absolute;
  std::array<Interval, lever_measure_count>
      relative;  ///< over the seed's value of "neither"; 0 where that is 0
};

/// How large an experiment must be, from the logs of all seeds.
struct ExperimentPower {
  Interval lift;          ///< posts, treated over control less 1, over seeds
  PowerDesign design;     ///< mean over seeds
  double creators = 0;    ///< both arms, found with power .8; infinite for a lift of 0 or less
  double for_halves = 0;  ///< as many to find a difference as large between two halves by score
};

/// One environment, all its seeds, and what follows from them.
struct LeverEnvironment {
  std::string name;
  std::string recommender;
  std::size_t users = 0, creators = 0, slate = 0;
  std::vector<LeverSeed> seeds;
  std::vector<ContrastResult> contrasts;  ///< in the order of lever_contrasts
  ExperimentPower power;
  std::vector<std::pair<std::string, std::string>> settings;  ///< effective config: dotted key, value as TOML
};

/// A study's result: everything a report shows.
struct LeversStudy {
  std::string world;
  LeversSettings levers;
  std::int64_t rounds = 0;  ///< of a path
  std::vector<std::uint64_t> seeds;
  std::vector<LeverEnvironment> environments;
  std::string result_hash;  ///< 16 hex digits; the same at any number of threads
  double wall_seconds = 0;
};

/// Rounds that the study plays.
std::uint64_t rounds_of_levers(const Plan& plan);

/// Plays suggest and promote, alone, together and not at all, on the same coins; the boosts go by a score learned from the logs of an
/// experiment that the simulated platform itself ran. docs/two-levers.md says how.
///
/// `environments`: one plan per name in levers.environment_list(), all with the same levers, rounds and seeds. Deterministic
/// at any number of threads. Throws Error(invalid_argument) where nobody's posts respond to engagement, and
/// Error(interrupted).
LeversStudy study_levers(const std::vector<Plan>& environments, const WorldSource& source,
                         const ExperimentStudyControl& control);

}  // namespace perennial
