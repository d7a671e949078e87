#pragma once

#include <span>
#include <string>
#include <vector>

#include "studies/lab.h"
#include "study/interval.h"

namespace perennial::studies {

inline constexpr std::size_t last_rounds = 50;

/// Clicks per round by seed, over the whole run or its last 50 rounds.
std::vector<double> clicks(const Lab& lab, const Arm& arm);
std::vector<double> last_clicks(const Lab& lab, const Arm& arm);

/// Clicks per round of `a` less those of `b`, paired by seed.
Interval gain(const Lab& lab, const Arm& a, const Arm& b);
Interval last_gain(const Lab& lab, const Arm& a, const Arm& b);

/// a[i] / b[i] in percent, seed by seed.
Interval percent_of(std::span<const double> a, std::span<const double> b);

/// "151.2 ± 1.4": the mean and half the width of its 95% interval.
std::string with_range(const Interval& interval, int decimals = 1);
/// "+12.3 ± 1.8".
std::string signed_with_range(const Interval& interval, int decimals = 1);
/// "131.5% ± 2.0".
std::string percent_with_range(const Interval& interval);

/// What an interval of a difference says.
enum class Outcome { better, worse, unclear };
Outcome outcome_of(const Interval& difference);

/// One word for a table: "better", "worse", "no difference seen".
std::string outcome_words(const Interval& difference);

/// "`a` beats `b` by 12.3 ± 1.8 clicks a round", "`a` loses to `b` by ..", "no difference is seen between .. and ..": which
/// one is decided by the interval. Names as they are to be read; no full stop.
std::string verdict(const std::string& a, const std::string& b, const Interval& difference);

/// The one of `arms` with most clicks per round over the whole run.
const Arm& best_of(const Lab& lab, const std::vector<Arm>& arms);

}  // namespace perennial::studies
