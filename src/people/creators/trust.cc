#include "people/creators/trust.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>

namespace perennial {

Fields Trust::fields() {
  Fields fields;
  fields
      .real("mean", mean_, {0, 1},
            "mean of the normal that initial trust is drawn from, before it is cut to [0, 1]")
      .real("spread", spread_, {0, 100},
            "standard deviation of that normal; 1.0 is nearly uniform, 0 gives everybody the mean")
      .text("dynamics", dynamics_, "how trust moves when a suggestion was followed",
            {"static", "additive", "released", "ratio"})
      .real("kappa", kappa_, {0, 10}, "step of the additive dynamics")
      .real("floor", floor_, {0, 1}, "trust that moves never falls below this");
  return fields;
}

double Trust::initial(const Draws& draws, CreatorId creator) const {
  if (spread_ == 0) return mean_;
  const boost::math::normal normal(mean_, spread_);
  const double low = boost::math::cdf(normal, 0.0);
  const double high = boost::math::cdf(normal, 1.0);
  const double u = low + (high - low) * draws.uniform(creator);
  if (u <= 0 || u >= 1) return std::clamp(mean_, 0.0, 1.0);
  return std::clamp(boost::math::quantile(normal, u), 0.0, 1.0);
}

double Trust::after_following(double trust, double newest, double before, bool followed_before) const {
  double moved = trust;
  if (dynamics_ == "additive") moved = trust + kappa_ * (newest - before) / std::max(before, 1.0);
  if (dynamics_ == "released" && !followed_before) moved = trust + (newest - before) / (before + 0.01);
  if (dynamics_ == "ratio" && before > 0) moved = trust * newest / before;
  return std::clamp(moved, floor_, 1.0);
}

}  // namespace perennial
