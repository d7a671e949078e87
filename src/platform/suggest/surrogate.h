#pragma once

namespace perennial {

/// PPO's clipped objective of one choice (Schulman et al. 2017, eq. 7; LoRe's actor loss): to be minimised.
struct Surrogate {
  double loss;                ///< -min(ratio A, clip(ratio, 1 - clip, 1 + clip) A)
  double slope_by_log_ratio;  ///< 0 where the clip holds
  bool clipped;
};

/// `log_ratio` = log pi(a|s) - log pi_old(a|s); `clip` in (0, 1).
Surrogate clipped_surrogate(double log_ratio, double advantage, double clip);

}  // namespace perennial
