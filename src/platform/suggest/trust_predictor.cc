#include "platform/suggest/trust_predictor.h"

namespace perennial {

Fields TrustPredictor::fields() {
  Fields fields;
  fields
      .real("prior_followed", prior_followed_, {0.001, 1e6},
            "Beta prior: suggestions followed before the first one")
      .real("prior_ignored", prior_ignored_, {0.001, 1e6},
            "Beta prior: suggestions ignored before the first one")
      .real("memory", memory_, {0.5, 1}, "weight of what was seen one suggestion earlier; 1 = never forget");
  return fields;
}

void TrustPredictor::grow(std::size_t creators) {
  followed_.resize(creators, 0);
  asked_.resize(creators, 0);
  predicted_.resize(creators, expected(0, 0));
}

void TrustPredictor::learn(const RoundLog& log) {
  for (std::size_t i = 0; i < log.active_creators.size(); ++i) {
    if (log.suggested[i] == no_genre) continue;
    const CreatorId creator = log.active_creators[i];
    followed_[creator] = memory_ * followed_[creator] + log.followed[i];
    asked_[creator] = memory_ * asked_[creator] + 1;
    predicted_[creator] = expected(followed_[creator], asked_[creator]);
  }
}

}  // namespace perennial
