#pragma once

namespace perennial {

/// What the later value of one more impression is made of.
struct LaterValue {
  double gamma = 0;                  ///< what next period counts for, in [0, 1)
  double persistence = 0;            ///< rho: what is left of a creator's response one period on, in [0, 1]
  double engage_probability = 0;     ///< that this viewer engages with this creator's post, in [0, 1]
  double posts_per_engagement = 0;   ///< s_j: extra posts per unit of engagement received; may be negative
  double future_value_per_post = 0;  ///< what one more post of that creator is worth to all its viewers
};

/// gamma rho / (1 - gamma rho) x p(engage) x s_j x v_future: what an impression is worth beyond its own period, when the
/// response fades by rho a period. Throws Error(invalid_argument) for a number outside its range, naming it.
double later_value(const LaterValue& terms);

/// V_ij = v_short + later_value.
double long_run_value(double short_value, const LaterValue& terms);

/// Theorem 1's inequality, for one place in a slate: take `there` instead of `here` iff the short-run loss is below the
/// discounted later gain. Equal sides are no reason to swap.
bool accept_swap(double short_value_here, double later_value_here, double short_value_there,
                 double later_value_there);

}  // namespace perennial
