#include "platform/suggest/told_trust.h"

#include <fmt/format.h>

#include "platform/suggest/trust_predictor.h"

namespace perennial {

ToldTrust told_trust(const JsonValue& creator) {
  static const std::vector<std::string> keys = {"asked", "followed"};
  const auto trust = creator.find("trust"), suggestions = creator.find("suggestions");
  if (trust && suggestions) creator.refuse("holds 'trust' and 'suggestions': give one of them");
  if (trust) {
    const double probability = trust->real(0, 1);
    if (probability <= 0 || probability >= 1) trust->refuse("must be above 0 and below 1");
    return {.expected = probability, .credible = std::nullopt};
  }
  double asked = 0, followed = 0;
  if (suggestions) {
    suggestions->allow_only(keys);
    asked = suggestions->at("asked").real(0, 1e15);
    followed = suggestions->at("followed").real(0, 1e15);
    if (followed > asked)
      suggestions->at("followed").refuse(fmt::format("must be at most 'asked' ({})", asked));
  }
  const TrustPredictor predictor;
  return {.expected = predictor.expected(followed, asked), .credible = predictor.credible(followed, asked)};
}

}  // namespace perennial
