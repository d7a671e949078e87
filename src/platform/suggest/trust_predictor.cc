#include "platform/suggest/trust_predictor.h"

#include <boost/math/distributions/beta.hpp>
#include <numeric>

namespace perennial {

Fields TrustPredictor::fields() {
  Fields fields;
  fields
      .text("kind", kind_,
            "beta = share followed, smoothed; network = the paper's, trained on the same suggestions",
            {"beta", "network"})
      .real("prior_followed", prior_followed_, {0.001, 1e6},
            "Beta prior: suggestions followed before the first one")
      .real("prior_ignored", prior_ignored_, {0.001, 1e6},
            "Beta prior: suggestions ignored before the first one")
      .real("memory", memory_, {0.5, 1}, "weight of what was seen one suggestion earlier; 1 = never forget")
      .include(network_.fields());
  return fields;
}

void TrustPredictor::start(std::uint64_t seed) {
  if (learns_network()) network_.start(seed);
}

double TrustPredictor::newcomer() const {
  if (!learns_network()) return expected(0, 0);
  return expected(std::accumulate(followed_.begin(), followed_.end(), 0.0),
                  std::accumulate(asked_.begin(), asked_.end(), 0.0));
}

void TrustPredictor::grow(std::size_t creators) {
  predicted_.resize(creators, newcomer());
  followed_.resize(creators, 0);
  asked_.resize(creators, 0);
  if (learns_network()) network_.grow(creators);
}

void TrustPredictor::learn(const RoundLog& log) {
  for (std::size_t i = 0; i < log.active_creators.size(); ++i) {
    if (log.suggested[i] == no_genre) continue;
    const CreatorId creator = log.active_creators[i];
    followed_[creator] = memory_ * followed_[creator] + log.followed[i];
    asked_[creator] = memory_ * asked_[creator] + 1;
    predicted_[creator] = expected(followed_[creator], asked_[creator]);
  }
  if (learns_network()) learn_network();
}

void TrustPredictor::learn_network() {
  const double typical = newcomer(), strength = prior_followed_ + prior_ignored_;
  std::vector<double> shares(asked_.size()), weights(asked_.size());
  for (std::size_t c = 0; c < asked_.size(); ++c) {
    shares[c] = (strength * typical + followed_[c]) / (strength + asked_[c]);
    weights[c] = asked_[c] > 0 ? strength + asked_[c] : 0;
  }
  network_.learn(shares, weights);
  network_.estimate(predicted_);
  for (std::size_t c = 0; c < asked_.size(); ++c) {
    if (asked_[c] == 0) predicted_[c] = typical;
  }
}

Range TrustPredictor::credible(double followed, double asked) const {
  const boost::math::beta_distribution<> posterior(prior_followed_ + followed,
                                                   prior_ignored_ + asked - followed);
  return {boost::math::quantile(posterior, 0.025), boost::math::quantile(posterior, 0.975)};
}

void TrustPredictor::persist(Archive& archive) {
  archive(followed_, asked_, predicted_);
  if (learns_network()) network_.persist(archive);
}

}  // namespace perennial
