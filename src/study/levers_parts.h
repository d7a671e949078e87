#pragma once

#include <functional>

#include "study/creator_panel.h"
#include "study/levers_study.h"
#include "study/platform_forks.h"

namespace perennial {

/// What an experiment's logs say of every creator; row = CreatorId.
struct LearnedResponses {
  std::vector<double> effect;  ///< extra posts of a treated creator
  std::vector<double> dose;    ///< extra clicks
  std::vector<double> score;   ///< extra posts per extra click
};

/// Learns from the table alone: the effect on posts, the effect on clicks, and the effect on posts over that on clicks. The
/// last is a fit of its own, whose outcome is posts divided by the creator's learned extra clicks (at least dose_floor of
/// their mean): what divides is a function of features, so this outcome's effect is posts per click, and the learner
/// weighs its noise on that scale.
LearnedResponses learn_responses(CreatorTable table, const LeversSettings& settings, std::uint64_t seed);

/// One seed of one environment, from the first round to the end of every path.
LeverSeed play_levers(const Plan& plan, const WorldSource& source, std::uint64_t seed, Workers& workers,
                      const std::function<void()>& played);

/// Differences between paths over an environment's seeds.
std::vector<ContrastResult> contrasts_of(const std::vector<LeverSeed>& seeds);
ExperimentPower power_of_experiments(const std::vector<LeverSeed>& seeds);

}  // namespace perennial
